import Box from '@cloudscape-design/components/box'
import Button from '@cloudscape-design/components/button'
import FormField from '@cloudscape-design/components/form-field'
import Input from '@cloudscape-design/components/input'
import { useState } from 'react'
import { call } from '../../api/call.ts'
import { pagesOf, type Row } from '../../api/paged.ts'
import { ConfirmDialog } from '../../components/confirm-dialog.tsx'
import { ConsoleLink } from '../../components/console-link.tsx'
import { TablePage } from '../../components/table-page.tsx'
import { UserEnabled, UserStatus } from '../../components/user-status.tsx'
import { hrefOf } from '../../router/path.ts'
import { useFlashes } from '../../shell/flashes.tsx'

type Member = Row<'ListUsersInGroup'>

const emailOf = ({ Attributes = [] }: Member): string => Attributes.find(({ Name }) => Name === 'email')?.Value ?? '-'

/** The users of a group, who are added by any name that they sign in with. */
export const Members = ({ poolId, groupName }: { readonly poolId: string; readonly groupName: string }) => {
  const flashes = useFlashes()
  const [adding, setAdding] = useState(false)
  const [typed, setTyped] = useState('')
  const [leaving, setLeaving] = useState<string>()
  const [round, setRound] = useState(0)
  const input = { UserPoolId: poolId, GroupName: groupName }
  const said = (text: string) => {
    flashes.say(text)
    setRound((before) => before + 1)
  }
  return (
    <>
      <TablePage<Member>
        embedded
        name="group-members"
        title="Group members"
        load={pagesOf('ListUsersInGroup', input)}
        loadKey={`${poolId} ${groupName} ${round}`}
        rowId={({ Username = '' }) => Username}
        columns={[
          {
            id: 'name',
            header: 'User name',
            cell: ({ Username: username = '' }) => (
              <ConsoleLink href={hrefOf('user-pools/:poolId/users/:username', { poolId, username })}>{username}</ConsoleLink>
            ),
          },
          { id: 'email', header: 'Email address', cell: emailOf },
          { id: 'status', header: 'Confirmation status', cell: ({ UserStatus: status }) => <UserStatus status={status} /> },
          { id: 'enabled', header: 'Status', cell: ({ Enabled }) => <UserEnabled enabled={Enabled} /> },
        ]}
        findIn={(member) => `${member.Username} ${emailOf(member)}`}
        rowActions={(member) => (
          <Button disabled={member === undefined} onClick={() => setLeaving(member?.Username)}>
            Remove from group
          </Button>
        )}
        createAction={<Button onClick={() => setAdding(true)}>Add user to group</Button>}
        empty={{ title: 'No members', text: 'No user belongs to this group yet.' }}
      />
      {adding && (
        <ConfirmDialog
          title="Add user to group"
          verb="Add"
          isDisabled={typed.trim() === ''}
          onConfirm={() => call('AdminAddUserToGroup', { ...input, Username: typed.trim() })}
          onClose={(added) => {
            setAdding(false)
            setTyped('')
            if (added) said(`The user ${typed.trim()} was added to the group ${groupName}.`)
          }}
        >
          <FormField label="User" description="A user name, an alias or a sub.">
            <Input value={typed} onChange={({ detail }) => setTyped(detail.value)} autoFocus autoComplete={false} spellcheck={false} />
          </FormField>
        </ConfirmDialog>
      )}
      {leaving !== undefined && (
        <ConfirmDialog
          title="Remove user from group?"
          verb="Remove"
          onConfirm={() => call('AdminRemoveUserFromGroup', { ...input, Username: leaving })}
          onClose={(removed) => {
            setLeaving(undefined)
            if (removed) said(`The user ${leaving} was removed from the group ${groupName}.`)
          }}
        >
          <Box>
            <b>{leaving}</b> stays a user; new tokens don't name the group any more.
          </Box>
        </ConfirmDialog>
      )}
    </>
  )
}
