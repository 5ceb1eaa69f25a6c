import type { Clock } from '../../clock.ts'
import type { Growth } from '../../server/metric-series.ts'
import { createMetrics } from '../../server/metrics.ts'
import type { MetricAnswers } from './messages.ts'

/** Keeps the metrics of all workers: also of those that have ended, because counters must not fall. */
export interface MetricsDesk {
  /** Takes what a worker counted; with a number it answers `askAll`. */
  add(worker: number, growth: Growth, report?: number): void
  /** Answers once every worker has reported, or the patience is over; who asks meanwhile waits for the same reports. */
  answer<K extends keyof MetricAnswers>(about: K): Promise<MetricAnswers[K]>
  /** Waits for no report of a worker that has ended. */
  forget(worker: number): void
}

interface Round {
  readonly missing: Set<number>
  readonly over: Promise<void>
  readonly end: () => void
}

/** A desk; `askAll` asks every worker for a report under a number and answers which it has asked. `patience` in ms. */
export const createMetricsDesk = (clock: Clock, askAll: (report: number) => readonly number[], patience = 1000): MetricsDesk => {
  const metrics = createMetrics(clock)
  let running: Round | undefined
  let report = 0

  const strike = (worker: number): void => {
    if (running?.missing.delete(worker) && running.missing.size === 0) running.end()
  }

  const startRound = (): Round => {
    const { promise: over, resolve } = Promise.withResolvers<void>()
    const end = () => {
      clearTimeout(timer)
      running = undefined
      resolve()
    }
    const timer = setTimeout(end, patience)
    report += 1
    return { missing: new Set(askAll(report)), over, end }
  }

  const collect = async (): Promise<void> => {
    running ??= startRound()
    const { missing, over, end } = running
    if (missing.size === 0) end()
    await over
  }

  return {
    add: (worker, growth, answered) => {
      metrics.add(growth)
      if (answered === report) strike(worker)
    },
    answer: async (about) => {
      await collect()
      const answers = { text: metrics.text, hour: () => metrics.history.steps('hour'), day: () => metrics.history.steps('day') }
      return answers[about]() as MetricAnswers[typeof about]
    },
    forget: strike,
  }
}
