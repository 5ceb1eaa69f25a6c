import Button from '@cloudscape-design/components/button'
import Checkbox from '@cloudscape-design/components/checkbox'
import { useState } from 'react'
import type { SessionDescriptionType } from '../../../../src/model/types.gen.ts'
import { type ApiError, asApiError } from '../../api/api-error.ts'
import { call } from '../../api/call.ts'
import { ConfirmDialog } from '../../components/confirm-dialog.tsx'
import { ConsoleLink } from '../../components/console-link.tsx'
import { Copyable } from '../../components/copyable.tsx'
import { Moment } from '../../components/moment.tsx'
import { isSwitchedOff, SwitchedOff } from '../../components/switched-off.tsx'
import { type Column, TablePage } from '../../components/table-page.tsx'
import { hrefOf } from '../../router/path.ts'
import { useFlashes } from '../../shell/flashes.tsx'
import type { PartProps } from './part-props.ts'

type Session = SessionDescriptionType

const columnsOf = (poolId: string): readonly Column<Session>[] => [
  { id: 'id', header: 'Session ID', cell: ({ SessionId }) => <Copyable text={SessionId} what="Session ID" /> },
  { id: 'type', header: 'Type', cell: ({ SessionType }) => SessionType ?? '-' },
  {
    id: 'client',
    header: 'App client',
    cell: ({ ClientId: clientId }) =>
      clientId === undefined ? (
        '-'
      ) : (
        <ConsoleLink href={hrefOf('user-pools/:poolId/app-clients/:clientId', { poolId, clientId })}>{clientId}</ConsoleLink>
      ),
  },
  { id: 'device', header: 'Device', cell: ({ DeviceType }) => DeviceType ?? '-' },
  { id: 'ip', header: 'IP address', cell: ({ LastIPAddress }) => LastIPAddress ?? '-' },
  { id: 'created', header: 'Created', cell: ({ CreateDate }) => <Moment at={CreateDate} />, sort: ({ CreateDate = 0 }) => CreateDate },
  {
    id: 'active',
    header: 'Last active',
    cell: ({ LastActiveDate }) => <Moment at={LastActiveDate} />,
    sort: ({ LastActiveDate = 0 }) => LastActiveDate,
  },
  { id: 'origin', header: 'Began from session', cell: ({ OriginSessionId }) => OriginSessionId ?? '-', isHidden: true },
]

/** The live sessions of a user, where the pool tracks them; each can be ended. */
export const UserSessions = ({ poolId, username }: PartProps) => {
  const flashes = useFlashes()
  const [columns] = useState(() => columnsOf(poolId))
  const [off, setOff] = useState<ApiError>()
  const [asked, setAsked] = useState<{ readonly id: string; readonly reload: () => void }>()
  const [linked, setLinked] = useState(false)
  const user = { UserPoolId: poolId, Username: username }
  if (off !== undefined) {
    return (
      <SwitchedOff
        error={off}
        remedy={
          <>
            Switch session tracking on under <ConsoleLink href={hrefOf('user-pools/:poolId/sessions', { poolId })}>Sessions</ConsoleLink> of
            the pool; sign-ins from then on are listed.
          </>
        }
      />
    )
  }
  return (
    <>
      <TablePage<Session>
        embedded
        name="user-sessions"
        title="Sessions"
        load={async (_, NextToken, signal) => {
          try {
            const page = await call('AdminListUserSessions', { ...user, NextToken }, signal)
            return { rows: page.Sessions ?? [], next: page.NextToken }
          } catch (thrown) {
            const error = asApiError(thrown)
            if (!isSwitchedOff(error)) throw error
            setOff(error)
            return { rows: [], next: undefined }
          }
        }}
        loadKey={`${poolId} ${username}`}
        rowId={({ SessionId = '' }) => SessionId}
        columns={columns}
        findIn={({ SessionId, ClientId, DeviceType, LastIPAddress }) => [SessionId, ClientId, DeviceType, LastIPAddress].join(' ')}
        rowActions={(session, reload) => (
          <Button
            disabled={session === undefined}
            onClick={() => session?.SessionId !== undefined && setAsked({ id: session.SessionId, reload })}
          >
            Revoke session
          </Button>
        )}
        empty={{ title: 'No sessions', text: 'The user is signed in nowhere, or signed in before sessions were tracked.' }}
      />
      {asked !== undefined && (
        <ConfirmDialog
          title="Revoke session?"
          verb="Revoke"
          onConfirm={() =>
            call('AdminRevokeUserSession', { ...user, SessionId: asked.id, RevokeAssociatedSessions: linked ? 'LINKED' : 'NONE' })
          }
          onClose={(done) => {
            setAsked(undefined)
            if (!done) return
            flashes.say('The session was revoked.')
            asked.reload()
          }}
        >
          The refresh token and the access tokens of the session stop working.
          <Checkbox checked={linked} onChange={({ detail }) => setLinked(detail.checked)}>
            Also revoke sessions that belong to the same sign-in
          </Checkbox>
        </ConfirmDialog>
      )}
    </>
  )
}
