import type { MetricStep } from '../domain/counters.ts'
import { type Growth, meterOver } from './metric-series.ts'
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
  return {
    ...meterOver((series, by) => void grown.set(series, (grown.get(series) ?? 0) + by)),
    text: () => keeper.ask('text'),
    history: { steps: (span) => keeper.ask(span) },
    take: () => {
      const growth = [...grown]
      grown = new Map()
      return growth
    },
  }
}
