import type { MetricStep } from '../../domain/counters.ts'
import type { Taken } from '../../domain/rate.ts'
import type { Config } from '../../server/config.ts'
import type { Growth } from '../../server/metric-series.ts'

/** Where a worker's server listens. */
export interface ServedPlace {
  readonly url: string
  readonly port: number
  readonly adminUrl: string | undefined
}

/** What a worker may ask of the metrics of all, and what it is answered. */
export interface MetricAnswers {
  readonly text: string
  readonly hour: readonly MetricStep[]
  readonly day: readonly MetricStep[]
}

/** From the supervisor to a worker. */
export type ToWorker =
  | { readonly kind: 'start'; readonly worker: number; readonly config: Config; readonly commandToken: string; readonly isFirst: boolean }
  /** What was counted is wanted at once, under this number. */
  | { readonly kind: 'report'; readonly report: number }
  | { readonly kind: 'answer'; readonly question: number; readonly answer: MetricAnswers[keyof MetricAnswers] }
  /** What other workers let through. */
  | { readonly kind: 'taken'; readonly taken: readonly Taken[] }
  | { readonly kind: 'stop' }

/** From a worker to its supervisor. */
export type FromWorker =
  | { readonly kind: 'hello' }
  | { readonly kind: 'ready'; readonly place: ServedPlace }
  /** It could not start, and why; `isSetting` says that a setting is the reason. */
  | { readonly kind: 'failed'; readonly reason: string; readonly isSetting: boolean }
  | { readonly kind: 'growth'; readonly growth: Growth; readonly report?: number }
  | { readonly kind: 'question'; readonly question: number; readonly about: keyof MetricAnswers }
  | { readonly kind: 'taken'; readonly taken: readonly Taken[] }
