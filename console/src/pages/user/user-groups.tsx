import Autosuggest from '@cloudscape-design/components/autosuggest'
import Button from '@cloudscape-design/components/button'
import FormField from '@cloudscape-design/components/form-field'
import { useState } from 'react'
import type { GroupType } from '../../../../src/model/types.gen.ts'
import { call } from '../../api/call.ts'
import { pagesOf } from '../../api/paged.ts'
import { ConfirmDialog } from '../../components/confirm-dialog.tsx'
import { ConsoleLink } from '../../components/console-link.tsx'
import { Moment } from '../../components/moment.tsx'
import { type Column, TablePage } from '../../components/table-page.tsx'
import { useCall } from '../../hooks/use-call.ts'
import { hrefOf } from '../../router/path.ts'
import { useFlashes } from '../../shell/flashes.tsx'
import type { PartProps } from './part-props.ts'

const columnsOf = (poolId: string): readonly Column<GroupType>[] => [
  {
    id: 'name',
    header: 'Group name',
    cell: ({ GroupName: groupName = '' }) => (
      <ConsoleLink href={hrefOf('user-pools/:poolId/groups/:groupName', { poolId, groupName })}>{groupName}</ConsoleLink>
    ),
    sort: ({ GroupName = '' }) => GroupName,
  },
  { id: 'description', header: 'Description', cell: ({ Description }) => Description ?? '-' },
  { id: 'precedence', header: 'Precedence', cell: ({ Precedence }) => Precedence ?? '-', sort: ({ Precedence = Infinity }) => Precedence },
  { id: 'role', header: 'IAM role', cell: ({ RoleArn }) => RoleArn ?? '-', isHidden: true },
  {
    id: 'created',
    header: 'Created',
    cell: ({ CreationDate }) => <Moment at={CreationDate} />,
    sort: ({ CreationDate = 0 }) => CreationDate,
  },
]

/** Asks for a group by name; the first sixty are suggested, others can be typed. */
const AddDialog = ({ poolId, username, onClose }: PartProps & { readonly onClose: (added: string | undefined) => void }) => {
  const groups = useCall('ListGroups', { UserPoolId: poolId, Limit: 60 })
  const [name, setName] = useState('')
  return (
    <ConfirmDialog
      title="Add user to group"
      verb="Add"
      isDisabled={name === ''}
      onConfirm={() => call('AdminAddUserToGroup', { UserPoolId: poolId, Username: username, GroupName: name })}
      onClose={(done) => onClose(done ? name : undefined)}
    >
      <FormField label="Group" errorText={groups.error?.message}>
        <Autosuggest
          value={name}
          onChange={({ detail }) => setName(detail.value)}
          options={(groups.value?.Groups ?? []).map(({ GroupName = '', Description }) => ({
            value: GroupName,
            ...(Description !== undefined && { description: Description }),
          }))}
          enteredTextLabel={(text) => `Use: ${text}`}
          ariaLabel="Group"
          placeholder="Find a group"
          empty="The pool has no groups."
          statusType={groups.loading ? 'loading' : 'finished'}
        />
      </FormField>
    </ConfirmDialog>
  )
}

/** The groups that a user is in. */
export const UserGroups = ({ poolId, username }: PartProps) => {
  const flashes = useFlashes()
  const [columns] = useState(() => columnsOf(poolId))
  const [asked, setAsked] = useState<{ readonly remove?: string; readonly reload: () => void }>()
  const add = (reload: () => void) => (
    <Button key="add" onClick={() => setAsked({ reload })}>
      Add user to group
    </Button>
  )
  const close = (said: string | undefined) => {
    setAsked(undefined)
    if (said === undefined) return
    flashes.say(said)
    asked?.reload()
  }
  return (
    <>
      <TablePage
        embedded
        name="user-groups"
        title="Group memberships"
        load={pagesOf('AdminListGroupsForUser', { UserPoolId: poolId, Username: username })}
        loadKey={`${poolId} ${username}`}
        rowId={({ GroupName = '' }) => GroupName}
        columns={columns}
        findIn={({ GroupName = '', Description = '' }) => `${GroupName} ${Description}`}
        rowActions={(selected, reload) => [
          <Button
            key="remove"
            disabled={selected === undefined}
            onClick={() => selected?.GroupName !== undefined && setAsked({ remove: selected.GroupName, reload })}
          >
            Remove user from group
          </Button>,
          add(reload),
        ]}
        empty={{ title: 'No groups', text: 'The user is in no group. Groups appear in tokens and choose IAM roles.' }}
      />
      {asked !== undefined && asked.remove === undefined && (
        <AddDialog poolId={poolId} username={username} onClose={(added) => close(added && `The user is in the group ${added}.`)} />
      )}
      {asked?.remove !== undefined && (
        <ConfirmDialog
          title="Remove user from group?"
          verb="Remove"
          onConfirm={() => call('AdminRemoveUserFromGroup', { UserPoolId: poolId, Username: username, GroupName: asked.remove ?? '' })}
          onClose={(done) => close(done ? `The user left the group ${asked.remove}.` : undefined)}
        >
          New tokens of the user no longer name the group {asked.remove}; tokens that were issued go on naming it until they expire.
        </ConfirmDialog>
      )}
    </>
  )
}
