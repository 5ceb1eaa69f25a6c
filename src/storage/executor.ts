import { type Call, verbNamed } from './sql/call.ts'
import type { Group, VerbKind } from './sql/verb.ts'
import { verbs } from './sql/verbs.ts'
import type { Store } from './store.ts'

/** Runs verbs against one database. */
export interface Executor {
  run(kind: VerbKind, call: Call): Promise<unknown>
  /** As `Store.time`. */
  time(): Promise<number | undefined>
  /** Waits for the verbs under way, then lets go of the database. */
  close(): Promise<void>
}

/** The Store whose verbs the executor runs. */
export const storeOver = (executor: Executor): Store => {
  const groups = Object.entries(verbs).map(([group, members]) => {
    const bound = Object.keys(members).map((verb) => {
      const { kind } = verbNamed(group, verb)
      return [verb, (...args: unknown[]) => executor.run(kind, { group, verb, args })] as const
    })
    return [group, Object.fromEntries(bound)] as const
  })
  // The table of verbs is typed by the Store's own members, so what Object.entries forgets is known to fit.
  const store = Object.fromEntries(groups) as unknown as { readonly [G in Group]: Store[G] }
  return { ...store, time: () => executor.time(), close: () => executor.close() }
}
