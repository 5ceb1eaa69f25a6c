import Alert from '@cloudscape-design/components/alert'
import Box from '@cloudscape-design/components/box'
import Container from '@cloudscape-design/components/container'
import ExpandableSection from '@cloudscape-design/components/expandable-section'
import Grid from '@cloudscape-design/components/grid'
import Header from '@cloudscape-design/components/header'
import SegmentedControl from '@cloudscape-design/components/segmented-control'
import Spinner from '@cloudscape-design/components/spinner'
import { lazy, Suspense } from 'react'
import { fetchHistory, fetchMetrics } from '../api/live.ts'
import { Page } from '../components/page.tsx'
import { usePoll } from '../hooks/use-poll.ts'
import { useLocation } from '../router/location.ts'
import { setQuery } from '../router/set-query.ts'
import { failureLines, type Line, latencyLines, requestLines, throttleLines } from './metrics/charted.ts'
import { type Span, stepsOf } from './metrics/history.ts'

const Chart = lazy(async () => ({ default: (await import('./metrics/chart.tsx')).Chart }))

const help = {
  title: 'Dashboard',
  body: 'What this server counted, which /metrics gives to Prometheus under the same names. It remembers the last day in memory; charts and counters begin again when it is started.',
}

const spans: readonly { readonly id: Span; readonly text: string }[] = [
  { id: 'hour', text: 'Last hour' },
  { id: 'day', text: 'Last day' },
]

const load = (span: Span) => async (_: unknown, signal: AbortSignal) => {
  const [text, told] = await Promise.all([fetchMetrics(signal), fetchHistory(span, signal)])
  return { text, steps: stepsOf(told, span, Date.now()) }
}

const Charted = ({
  title,
  description,
  unit,
  lines,
}: {
  readonly title: string
  readonly description: string
  readonly unit: string
  readonly lines: readonly Line[]
}) => {
  const isQuiet = lines.every(({ points }) => points.every(({ value = 0 }) => value === 0))
  return (
    <Container
      fitHeight
      header={
        <Header variant="h2" description={description}>
          {title}
        </Header>
      }
    >
      {isQuiet ? (
        <Box textAlign="center" color="text-body-secondary" padding="xl">
          Nothing in this time.
        </Box>
      ) : (
        <Suspense fallback={<Spinner size="large" />}>
          <Chart title={title} unit={unit} lines={lines} />
        </Suspense>
      )}
    </Container>
  )
}

const halves = Array.from({ length: 6 }, () => ({ colspan: { default: 12, m: 6 } }))

const Charts = ({ span }: { readonly span: Span }) => {
  const { value, error } = usePoll(load(span), 5000)
  const steps = value?.steps ?? []
  const unit = span === 'hour' ? 'per minute' : 'per ten minutes'
  return (
    <>
      {error !== undefined && (
        <Alert type="error" header={error.code}>
          {error.message}
        </Alert>
      )}
      {value === undefined && error === undefined && <Spinner size="large" />}
      {value !== undefined && (
        <Grid gridDefinition={halves}>
          <Charted
            title="Sign-ups"
            description="SignUp, AdminCreateUser, and the sign-up page’s requests"
            unit={unit}
            lines={requestLines(steps, 'signUps')}
          />
          <Charted
            title="Sign-ins"
            description="Every step of a sign-in by the API, and the sign-in page’s requests"
            unit={unit}
            lines={requestLines(steps, 'signIns')}
          />
          <Charted title="Failures by reason" description="Refusals of every kind of request" unit={unit} lines={failureLines(steps)} />
          <Charted
            title="Token requests"
            description="The token endpoint, and GetTokensFromRefreshToken"
            unit={unit}
            lines={requestLines(steps, 'tokens')}
          />
          <Charted
            title="Latency"
            description="Half, 95 and 99 of 100 answers of the API at most so long"
            unit="milliseconds"
            lines={latencyLines(steps)}
          />
          <Charted
            title="Throttles"
            description="Refused because of rates, lockouts and hourly limits"
            unit={unit}
            lines={throttleLines(steps)}
          />
        </Grid>
      )}
      {value !== undefined && (
        <ExpandableSection headerText="All metrics, as Prometheus reads them">
          <Box variant="pre">{value.text}</Box>
        </ExpandableSection>
      )}
    </>
  )
}

/** What the server did in the last hour or day, without the console's own calls. */
export const DashboardPage = () => {
  const span: Span = useLocation().searchParams.get('span') === 'day' ? 'day' : 'hour'
  return (
    <Page
      title="Dashboard"
      description="Sign-ups, sign-ins, failures and speed, from the server’s own metrics."
      help={help}
      actions={
        <SegmentedControl
          label="Time shown"
          selectedId={span}
          options={spans}
          onChange={({ detail }) => setQuery({ span: detail.selectedId })}
        />
      }
    >
      <Charts key={span} span={span} />
    </Page>
  )
}
