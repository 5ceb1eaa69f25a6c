import type { Finding } from './finding.ts'
import type { Plan } from './plan.ts'

/** A table for people; the first row names the columns. */
export interface Table {
  readonly title: string
  readonly rows: readonly (readonly string[])[]
}

/** What one part of the benchmark found out. */
export interface Chapter {
  readonly findings: readonly Finding[]
  readonly tables: readonly Table[]
  /** Everything as numbers: times in milliseconds, memory in MB, CPU in microseconds, rates per second. */
  readonly figures: unknown
}

/** What every part is given. */
export interface Bench {
  /** The build that is measured. */
  readonly dist: string
  /** A folder on disk that is removed afterwards. */
  readonly folder: string
  readonly cores: number
  readonly plan: Plan
  progress(text: string): void
}

/** Requests under way at once, sign-ups apart. */
export const connections = 32

/** Sign-ups under way at once. */
export const signUpConnections = 64

/** The sizes that aims are about: users of the big pool, and of a pool at the peers. */
export const wholeSize = { users: 1_000_000, peerUsers: 3000 } as const
