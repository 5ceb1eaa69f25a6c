import { durations } from '../domain/durations.ts'
import type { MetricStep } from './metric-history.ts'
import { bucketOf, type Growth, secondsSum, seriesOf } from './metric-series.ts'
import type { Metrics } from './metrics.ts'

/** Metrics that somebody else keeps. */
export interface MetricsRelay extends Metrics {
  /** What was counted here since the last time. */
  take(): Growth
}

/** Asks whoever keeps the metrics, for what all processes have counted. */
export interface MetricsKeeper {
  ask(what: 'text'): Promise<string>
  ask(what: 'hour' | 'day'): Promise<readonly MetricStep[]>
}

/** Counts until `take` hands it on, and answers what its keeper says. */
export const createMetricsRelay = (keeper: MetricsKeeper): MetricsRelay => {
  let grown = new Map<string, number>()
  const grow = (series: string, by: number) => void grown.set(series, (grown.get(series) ?? 0) + by)
  return {
    count: (counter, labels) => grow(seriesOf(counter, labels), 1),
    observe: (seconds) => {
      grow(bucketOf(durations.bounds.find((bound) => seconds <= bound)), 1)
      grow(secondsSum, seconds)
    },
    text: () => keeper.ask('text'),
    history: { steps: (span) => keeper.ask(span) },
    take: () => {
      const growth = [...grown]
      grown = new Map()
      return growth
    },
  }
}
