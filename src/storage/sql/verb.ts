import type { Store } from '../store.ts'
import type { Tx } from './tx.ts'
import type { Undo } from './undo.ts'

/**
 * How an executor runs a verb. `point`: reads a few rows by key, without a transaction, so that each statement may see a later
 * state than the one before. `recent`: a point read whose answer may be 250 ms old where another node changed it. `scan`: reads many rows
 * in one snapshot. `write`: one transaction.
 */
export type VerbKind = 'point' | 'recent' | 'scan' | 'write'

/** A group of the Store's verbs. */
export type Group = Exclude<keyof Store, 'time' | 'close'>

type Run<F> = F extends (...args: infer A) => Promise<infer R> ? (tx: Tx, ...args: A) => Promise<R | Undo<R>> : never

/** The SQL side of one group of verbs. */
export type VerbsOf<G extends Group> = {
  readonly [V in keyof Store[G]]: { readonly kind: VerbKind; readonly run: Run<Store[G][V]> }
}
