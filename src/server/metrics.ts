import type { Clock } from '../clock.ts'
import type { Meter } from '../context.ts'
import { counters, type MetricStep } from '../domain/counters.ts'
import { durations } from '../domain/durations.ts'
import { createMetricHistory, type MetricHistory } from './metric-history.ts'
import { bucketOf, type Growth, meterOver, secondsSum } from './metric-series.ts'

/** Counts of what happened since the start, here and in processes that count together with this one. */
export interface Metrics extends Meter {
  /** Adds an answer of the API that took so many seconds. */
  observe(seconds: number): void
  /** All of them in Prometheus's text format 0.0.4. */
  text(): string | Promise<string>
  /** What grew lately; of the histogram, how many answers fell into each bucket, not below its bound. */
  readonly history: { steps(span: 'hour' | 'day'): readonly MetricStep[] | Promise<readonly MetricStep[]> }
}

/** Counts that this process keeps by itself. */
export interface OwnMetrics extends Metrics {
  text(): string
  readonly history: Pick<MetricHistory, 'steps'>
  /** Adds what was counted elsewhere. */
  add(growth: Growth): void
}

export { metricsType } from '../domain/counters.ts'

/** Counters in memory, one for each combination of labels that occurred. */
export const createMetrics = (clock: Clock): OwnMetrics => {
  const history = createMetricHistory(clock)
  const series = new Map<string, number>()

  const grow = (name: string, by: number): void => {
    series.set(name, (series.get(name) ?? 0) + by)
    if (name !== secondsSum) history.add(name, by)
  }

  const histogram = (): string => {
    const { name, doc, bounds } = durations
    let below = 0
    const lines = [...bounds, undefined].map((bound) => {
      below += series.get(bucketOf(bound)) ?? 0
      return `${name}_bucket{le="${bound ?? '+Inf'}"} ${below}`
    })
    const sum = series.get(secondsSum) ?? 0
    return [`# HELP ${name} ${doc}`, `# TYPE ${name} histogram`, ...lines, `${name}_sum ${sum}`, `${name}_count ${below}`, ''].join('\n')
  }

  const section = ({ name, doc }: (typeof counters)[keyof typeof counters]): string => {
    const own = [...series].filter(([one]) => one.startsWith(`${name}{`))
    const lines = own.sort(([a], [b]) => (a < b ? -1 : 1)).map(([one, n]) => `${one} ${n}`)
    return [`# HELP ${name} ${doc}`, `# TYPE ${name} counter`, ...lines, ''].join('\n')
  }

  return {
    ...meterOver(grow),
    add: (growth) => {
      for (const [name, by] of growth) grow(name, by)
    },
    history,
    text: () => Object.values(counters).map(section).join('') + histogram(),
  }
}
