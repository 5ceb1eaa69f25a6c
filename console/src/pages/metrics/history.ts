import { parseMetrics, type Sample } from './parse-metrics.ts'

/** What the counters said at a moment (epoch ms), by the text of their name and labels. */
export interface Reading {
  readonly at: number
  readonly values: ReadonlyMap<string, number>
}

/** How much a counter grew between two moments. */
export interface Growth {
  readonly name: string
  readonly labels: Readonly<Record<string, string>>
  readonly by: number
}

/** What happened within one step of time that ended at `at` (epoch ms). */
export interface Step {
  readonly at: number
  readonly growth: readonly Growth[]
}

const hour = 3_600_000

const keyOf = ({ name, labels }: Pick<Sample, 'name' | 'labels'>): string => JSON.stringify([name, labels])

/** A reading of the metrics' text. */
export const readingOf = (text: string, at: number): Reading => ({
  at,
  values: new Map(parseMetrics(text).map((sample) => [keyOf(sample), sample.value])),
})

/** The readings of the last hour with one more. */
export const withReading = (readings: readonly Reading[], next: Reading): readonly Reading[] => [
  ...readings.filter(({ at }) => at > next.at - hour && at < next.at),
  next,
]

/** What grew from one reading to the next. A counter that fell began again with its server, so all of it is new. */
const grown = (before: Reading, after: Reading): Growth[] =>
  [...after.values].flatMap(([key, value]) => {
    const earlier = before.values.get(key) ?? 0
    const by = value < earlier ? value : value - earlier
    if (by === 0) return []
    const [name, labels] = JSON.parse(key) as [string, Record<string, string>]
    return [{ name, labels, by }]
  })

/** How wide a step of the charts is (ms), so that an hour and a minute both show. */
export const stepWidth = (readings: readonly Reading[]): number => {
  const span = (readings.at(-1)?.at ?? 0) - (readings[0]?.at ?? 0)
  return span > 20 * 60_000 ? 60_000 : span > 5 * 60_000 ? 20_000 : 5_000
}

/** What happened, step by step of that width, the quiet ones too. */
export const stepsOf = (readings: readonly Reading[], width: number): readonly Step[] => {
  const slot = (at: number): number => Math.ceil(at / width) * width
  const [first] = readings
  if (first === undefined) return []
  const steps = new Map<number, Growth[]>()
  for (let at = slot(first.at); at <= slot(readings.at(-1)?.at ?? 0); at += width) steps.set(at, [])
  for (const [index, after] of readings.entries()) {
    const before = readings[index - 1]
    if (before !== undefined) steps.get(slot(after.at))?.push(...grown(before, after))
  }
  return [...steps].map(([at, growth]) => ({ at, growth }))
}

/** How much of what fits happened in a step. */
export const sumOf = ({ growth }: Step, fits: (one: Growth) => boolean): number =>
  growth.reduce((sum, one) => (fits(one) ? sum + one.by : sum), 0)
