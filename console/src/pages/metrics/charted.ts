import { type Growth, type Step, sumOf } from './history.ts'

/** The points of one line. */
export interface Line {
  readonly title: string
  readonly points: readonly { readonly at: number; readonly value: number | undefined }[]
}

const requests = 'poolhouse_requests_total'
const durations = 'poolhouse_api_request_duration_seconds'

const operationsOf = {
  signUps: new Set(['SignUp', 'AdminCreateUser', 'signup']),
  signIns: new Set(['InitiateAuth', 'AdminInitiateAuth', 'RespondToAuthChallenge', 'AdminRespondToAuthChallenge', 'login']),
  tokens: new Set(['oauth2/token', 'GetTokensFromRefreshToken']),
} as const

/** A group of requests that is charted. */
export type Charted = keyof typeof operationsOf

const isRequest =
  (operations: ReadonlySet<string>) =>
  ({ name, labels }: Growth): boolean =>
    name === requests && operations.has(labels['operation'] ?? '')

const line = (title: string, steps: readonly Step[], value: (step: Step) => number | undefined): Line => ({
  title,
  points: steps.map((step) => ({ at: step.at, value: value(step) })),
})

/** Requests of a group that were answered, and those that were refused. */
export const requestLines = (steps: readonly Step[], charted: Charted): readonly Line[] => {
  const fits = isRequest(operationsOf[charted])
  return [
    line('Answered', steps, (step) => sumOf(step, (one) => fits(one) && one.labels['outcome'] === 'ok')),
    line('Refused', steps, (step) => sumOf(step, (one) => fits(one) && one.labels['outcome'] !== 'ok')),
  ]
}

/** Refusals by their reason, the most frequent first, at most seven. */
export const failureLines = (steps: readonly Step[]): readonly Line[] => {
  const totals = new Map<string, number>()
  for (const { growth } of steps) {
    for (const { name, labels, by } of growth) {
      const outcome = labels['outcome'] ?? 'ok'
      if (name === requests && outcome !== 'ok') totals.set(outcome, (totals.get(outcome) ?? 0) + by)
    }
  }
  const outcomes = [...totals].sort(([, a], [, b]) => b - a).slice(0, 7)
  return outcomes.map(([outcome]) =>
    line(outcome, steps, (step) => sumOf(step, ({ name, labels }) => name === requests && labels['outcome'] === outcome)),
  )
}

/** What was refused unseen, by why. */
export const throttleLines = (steps: readonly Step[]): readonly Line[] => [
  line('Throttled', steps, (step) => sumOf(step, ({ name }) => name === 'poolhouse_throttled_requests_total')),
  line('Locked out', steps, (step) => sumOf(step, ({ name }) => name === 'poolhouse_lockout_refusals_total')),
  line('Hourly limit', steps, (step) => sumOf(step, ({ name }) => name === 'poolhouse_hourly_cap_refusals_total')),
]

/** Within how many milliseconds that part of a step's answers came, at most, as the histogram's buckets tell; undefined without answers. */
export const quantile = ({ growth }: Step, part: number): number | undefined => {
  const buckets = growth
    .filter(({ name }) => name === `${durations}_bucket`)
    .map(({ labels, by }) => ({ bound: labels['le'] === '+Inf' ? Number.POSITIVE_INFINITY : Number(labels['le']), by }))
  const bounds = [...new Set(buckets.map(({ bound }) => bound))].sort((a, b) => a - b)
  const below = (bound: number) => buckets.reduce((sum, one) => (one.bound === bound ? sum + one.by : sum), 0)
  const total = below(Number.POSITIVE_INFINITY)
  if (total === 0) return undefined
  const found = bounds.find((bound) => below(bound) >= part * total) ?? Number.POSITIVE_INFINITY
  // Nothing is known above the last bound but that it was passed.
  const last = bounds.filter(Number.isFinite).at(-1) ?? 0
  return (Number.isFinite(found) ? found : last) * 1000
}

/** How long answers took: half of them, 95 of 100 and 99 of 100 at most so many milliseconds. */
export const latencyLines = (steps: readonly Step[]): readonly Line[] =>
  [0.5, 0.95, 0.99].map((part) => line(`p${part * 100}`, steps, (step) => quantile(step, part)))
