import type { Meter } from '../context.ts'
import { type Counter, counters, type LabelsOf } from '../domain/counters.ts'
import { durations } from '../domain/durations.ts'

/** By how much series grew, by their names with labels. */
export type Growth = readonly (readonly [series: string, by: number])[]

const escaped = (value: string): string => value.replace(/["\\\n]/g, (mark) => (mark === '\n' ? '\\n' : `\\${mark}`))

/** The name of a counter's series with the values of its labels, as in Prometheus's text format. */
const seriesName = (counter: Counter, values: readonly string[]): string => {
  const { name, labels } = counters[counter]
  return `${name}{${labels.map((label, index) => `${label}="${escaped(values[index] ?? '')}"`).join(',')}}`
}

/** Names that were made before, by the counter and then by the value of each label: there are few, and each is counted often. */
interface Names {
  series?: string
  readonly next: Map<string, Names>
}

const createSeriesNames = () => {
  const all: Names = { next: new Map() }
  const below = ({ next }: Names, value: string): Names => {
    const known = next.get(value) ?? { next: new Map() }
    next.set(value, known)
    return known
  }
  return <C extends Counter>(counter: C, labels: LabelsOf<C>): string => {
    const values = labels as Readonly<Record<string, string>>
    const labelled = (label: string): string => values[label] ?? ''
    const known: readonly string[] = counters[counter].labels
    const names = known.reduce((at, label) => below(at, labelled(label)), below(all, counter))
    names.series ??= seriesName(counter, known.map(labelled))
    return names.series
  }
}

/** The name under which answers are counted that took no longer than a bound of the histogram, and longer than the one before; undefined: than all. */
export const bucketOf = (bound: number | undefined): string => `${durations.name}{le="${bound ?? '+Inf'}"}`

const buckets = [...durations.bounds, undefined].map((bound) => ({ bound: bound ?? Infinity, series: bucketOf(bound) }))

/** The name under which the seconds of all answers are added up. */
export const secondsSum = `${durations.name}_sum`

/** Counts, and adds answers that took so many seconds, by letting series grow. */
export const meterOver = (grow: (series: string, by: number) => void): Meter & { observe(seconds: number): void } => {
  const seriesOf = createSeriesNames()
  return {
    count: (counter, labels) => grow(seriesOf(counter, labels), 1),
    observe: (seconds) => {
      grow(buckets.find(({ bound }) => seconds <= bound)?.series ?? bucketOf(undefined), 1)
      grow(secondsSum, seconds)
    },
  }
}
