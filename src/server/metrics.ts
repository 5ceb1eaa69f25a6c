import type { Clock } from '../clock.ts'
import type { Meter } from '../context.ts'
import { type Counter, counters } from '../domain/counters.ts'
import { durations } from '../domain/durations.ts'
import { createMetricHistory, type MetricHistory } from './metric-history.ts'

/** Counts of what happened since the start. */
export interface Metrics extends Meter {
  /** Adds an answer of the API that took so many seconds. */
  observe(seconds: number): void
  /** All of them in Prometheus's text format 0.0.4. */
  text(): string
  /** What grew lately; of the histogram, how many answers fell into each bucket, not below its bound. */
  readonly history: Pick<MetricHistory, 'steps'>
}

/** The content type of `text`. */
export const metricsType = 'text/plain; version=0.0.4; charset=utf-8'

const escaped = (value: string): string => value.replace(/["\\\n]/g, (mark) => (mark === '\n' ? '\\n' : `\\${mark}`))

/** Counters in memory, one for each combination of labels that occurred. */
export const createMetrics = (clock: Clock): Metrics => {
  const history = createMetricHistory(clock)
  const series = new Map<Counter, Map<string, number>>()

  const counts = new Array<number>(durations.bounds.length + 1).fill(0)
  let total = 0

  const histogram = (): string => {
    const { name, doc, bounds } = durations
    let below = 0
    const lines = counts.map((n, at) => {
      below += n
      return `${name}_bucket{le="${bounds[at] ?? '+Inf'}"} ${below}`
    })
    return [`# HELP ${name} ${doc}`, `# TYPE ${name} histogram`, ...lines, `${name}_sum ${total}`, `${name}_count ${below}`, ''].join('\n')
  }

  const section = (counter: Counter): string => {
    const { name, doc } = counters[counter]
    const lines = [...(series.get(counter) ?? [])].sort(([a], [b]) => (a < b ? -1 : 1)).map(([labels, n]) => `${name}{${labels}} ${n}`)
    return [`# HELP ${name} ${doc}`, `# TYPE ${name} counter`, ...lines, ''].join('\n')
  }

  return {
    count: (counter, labels) => {
      const values = labels as Readonly<Record<string, string>>
      const key = counters[counter].labels.map((label) => `${label}="${escaped(values[label] ?? '')}"`).join(',')
      const counted = series.get(counter) ?? new Map<string, number>()
      series.set(counter, counted.set(key, (counted.get(key) ?? 0) + 1))
      history.add(`${counters[counter].name}{${key}}`, 1)
    },
    observe: (seconds) => {
      const found = durations.bounds.findIndex((bound) => seconds <= bound)
      const at = found === -1 ? durations.bounds.length : found
      counts[at] = (counts[at] ?? 0) + 1
      total += seconds
      history.add(`${durations.name}{le="${durations.bounds[at] ?? '+Inf'}"}`, 1)
    },
    history,
    text: () => (Object.keys(counters) as Counter[]).map(section).join('') + histogram(),
  }
}
