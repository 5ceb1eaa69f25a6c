import type { Tx } from './tx.ts'
import type { Group, VerbKind } from './verb.ts'
import { verbs } from './verbs.ts'

/** A verb to run, as it travels to the thread that runs it: names and cloneable arguments. */
export interface Call {
  readonly group: string
  readonly verb: string
  readonly args: readonly unknown[]
}

interface AnyVerb {
  readonly kind: VerbKind
  run(tx: Tx, ...args: readonly unknown[]): Promise<unknown>
}

/** The verb of those names. */
export const verbNamed = (group: string, verb: string): AnyVerb => {
  const named = (verbs[group as Group] as unknown as Record<string, AnyVerb> | undefined)?.[verb]
  if (named === undefined) throw new Error(`the store has no verb ${group}.${verb}`)
  return named
}
