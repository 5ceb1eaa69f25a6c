import Button from '@cloudscape-design/components/button'
import StatusIndicator, { type StatusIndicatorProps } from '@cloudscape-design/components/status-indicator'
import { useState } from 'react'
import type { AuthEventType } from '../../../../src/model/types.gen.ts'
import { type ApiError, asApiError } from '../../api/api-error.ts'
import { call } from '../../api/call.ts'
import { type LoadPage, pagesOf } from '../../api/paged.ts'
import { ConfirmDialog } from '../../components/confirm-dialog.tsx'
import { ConsoleLink } from '../../components/console-link.tsx'
import { Copyable } from '../../components/copyable.tsx'
import { Moment } from '../../components/moment.tsx'
import { isSwitchedOff, SwitchedOff } from '../../components/switched-off.tsx'
import { type Column, TablePage } from '../../components/table-page.tsx'
import { hrefOf } from '../../router/path.ts'
import { useFlashes } from '../../shell/flashes.tsx'
import type { PartProps } from './part-props.ts'

const looks: Readonly<Record<string, StatusIndicatorProps.Type>> = {
  Pass: 'success',
  Fail: 'error',
  InProgress: 'in-progress',
  NoRisk: 'success',
  AccountTakeover: 'warning',
  Block: 'error',
}

const Look = ({ text }: { readonly text: string | undefined }) =>
  text === undefined ? '-' : <StatusIndicator type={looks[text] ?? 'info'}>{text}</StatusIndicator>

const challenges = ({ ChallengeResponses = [] }: AuthEventType) =>
  ChallengeResponses.map(({ ChallengeName, ChallengeResponse }) => `${ChallengeName}: ${ChallengeResponse}`).join(', ')

const place = ({ EventContextData: { City, Country } = {} }: AuthEventType) =>
  [City, Country].filter((part) => part !== undefined && part !== '').join(', ')

const columns: readonly Column<AuthEventType>[] = [
  { id: 'date', header: 'Date', cell: ({ CreationDate }) => <Moment at={CreationDate} />, sort: ({ CreationDate = 0 }) => CreationDate },
  { id: 'type', header: 'Event', cell: ({ EventType }) => EventType ?? '-', sort: ({ EventType = '' }) => EventType },
  {
    id: 'result',
    header: 'Result',
    cell: ({ EventResponse }) => <Look text={EventResponse} />,
    sort: ({ EventResponse = '' }) => EventResponse,
  },
  { id: 'decision', header: 'Risk decision', cell: ({ EventRisk }) => <Look text={EventRisk?.RiskDecision} /> },
  {
    id: 'level',
    header: 'Risk level',
    cell: ({ EventRisk }) => EventRisk?.RiskLevel ?? '-',
    sort: ({ EventRisk }) => EventRisk?.RiskLevel ?? '',
  },
  {
    id: 'compromised',
    header: 'Compromised credentials',
    cell: ({ EventRisk }) => (EventRisk?.CompromisedCredentialsDetected ? 'Detected' : 'Not detected'),
    isHidden: true,
  },
  { id: 'challenges', header: 'Challenges', cell: (event) => challenges(event) || '-' },
  { id: 'ip', header: 'IP address', cell: ({ EventContextData }) => EventContextData?.IpAddress ?? '-' },
  { id: 'device', header: 'Device', cell: ({ EventContextData }) => EventContextData?.DeviceName ?? '-' },
  { id: 'place', header: 'Location', cell: (event) => place(event) || '-', isHidden: true },
  {
    id: 'feedback',
    header: 'Feedback',
    cell: ({ EventFeedback }) => (EventFeedback === undefined ? '-' : `${EventFeedback.FeedbackValue} (${EventFeedback.Provider})`),
  },
  { id: 'id', header: 'Event ID', cell: ({ EventId }) => <Copyable text={EventId} what="Event ID" />, isHidden: true },
]

const meanings = {
  Valid: 'The event was the user. Sign-ins like it count as less risky.',
  Invalid: 'The event was not the user. Sign-ins like it count as more risky.',
} as const

/** What threat protection noted of a user's sign-ins, with feedback that teaches it. */
export const SignInEvents = ({ poolId: UserPoolId, username: Username }: PartProps) => {
  const flashes = useFlashes()
  const [off, setOff] = useState<ApiError>()
  const [asked, setAsked] = useState<{ readonly value: keyof typeof meanings; readonly id: string; readonly reload: () => void }>()
  const pages = pagesOf('AdminListUserAuthEvents', { UserPoolId, Username })
  const load: LoadPage<AuthEventType> = async (...given) => {
    try {
      return await pages(...given)
    } catch (thrown) {
      const error = asApiError(thrown)
      if (!isSwitchedOff(error)) throw error
      setOff(error)
      return { rows: [], next: undefined }
    }
  }
  if (off !== undefined) {
    return (
      <SwitchedOff
        error={off}
        remedy={
          <>
            <ConsoleLink href={hrefOf('user-pools/:poolId/threat-protection', { poolId: UserPoolId })}>Threat protection</ConsoleLink> of
            the pool (audit only or full function) notes sign-ins from when it is on.
          </>
        }
      />
    )
  }
  return (
    <>
      <TablePage
        embedded
        name="sign-in-events"
        title="Sign-in events"
        description="Newest first."
        load={load}
        loadKey={`${UserPoolId} ${Username}`}
        rowId={({ EventId = '' }) => EventId}
        columns={columns}
        findIn={(event) => [event.EventType, event.EventResponse, event.EventContextData?.IpAddress, challenges(event)].join(' ')}
        rowActions={(event, reload) =>
          (['Valid', 'Invalid'] as const).map((value) => (
            <Button
              key={value}
              disabled={event === undefined}
              onClick={() => event?.EventId && setAsked({ value, id: event.EventId, reload })}
            >
              {`Mark as ${value.toLowerCase()}`}
            </Button>
          ))
        }
        empty={{ title: 'No sign-in events', text: 'The user has not signed in, signed up or asked for a password since events are kept.' }}
      />
      {asked !== undefined && (
        <ConfirmDialog
          title={`Mark event as ${asked.value.toLowerCase()}?`}
          verb="Send feedback"
          onConfirm={() => call('AdminUpdateAuthEventFeedback', { UserPoolId, Username, EventId: asked.id, FeedbackValue: asked.value })}
          onClose={(done) => {
            setAsked(undefined)
            if (!done) return
            flashes.say(`The event was marked as ${asked.value.toLowerCase()}.`)
            asked.reload()
          }}
        >
          {meanings[asked.value]}
        </ConfirmDialog>
      )}
    </>
  )
}
