/** What operators can watch, by the names of the program; labels have few values, and none that a caller can make up. */
export const counters = {
  requests: {
    name: 'poolhouse_requests_total',
    labels: ['operation', 'outcome'],
    doc: 'Requests of the API, of the OAuth endpoints and of the pages, by operation or page and by how they ended: `ok` or the name of the error.',
  },
  throttles: {
    name: 'poolhouse_throttled_requests_total',
    labels: ['category'],
    doc: 'Requests that were refused because the rate of their category was used up.',
  },
  lockouts: {
    name: 'poolhouse_lockout_refusals_total',
    labels: ['kind'],
    doc: 'Attempts that were refused unseen because earlier ones failed, by what was tried: `password`, `device` and so on.',
  },
  caps: {
    name: 'poolhouse_hourly_cap_refusals_total',
    labels: ['kind'],
    doc: 'Requests that were refused because a user had done the same too often within an hour.',
  },
} as const satisfies Readonly<Record<string, CounterTable>>

/** The content type of Prometheus's text format. */
export const metricsType = 'text/plain; version=0.0.4; charset=utf-8'

/** How much counters grew within a span of time that ended, or will end, at `at` (epoch ms), as lines of Prometheus's text format. */
export interface MetricStep {
  readonly at: number
  readonly growth: string
}

interface CounterTable {
  readonly name: string
  readonly labels: readonly string[]
  /** One sentence. */
  readonly doc: string
}

/** A counter by the name of the program. */
export type Counter = keyof typeof counters

/** A value for each label of a counter. */
export type LabelsOf<C extends Counter> = Readonly<Record<(typeof counters)[C]['labels'][number], string>>
