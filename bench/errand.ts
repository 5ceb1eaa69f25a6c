import type { AccessTokens, Simple } from './scenarios.ts'

/** Two requests, the second made from the answer to the first. */
export type Exchange = 'srp' | 'totp' | 'custom' | 'code'

/** What the load generator may be asked for. */
export type Errand =
  /** Makes the pools, or takes them as they are, and signs some users in for the errands to come. */
  | { readonly kind: 'prepare'; readonly seed: boolean; readonly withFactors: boolean }
  /** Signs in so often for access tokens, which are the answer. */
  | { readonly kind: 'make tokens'; readonly count: number }
  /** From now on GetUser and userInfo are called with `own` in turn, and once with each of `older`. */
  | { readonly kind: 'take tokens'; readonly own: AccessTokens; readonly older: AccessTokens }
  | { readonly kind: 'simple'; readonly of: Simple; readonly connections: number; readonly seconds: number }
  /** So many calls of GetUser (`api`) or userInfo (`page`) with older tokens that were not used yet. */
  | { readonly kind: 'first use'; readonly of: keyof AccessTokens; readonly connections: number; readonly requests: number }
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
  /** So many cores the hypervisor gave to other machines meanwhile, on average. */
  readonly stolenCores: number
}
