import type { GroupType } from '../../../src/model/types.gen.ts'
import { call } from '../api/call.ts'
import { groupFault, groupFormOf, groupInput } from '../api/group-form.ts'
import { DraftForm } from '../components/draft-form.tsx'
import { LoadedForm } from '../components/loaded-form.tsx'
import { useCall } from '../hooks/use-call.ts'
import { useDraft } from '../hooks/use-draft.ts'
import type { PageProps } from '../router/page-props.ts'
import { hrefOf } from '../router/path.ts'
import { GroupFields } from './group/group-fields.tsx'

const Edit = ({ params, group }: PageProps & { readonly group: GroupType }) => {
  const draft = useDraft('edit-group', groupFormOf(group))
  const { start, values } = draft
  return (
    <DraftForm
      draft={draft}
      title="Edit group"
      submit="Save changes"
      saved={`The group ${start.name} was changed.`}
      fault={groupFault(values, start)}
      back={hrefOf('user-pools/:poolId/groups/:groupName', params)}
      onSubmit={() => call('UpdateGroup', groupInput(params['poolId'] ?? '', values, start))}
    >
      <GroupFields draft={draft} isMade />
    </DraftForm>
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
