import ButtonDropdown from '@cloudscape-design/components/button-dropdown'
import Container from '@cloudscape-design/components/container'
import Header from '@cloudscape-design/components/header'
import KeyValuePairs from '@cloudscape-design/components/key-value-pairs'
import Table from '@cloudscape-design/components/table'
import { useState } from 'react'
import type { AttributeType, Output } from '../../../src/model/types.gen.ts'
import { call } from '../api/call.ts'
import { ConfirmDialog } from '../components/confirm-dialog.tsx'
import { Copyable } from '../components/copyable.tsx'
import { DeleteDialog } from '../components/delete-dialog.tsx'
import { Loaded } from '../components/loaded.tsx'
import { Moment } from '../components/moment.tsx'
import { Page } from '../components/page.tsx'
import { TextList } from '../components/text-list.tsx'
import { UserEnabled, UserStatus } from '../components/user-status.tsx'
import { useCall } from '../hooks/use-call.ts'
import { navigate } from '../router/location.ts'
import type { PageProps } from '../router/page-props.ts'
import { hrefOf } from '../router/path.ts'
import { useFlashes } from '../shell/flashes.tsx'

type User = NonNullable<Output<'AdminGetUser'>>

/** What the menu does, each with what the dialog says before. */
const actions = {
  confirm: {
    operation: 'AdminConfirmSignUp',
    title: 'Confirm account',
    verb: 'Confirm',
    text: 'The user may sign in without entering a confirmation code. Attributes stay unverified.',
    done: 'The account was confirmed.',
    fits: ({ UserStatus: status }: User) => status === 'UNCONFIRMED',
  },
  reset: {
    operation: 'AdminResetUserPassword',
    title: 'Reset password',
    verb: 'Reset',
    text: 'The password stops working, and the user gets a code with which to choose a new one.',
    done: 'The password was reset.',
    fits: ({ Enabled, UserStatus: status }: User) => Enabled === true && status !== 'FORCE_CHANGE_PASSWORD',
  },
  signOut: {
    operation: 'AdminUserGlobalSignOut',
    title: 'Sign out everywhere',
    verb: 'Sign out',
    text: 'Every refresh token and every session of the user ends. Access tokens stop working at this server.',
    done: 'The user was signed out everywhere.',
    fits: () => true,
  },
  disable: {
    operation: 'AdminDisableUser',
    title: 'Disable user',
    verb: 'Disable',
    text: 'The user is signed out and can’t sign in until enabled again.',
    done: 'The user was disabled.',
    fits: ({ Enabled }: User) => Enabled === true,
  },
  enable: {
    operation: 'AdminEnableUser',
    title: 'Enable user',
    verb: 'Enable',
    text: 'The user may sign in again.',
    done: 'The user was enabled.',
    fits: ({ Enabled }: User) => Enabled !== true,
  },
} as const

type ActionName = keyof typeof actions

const isAction = (id: string): id is ActionName => id in actions

const Attributes = ({ attributes }: { readonly attributes: readonly AttributeType[] }) => (
  <Table
    variant="container"
    header={
      <Header variant="h2" counter={`(${attributes.length})`}>
        Attributes
      </Header>
    }
    ariaLabels={{ tableLabel: 'Attributes' }}
    items={[...attributes].sort((a, b) => a.Name.localeCompare(b.Name))}
    trackBy="Name"
    columnDefinitions={[
      { id: 'name', header: 'Attribute', cell: ({ Name }) => Name, isRowHeader: true },
      { id: 'value', header: 'Value', cell: ({ Name, Value }) => <Copyable text={Value} what={Name} /> },
    ]}
    empty="The user has no attributes."
  />
)

const Summary = ({ user }: { readonly user: User }) => (
  <Container header={<Header variant="h2">User</Header>}>
    <KeyValuePairs
      columns={3}
      items={[
        { label: 'User name', value: <Copyable text={user.Username} what="User name" /> },
        { label: 'Confirmation status', value: <UserStatus status={user.UserStatus} /> },
        { label: 'Status', value: <UserEnabled enabled={user.Enabled} /> },
        { label: 'Created', value: <Moment at={user.UserCreateDate} /> },
        { label: 'Last changed', value: <Moment at={user.UserLastModifiedDate} /> },
        { label: 'MFA methods', value: <TextList texts={user.UserMFASettingList} /> },
      ]}
    />
  </Container>
)

/** A user: state, attributes, and what an administrator may do. */
export const UserPage = ({ params }: PageProps) => {
  const { poolId: UserPoolId = '', username: Username = '' } = params
  const load = useCall('AdminGetUser', { UserPoolId, Username })
  const flashes = useFlashes()
  const [asked, setAsked] = useState<ActionName | 'delete'>()
  const user = load.value
  const action = asked === undefined || asked === 'delete' ? undefined : actions[asked]
  const menu = (
    <ButtonDropdown
      variant="primary"
      disabled={user === undefined}
      items={[
        ...Object.entries(actions).map(([id, { title, fits }]) => ({ id, text: title, disabled: user === undefined || !fits(user) })),
        { id: 'delete', text: 'Delete user' },
      ]}
      onItemClick={({ detail: { id } }) => setAsked(isAction(id) ? id : 'delete')}
    >
      Actions
    </ButtonDropdown>
  )
  return (
    <Page title={Username} onReload={load.reload} actions={menu}>
      <Loaded load={load}>
        {(value) => (
          <>
            <Summary user={value} />
            <Attributes attributes={value.UserAttributes ?? []} />
          </>
        )}
      </Loaded>
      {action && (
        <ConfirmDialog
          title={`${action.title}?`}
          verb={action.verb}
          onConfirm={() => call(action.operation, { UserPoolId, Username })}
          onClose={(done) => {
            setAsked(undefined)
            if (!done) return
            flashes.say(action.done)
            load.reload()
          }}
        >
          {action.text}
        </ConfirmDialog>
      )}
      {asked === 'delete' && (
        <DeleteDialog
          what="user"
          name={Username}
          onDelete={() => call('AdminDeleteUser', { UserPoolId, Username })}
          onClose={(deleted) => {
            setAsked(undefined)
            if (!deleted) return
            flashes.say(`The user ${Username} was deleted.`)
            void navigate(hrefOf('user-pools/:poolId/users', { poolId: UserPoolId }))
          }}
        >
          The account, its groups, devices and passkeys are gone with it, and its sessions end.
        </DeleteDialog>
      )}
    </Page>
  )
}
