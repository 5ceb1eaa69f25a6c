import type { Clock } from '../../clock.ts'
import type { Growth } from '../../server/metric-series.ts'
import { createMetrics } from '../../server/metrics.ts'
import type { MetricAnswers } from './messages.ts'

/** Keeps the metrics of all workers: also of those that have ended, because counters must not fall. */
export interface MetricsDesk {
  /** Takes what a worker counted; with a number it answers `askAll`. */
  add(worker: number, growth: Growth, report?: number): void
  /** Answers once every worker has reported, or the patience is over. */
  answer<K extends keyof MetricAnswers>(about: K): Promise<MetricAnswers[K]>
  /** Waits for no report of a worker that has ended. */
  forget(worker: number): void
}

interface Round {
  readonly missing: Set<number>
  readonly done: () => void
}

/** A desk; `askAll` asks every worker for a report under a number and answers which it has asked. `patience` in ms. */
export const createMetricsDesk = (clock: Clock, askAll: (report: number) => readonly number[], patience = 1000): MetricsDesk => {
  const metrics = createMetrics(clock)
  const rounds = new Map<number, Round>()
  let round = 0

  const strike = (worker: number, among: Iterable<Round>): void => {
    for (const { missing, done } of among) if (missing.delete(worker) && missing.size === 0) done()
  }

  const collect = (): Promise<void> =>
    new Promise((resolve) => {
      round += 1
      const number = round
      const done = () => {
        clearTimeout(timer)
        rounds.delete(number)
        resolve()
      }
      const timer = setTimeout(done, patience)
      const missing = new Set(askAll(number))
      rounds.set(number, { missing, done })
      if (missing.size === 0) done()
    })

  return {
    add: (worker, growth, report) => {
      metrics.add(growth)
      const asked = report === undefined ? undefined : rounds.get(report)
      if (asked !== undefined) strike(worker, [asked])
    },
    answer: async (about) => {
      await collect()
      const answers = { text: metrics.text, hour: () => metrics.history.steps('hour'), day: () => metrics.history.steps('day') }
      return answers[about]() as MetricAnswers[typeof about]
    },
    forget: (worker) => strike(worker, [...rounds.values()]),
  }
}
