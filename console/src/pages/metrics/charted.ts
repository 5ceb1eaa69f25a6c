import { type Step, sumOf } from './history.ts'
import type { Sample } from './parse-metrics.ts'

/** The points of one line. */
export interface Line {
  readonly title: string
  readonly points: readonly { readonly at: number; readonly value: number | undefined }[]
}

const requests = 'poolhouse_requests_total'
const durations = 'poolhouse_api_request_duration_seconds'
/** The last bound of its buckets, seconds. */
const longest = 5

const operationsOf = {
  signUps: new Set(['SignUp', 'AdminCreateUser', 'signup']),
  signIns: new Set(['InitiateAuth', 'AdminInitiateAuth', 'RespondToAuthChallenge', 'AdminRespondToAuthChallenge', 'login']),
  tokens: new Set(['oauth2/token', 'GetTokensFromRefreshToken']),
} as const

/** A group of requests that is charted. */
export type Charted = keyof typeof operationsOf

const isRequest =
  (operations: ReadonlySet<string>) =>
  ({ name, labels }: Sample): boolean =>
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
    for (const { name, labels, value } of growth) {
      const outcome = labels['outcome'] ?? 'ok'
      if (name === requests && outcome !== 'ok') totals.set(outcome, (totals.get(outcome) ?? 0) + value)
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

/** Within how many milliseconds that part of a step's answers came, at most, as the buckets tell; undefined without answers. */
export const quantile = ({ growth }: Step, part: number): number | undefined => {
  const buckets = growth
    .filter(({ name }) => name === durations)
    .map(({ labels, value }) => ({ bound: labels['le'] === '+Inf' ? Number.POSITIVE_INFINITY : Number(labels['le']), count: value }))
    .sort((a, b) => a.bound - b.bound)
  const total = buckets.reduce((sum, { count }) => sum + count, 0)
  if (total === 0) return undefined
  let below = 0
  const found = buckets.find(({ count }) => {
    below += count
    return below >= part * total
  })
  // Nothing is known above the last bound but that it was passed.
  return Math.min(found?.bound ?? longest, longest) * 1000
}

/** How long answers took: half of them, 95 of 100 and 99 of 100 at most so many milliseconds. */
export const latencyLines = (steps: readonly Step[]): readonly Line[] =>
  [0.5, 0.95, 0.99].map((part) => line(`p${part * 100}`, steps, (step) => quantile(step, part)))
