import type { Meter } from '../context.ts'
import { type Counter, counters, type LabelsOf } from '../domain/counters.ts'
import { durations } from '../domain/durations.ts'

/** By how much series grew, by their names with labels. */
export type Growth = readonly (readonly [series: string, by: number])[]

const escaped = (value: string): string => value.replace(/["\\\n]/g, (mark) => (mark === '\n' ? '\\n' : `\\${mark}`))

/** The name of a counter's series with its labels, as in Prometheus's text format. */
export const seriesOf = <C extends Counter>(counter: C, labels: LabelsOf<C>): string => {
  const { name, labels: known } = counters[counter]
  const values = labels as Readonly<Record<string, string>>
  return `${name}{${known.map((label) => `${label}="${escaped(values[label] ?? '')}"`).join(',')}}`
}

/** The name under which answers are counted that took no longer than a bound of the histogram, and longer than the one before; undefined: than all. */
export const bucketOf = (bound: number | undefined): string => `${durations.name}{le="${bound ?? '+Inf'}"}`

const buckets = [...durations.bounds, undefined].map((bound) => ({ bound: bound ?? Infinity, series: bucketOf(bound) }))

/** The name under which the seconds of all answers are added up. */
export const secondsSum = `${durations.name}_sum`

/** Counts, and adds answers that took so many seconds, by letting series grow. */
export const meterOver = (grow: (series: string, by: number) => void): Meter & { observe(seconds: number): void } => ({
  count: (counter, labels) => grow(seriesOf(counter, labels), 1),
  observe: (seconds) => {
    grow(buckets.find(({ bound }) => seconds <= bound)?.series ?? bucketOf(undefined), 1)
    grow(secondsSum, seconds)
  },
})
