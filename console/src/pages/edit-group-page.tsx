import type { GroupType } from '../../../src/model/types.gen.ts'
import { call } from '../api/call.ts'
import { groupFault, groupFormOf, groupInput } from '../api/group-form.ts'
import { FormPage } from '../components/form-page.tsx'
import { LoadedForm } from '../components/loaded-form.tsx'
import { useCall } from '../hooks/use-call.ts'
import { useDraft } from '../hooks/use-draft.ts'
import { navigate } from '../router/location.ts'
import type { PageProps } from '../router/page-props.ts'
import { hrefOf } from '../router/path.ts'
import { useFlashes } from '../shell/flashes.tsx'
import { GroupFields } from './group/group-fields.tsx'

const Edit = ({ params, group }: PageProps & { readonly group: GroupType }) => {
  const flashes = useFlashes()
  const before = groupFormOf(group)
  const draft = useDraft('edit-group', before)
  const href = hrefOf('user-pools/:poolId/groups/:groupName', params)
  return (
    <FormPage
      title="Edit group"
      submit="Save changes"
      fault={groupFault(draft.values, before)}
      cancelHref={href}
      onSubmit={() => call('UpdateGroup', groupInput(params['poolId'] ?? '', draft.values, before))}
      onDone={() => {
        draft.reset()
        flashes.say(`The group ${before.name} was changed.`)
        void navigate(href, { force: true })
      }}
    >
      <GroupFields draft={draft} isMade />
    </FormPage>
  )
}

/** Changes a group's description, role and precedence. */
export const EditGroupPage = ({ params }: PageProps) => {
  const { poolId: UserPoolId = '', groupName: GroupName = '' } = params
  const load = useCall('GetGroup', { UserPoolId, GroupName })
  return (
    <LoadedForm title="Edit group" load={{ ...load, value: load.value?.Group }}>
      {(group) => <Edit params={params} group={group} />}
    </LoadedForm>
  )
}
