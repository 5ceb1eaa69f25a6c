import { call } from '../api/call.ts'
import { groupFault, groupInput, noGroup } from '../api/group-form.ts'
import { DraftForm } from '../components/draft-form.tsx'
import { useDraft } from '../hooks/use-draft.ts'
import type { PageProps } from '../router/page-props.ts'
import { hrefOf } from '../router/path.ts'
import { GroupFields } from './group/group-fields.tsx'

/** Makes a group. */
export const CreateGroupPage = ({ params }: PageProps) => {
  const poolId = params['poolId'] ?? ''
  const draft = useDraft('create-group', noGroup)
  const input = groupInput(poolId, draft.values)
  return (
    <DraftForm
      draft={draft}
      title="Create group"
      submit="Create group"
      fault={groupFault(draft.values)}
      saved={`The group ${input.GroupName} was created.`}
      back={hrefOf('user-pools/:poolId/groups', { poolId })}
      next={() => hrefOf('user-pools/:poolId/groups/:groupName', { poolId, groupName: input.GroupName })}
      onSubmit={() => call('CreateGroup', input)}
    >
      <GroupFields draft={draft} isMade={false} />
    </DraftForm>
  )
}
