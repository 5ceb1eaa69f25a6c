import type { TriggerEvent, TriggerOutcome } from './triggers.ts'

/** One call of a function; every try of it has the same. */
export interface TriggerCall {
  readonly arn: string
  /** A UUID. */
  readonly id: string
  /** How long a try may take until the whole answer is there, in ms. */
  readonly limit: number
}

/** How one try ended. */
export type TryOutcome = TriggerOutcome | { readonly kind: 'timed out' }

/** Where a function is and how it is reached. */
export interface TriggerTarget {
  /** Calls the function once; never rejects. */
  invoke(event: TriggerEvent, call: TriggerCall): Promise<TryOutcome>
  /** Gets ready, so that the first call does not pay for it. */
  start?(): void
  /** Ends calls that are under way. */
  close?(): Promise<void>
}
