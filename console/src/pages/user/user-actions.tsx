import ButtonDropdown from '@cloudscape-design/components/button-dropdown'
import { useState } from 'react'
import { call } from '../../api/call.ts'
import { ConfirmDialog } from '../../components/confirm-dialog.tsx'
import { DeleteDialog } from '../../components/delete-dialog.tsx'
import { navigate } from '../../router/location.ts'
import { hrefOf } from '../../router/path.ts'
import { useFlashes } from '../../shell/flashes.tsx'
import type { PartProps } from './part-props.ts'
import { SetPasswordDialog } from './set-password-dialog.tsx'
import type { User } from './user-summary.tsx'

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
  resend: {
    operation: 'AdminCreateUser',
    extra: { MessageAction: 'RESEND' },
    title: 'Resend invitation',
    verb: 'Resend',
    text: 'The user gets a new temporary password in a new invitation, and the one before stops working.',
    done: 'The invitation was sent again.',
    fits: ({ Enabled, UserStatus: status }: User) => Enabled === true && status === 'FORCE_CHANGE_PASSWORD',
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

/** Everything that an administrator does to a whole user, each asked for once more. */
export const UserActions = ({
  poolId: UserPoolId,
  username: Username,
  user,
  onDone,
}: PartProps & { readonly user: User; readonly onDone: () => void }) => {
  const flashes = useFlashes()
  const [asked, setAsked] = useState<ActionName | 'delete' | 'password'>()
  const action = asked !== undefined && isAction(asked) ? actions[asked] : undefined
  const close = (said: string | undefined) => {
    setAsked(undefined)
    if (said === undefined) return
    flashes.say(said)
    onDone()
  }
  return (
    <>
      <ButtonDropdown
        variant="primary"
        items={[
          ...Object.entries(actions).map(([id, { title, fits }]) => ({ id, text: title, disabled: !fits(user) })),
          { id: 'password', text: 'Set password', disabled: user.UserStatus === 'EXTERNAL_PROVIDER' },
          { id: 'delete', text: 'Delete user' },
        ]}
        onItemClick={({ detail: { id } }) => setAsked(isAction(id) || id === 'password' ? id : 'delete')}
      >
        Actions
      </ButtonDropdown>
      {action && (
        <ConfirmDialog
          title={`${action.title}?`}
          verb={action.verb}
          onConfirm={() => call(action.operation, { UserPoolId, Username, ...('extra' in action && action.extra) })}
          onClose={(done) => close(done ? action.done : undefined)}
        >
          {action.text}
        </ConfirmDialog>
      )}
      {asked === 'password' && (
        <SetPasswordDialog poolId={UserPoolId} username={Username} onClose={(done) => close(done ? 'The password was set.' : undefined)} />
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
    </>
  )
}
