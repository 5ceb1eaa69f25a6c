import { call } from '../api/call.ts'
import { groupFault, groupInput, noGroup } from '../api/group-form.ts'
import { FormPage } from '../components/form-page.tsx'
import { useDraft } from '../hooks/use-draft.ts'
import { navigate } from '../router/location.ts'
import type { PageProps } from '../router/page-props.ts'
import { hrefOf } from '../router/path.ts'
import { useFlashes } from '../shell/flashes.tsx'
import { GroupFields } from './group/group-fields.tsx'

/** Makes a group. */
export const CreateGroupPage = ({ params }: PageProps) => {
  const poolId = params['poolId'] ?? ''
  const flashes = useFlashes()
  const draft = useDraft('create-group', noGroup)
  const input = groupInput(poolId, draft.values)
  return (
    <FormPage
      title="Create group"
      submit="Create group"
      fault={groupFault(draft.values)}
      cancelHref={hrefOf('user-pools/:poolId/groups', { poolId })}
      onSubmit={() => call('CreateGroup', input)}
      onDone={() => {
        draft.reset()
        flashes.say(`The group ${input.GroupName} was created.`)
        void navigate(hrefOf('user-pools/:poolId/groups/:groupName', { poolId, groupName: input.GroupName }), { force: true })
      }}
    >
      <GroupFields draft={draft} isMade={false} />
    </FormPage>
  )
}
