import type { Clock } from '../clock.ts'

/** How much counters grew within a span of time that ended, or will end, at `at` (epoch ms), as lines of Prometheus's text format. */
export interface MetricStep {
  readonly at: number
  readonly growth: string
}

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

const createTrack = (width: number, kept: number) => {
  const steps: Step[] = []
  const isKept = (now: number) => (step: Step) => step.at > now - kept * width
  return {
    add: (now: number, series: string, by: number): void => {
      const at = (Math.floor(now / width) + 1) * width
      let last = steps.at(-1)
      // A clock that was put back goes on in the newest step.
      if (last === undefined || last.at < at) {
        last = { at, growth: new Map() }
        steps.push(last)
        while (steps[0] !== undefined && !isKept(now)(steps[0])) steps.shift()
      }
      last.growth.set(series, (last.growth.get(series) ?? 0) + by)
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
  return {
    add: (series, by) => {
      const now = clock.now()
      tracks.hour.add(now, series, by)
      tracks.day.add(now, series, by)
    },
    steps: (span) => tracks[span].steps(clock.now()),
  }
}
