import { parseMetrics, type Sample } from './parse-metrics.ts'

/** What happened within one step of time that ended, or will end, at `at` (epoch ms). */
export interface Step {
  readonly at: number
  /** By how much each counter grew. */
  readonly growth: readonly Sample[]
}

/** A span of time that the server remembers. */
export type Span = 'hour' | 'day'

/** How wide the steps of a span are, ms. */
export const stepWidth: Readonly<Record<Span, number>> = { hour: 60_000, day: 600_000 }

const stepCount = { hour: 60, day: 144 } as const

/** The steps of a span that ends now, the quiet ones too, which the server leaves out. */
export const stepsOf = (told: readonly { readonly at: number; readonly growth: string }[], span: Span, now: number): readonly Step[] => {
  const width = stepWidth[span]
  const known = new Map(told.map(({ at, growth }) => [at, parseMetrics(growth)]))
  const last = Math.max((Math.floor(now / width) + 1) * width, ...known.keys())
  return Array.from({ length: stepCount[span] }, (_, index) => {
    const at = last - (stepCount[span] - 1 - index) * width
    return { at, growth: known.get(at) ?? [] }
  })
}

/** How much of what fits happened in a step. */
export const sumOf = ({ growth }: Step, fits: (one: Sample) => boolean): number =>
  growth.reduce((sum, one) => (fits(one) ? sum + one.value : sum), 0)
