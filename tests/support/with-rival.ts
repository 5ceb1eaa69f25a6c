import type { Store } from '../../src/storage/store.ts'
import { type Calls, callsThrough, type Harness } from './harness.ts'
import { redispatch } from './redispatch.ts'

/**
 * Calls during which somebody else acts between the reading and the saving of a configuration record: `rival` runs right before each
 * of the first `times` saves.
 */
export const withRival = (
  server: Harness,
  family: 'pools' | 'clients' | 'groups' | 'resourceServers',
  rival: () => Promise<unknown>,
  times = 1,
): Calls => {
  let left = times
  const verbs = server.store[family]
  const save = verbs.update as (...args: readonly unknown[]) => Promise<unknown>
  const update = async (...args: readonly unknown[]) => {
    if (left > 0) {
      left -= 1
      await rival()
    }
    return save(...args)
  }
  const store = { ...server.store, [family]: { ...verbs, update } } as Store
  return callsThrough(redispatch(server, { store }))
}
