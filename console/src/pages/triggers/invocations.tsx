import Box from '@cloudscape-design/components/box'
import Button from '@cloudscape-design/components/button'
import Container from '@cloudscape-design/components/container'
import FormField from '@cloudscape-design/components/form-field'
import Header from '@cloudscape-design/components/header'
import Modal from '@cloudscape-design/components/modal'
import SpaceBetween from '@cloudscape-design/components/space-between'
import StatusIndicator from '@cloudscape-design/components/status-indicator'
import Textarea from '@cloudscape-design/components/textarea'
import { useState } from 'react'
import { fetchView } from '../../api/view.ts'
import { Moment } from '../../components/moment.tsx'
import { TablePage } from '../../components/table-page.tsx'
import { useSession } from '../../shell/session-gate.tsx'

/** A call of a function as the server tells it. */
interface Invocation {
  readonly at: number
  readonly arn: string
  readonly source: string
  readonly event: unknown
  readonly outcome:
    | { readonly kind: 'answered'; readonly answer: unknown }
    | { readonly kind: 'threw'; readonly message: string }
    | { readonly kind: 'not invocable'; readonly sentence: string }
  readonly tries: number
  readonly took: number
}

const Outcome = ({ outcome }: { readonly outcome: Invocation['outcome'] }) => {
  if (outcome.kind === 'answered') return <StatusIndicator>Answered</StatusIndicator>
  const text = outcome.kind === 'threw' ? outcome.message : outcome.sentence
  return <StatusIndicator type="error">{text}</StatusIndicator>
}

const Details = ({ invocation, onClose }: { readonly invocation: Invocation; readonly onClose: () => void }) => {
  const { outcome, event, source } = invocation
  const texts = [
    { label: 'Event', value: JSON.stringify(event, null, 2) ?? '' },
    ...(outcome.kind === 'answered' ? [{ label: 'Answer', value: JSON.stringify(outcome.answer, null, 2) ?? '' }] : []),
  ]
  return (
    <Modal visible size="large" header={source} onDismiss={onClose} closeAriaLabel="Close">
      <SpaceBetween size="m">
        <Outcome outcome={outcome} />
        {texts.map(({ label, value }) => (
          <FormField key={label} label={label} stretch>
            <Textarea value={value} readOnly rows={Math.min(18, value.split('\n').length + 1)} spellcheck={false} />
          </FormField>
        ))}
      </SpaceBetween>
    </Modal>
  )
}

/** The last calls of the pool's functions, newest first; only development servers keep them. */
export const Invocations = ({ poolId }: { readonly poolId: string }) => {
  const { mode } = useSession()
  const [shown, setShown] = useState<Invocation>()
  if (mode !== 'dev') {
    return (
      <Container header={<Header variant="h2">Last invocations</Header>}>
        <Box>A server in production keeps no events of its users. Look into the log of the function.</Box>
      </Container>
    )
  }
  return (
    <>
      <TablePage<Invocation & { readonly id: string }>
        embedded
        name="trigger-invocations"
        title="Last invocations"
        description="The last 50 calls on this development server that were about the pool."
        load={async (_size, _token, signal) => {
          const { invocations } = await fetchView<{ invocations: readonly Invocation[] }>('triggers', poolId, signal)
          return { rows: invocations.map((one, at) => ({ ...one, id: `${one.at} ${one.source} ${at}` })), next: undefined }
        }}
        loadKey={`invocations ${poolId}`}
        rowId={({ id }) => id}
        columns={[
          { id: 'at', header: 'Time', cell: ({ at }) => <Moment at={at} />, sort: ({ at }) => at },
          { id: 'source', header: 'Trigger source', cell: ({ source }) => source, sort: ({ source }) => source },
          { id: 'outcome', header: 'Outcome', cell: ({ outcome }) => <Outcome outcome={outcome} />, wraps: true },
          { id: 'took', header: 'Took', cell: ({ took }) => `${Math.round(took)} ms`, sort: ({ took }) => took },
          { id: 'tries', header: 'Tries', cell: ({ tries }) => tries, isHidden: true },
          { id: 'arn', header: 'Function', cell: ({ arn }) => arn, isHidden: true },
          {
            id: 'details',
            header: 'Event and answer',
            cell: (row) => (
              <Button variant="inline-link" ariaLabel={`Details of ${row.source}`} onClick={() => setShown(row)}>
                Details
              </Button>
            ),
          },
        ]}
        findIn={({ source, arn }) => `${source} ${arn}`}
        empty={{ title: 'No invocations', text: 'Sign somebody up or in, and the functions that were asked stand here.' }}
      />
      {shown && <Details invocation={shown} onClose={() => setShown(undefined)} />}
    </>
  )
}
