import type { Clock } from '../clock.ts'
import type { MetricStep } from '../domain/counters.ts'

/** A recent past at two grains. */
export interface MetricHistory {
  add(series: string, by: number): void
  /** Minute by minute for the last hour, or in steps of ten minutes for the last day; steps in which nothing grew are left out. */
  steps(span: 'hour' | 'day'): readonly MetricStep[]
}

const minute = 60_000
const spans = {
  hour: { width: minute, kept: 60 },
  day: { width: 10 * minute, kept: 144 },
} as const

interface Step {
  readonly at: number
  readonly growth: Map<string, number>
}

const addTo = (growth: Map<string, number>, series: string, by: number): void => void growth.set(series, (growth.get(series) ?? 0) + by)

const endOf = (moment: number, width: number): number => (Math.floor(moment / width) + 1) * width

const createTrack = (width: number, kept: number) => {
  const steps: Step[] = []
  const isKept = (now: number) => (step: Step) => step.at > now - kept * width
  return {
    add: (moment: number, growth: ReadonlyMap<string, number>): void => {
      const at = endOf(moment, width)
      let last = steps.at(-1)
      // A clock that was put back goes on in the newest step.
      if (last === undefined || last.at < at) {
        last = { at, growth: new Map() }
        steps.push(last)
        while (steps[0] !== undefined && !isKept(moment)(steps[0])) steps.shift()
      }
      for (const [series, by] of growth) addTo(last.growth, series, by)
    },
    steps: (now: number): MetricStep[] =>
      steps.filter(isKept(now)).map(({ at, growth }) => ({ at, growth: [...growth].map(([series, by]) => `${series} ${by}\n`).join('') })),
  }
}

/** Keeps in memory what grew in the last hour and the last day; it ends with the process, as the counters do. */
export const createMetricHistory = (clock: Clock): MetricHistory => {
  const tracks = {
    hour: createTrack(spans.hour.width, spans.hour.kept),
    day: createTrack(spans.day.width, spans.day.kept),
  }
  // Each request adds to this alone; it goes into the tracks once a minute, and when they are read.
  const grown = new Map<string, number>()
  let minuteEnds = 0
  const settle = (): void => {
    if (grown.size === 0) return
    for (const track of Object.values(tracks)) track.add(minuteEnds - minute, grown)
    grown.clear()
  }
  return {
    add: (series, by) => {
      const now = clock.now()
      if (now >= minuteEnds) {
        settle()
        minuteEnds = endOf(now, minute)
      }
      addTo(grown, series, by)
    },
    steps: (span) => {
      settle()
      return tracks[span].steps(clock.now())
    },
  }
}
