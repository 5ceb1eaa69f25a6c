/** What a figure ought to be. */
export interface Aim {
  readonly is: '>=' | '>' | '<=' | '<'
  readonly bound: number
}

/** A figure that there is an aim for. */
export interface Finding {
  readonly figure: string
  /** None where a whole part failed. */
  readonly aim?: Aim
  /** What was measured, and the ceiling or peer of the same run that it is compared with, both in `unit`. */
  readonly measured?: number
  readonly against?: number
  readonly unit?: string
  /** What the aim is about: the ratio of the two, or what was measured where nothing stands against it. */
  readonly value?: number
  /** The same ratio of the CPU times, which other programs on the machine hardly change. */
  readonly byCpu?: number
  /** Nothing is said about an aim for more than was tried. */
  readonly met?: boolean | 'smaller run'
  /** Why there is no value. */
  readonly missing?: string
}

const meets = (value: number, { is, bound }: Aim): boolean => {
  switch (is) {
    case '>=':
      return value >= bound
    case '>':
      return value > bound
    case '<=':
      return value <= bound
    case '<':
      return value < bound
  }
}

/** The aim `atLeast(0.8)` and its like. */
export const atLeast = (bound: number): Aim => ({ is: '>=', bound })
/** The aim of more than a bound. */
export const above = (bound: number): Aim => ({ is: '>', bound })
/** The aim of a bound or less. */
export const atMost = (bound: number): Aim => ({ is: '<=', bound })
/** The aim of less than a bound. */
export const below = (bound: number): Aim => ({ is: '<', bound })

interface Comparison {
  readonly measured: number
  readonly against: number
  readonly unit: string
  /** Where it is not the one of the two above: the median of several rounds' ratios. */
  readonly ratio?: number
  readonly byCpu?: number
}

/** A figure over another one of the same run. */
export const compared = (figure: string, { measured, against, unit, ratio, byCpu }: Comparison, aim: Aim): Finding => {
  const value = ratio ?? measured / against
  return { figure, aim, measured, against, unit, value, ...(byCpu === undefined ? {} : { byCpu }), met: meets(value, aim) }
}

/** A figure by itself. */
export const single = (figure: string, value: number, unit: string, aim: Aim): Finding => ({
  figure,
  aim,
  unit,
  value,
  met: meets(value, aim),
})

/** A figure that could not be measured here. */
export const unmeasured = (figure: string, missing: string, aim: Aim): Finding => ({ figure, aim, missing })

/** A figure of less than its aim is about, which neither meets nor misses it. */
export const ofSmallerRun = (finding: Finding): Finding => (finding.met === undefined ? finding : { ...finding, met: 'smaller run' })

/** In place of all figures of a part that failed. */
export const failedPart = (name: string, why: string): Finding => ({ figure: `everything of "${name}"`, missing: why })
