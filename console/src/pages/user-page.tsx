import Tabs from '@cloudscape-design/components/tabs'
import type { ReactNode } from 'react'
import { Loaded } from '../components/loaded.tsx'
import { Page } from '../components/page.tsx'
import { useCall } from '../hooks/use-call.ts'
import { useLocation } from '../router/location.ts'
import type { PageProps } from '../router/page-props.ts'
import { setQuery } from '../router/set-query.ts'
import { SignInEvents } from './user/sign-in-events.tsx'
import { UserActions } from './user/user-actions.tsx'
import { UserAttributes } from './user/user-attributes.tsx'
import { UserDevices } from './user/user-devices.tsx'
import { UserGroups } from './user/user-groups.tsx'
import { UserMfa } from './user/user-mfa.tsx'
import { UserSessions } from './user/user-sessions.tsx'
import { UserSummary } from './user/user-summary.tsx'

const help = {
  title: 'User',
  body: (
    <>
      <p>Actions change the whole account; the tabs show what belongs to it. Each tab has an address of its own.</p>
      <p>Passkeys are listed and deleted only by the user: the API has no operation with which an administrator could.</p>
    </>
  ),
}

/** A user: state, attributes, and what belongs to the user, in tabs that stand in the address. */
export const UserPage = ({ params }: PageProps) => {
  const { poolId = '', username = '' } = params
  const load = useCall('AdminGetUser', { UserPoolId: poolId, Username: username })
  const tab = useLocation().searchParams.get('tab') ?? 'attributes'
  const part = { poolId, username }
  const tabs: readonly {
    readonly id: string
    readonly label: string
    readonly content: (user: NonNullable<typeof load.value>) => ReactNode
  }[] = [
    { id: 'attributes', label: 'Attributes', content: (user) => <UserAttributes {...part} user={user} /> },
    { id: 'groups', label: 'Groups', content: () => <UserGroups {...part} /> },
    { id: 'mfa', label: 'MFA and passkeys', content: () => <UserMfa {...part} onChanged={load.reload} /> },
    { id: 'devices', label: 'Devices', content: () => <UserDevices {...part} /> },
    { id: 'sessions', label: 'Sessions', content: () => <UserSessions {...part} /> },
    { id: 'events', label: 'Sign-in events', content: () => <SignInEvents {...part} /> },
  ]
  const active = tabs.some(({ id }) => id === tab) ? tab : 'attributes'
  return (
    <Page
      title={username}
      help={help}
      onReload={load.reload}
      actions={load.value !== undefined && <UserActions {...part} user={load.value} onDone={load.reload} />}
    >
      <Loaded load={load}>
        {(user) => (
          <>
            <UserSummary user={user} />
            <Tabs
              activeTabId={active}
              onChange={({ detail }) => setQuery({ tab: detail.activeTabId === 'attributes' ? '' : detail.activeTabId })}
              // Only the shown one asks the server for anything.
              tabs={tabs.map(({ id, label, content }) => ({ id, label, content: id === active ? content(user) : null }))}
              ariaLabel="What belongs to the user"
            />
          </>
        )}
      </Loaded>
    </Page>
  )
}
