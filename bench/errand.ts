import type { Simple } from './scenarios.ts'

/** Two requests, the second made from the answer to the first. */
export type Exchange = 'srp' | 'totp' | 'custom' | 'code'

/** What the load generator may be asked for. */
export type Errand =
  /** Makes the pools, or takes them as they are, and signs some users in for the errands to come, so many times for access tokens alone. */
  | { readonly kind: 'prepare'; readonly seed: boolean; readonly withFactors: boolean; readonly newTokens?: number }
  | { readonly kind: 'simple'; readonly of: Simple; readonly connections: number; readonly seconds: number }
  | { readonly kind: Exchange; readonly connections: number; readonly exchanges: number }
  | { readonly kind: 'rotate'; readonly connections: number; readonly seconds: number }
  /** Sign-ins of these users of a loaded pool, one at a time; each of them once where no time is given. */
  | { readonly kind: 'sign in'; readonly clientId: string; readonly users: readonly number[]; readonly seconds: number | undefined }
  /** Sign-ins that begin at a fixed rate (per second), whether or not the ones before are answered. */
  | { readonly kind: 'paced'; readonly rate: number; readonly seconds: number }
  /** Sign-ins of random users of a pool that every server of the comparison has, at any of them. */
  | { readonly kind: 'peer'; readonly clientId: string; readonly users: number; readonly connections: number; readonly seconds: number }

/** What a load came to. */
export interface Figures {
  readonly requests: number
  /** Per second. */
  readonly rate: number
  /** Milliseconds. */
  readonly p50: number
  readonly p99: number
  /** Microseconds of CPU for each, in the server and in the load generator. */
  readonly serverCpu: number
  readonly clientCpu: number
}
