import type { Store } from '../../src/storage/store.ts'
import { type Calls, callsThrough, type Harness } from './harness.ts'
import { redispatch } from './redispatch.ts'

/**
 * Calls during which somebody else acts between the reading and the saving, or deleting, of a record: `rival` runs right before each of
 * the first `times` writes.
 */
export const withRival = (
  server: Harness,
  family: 'pools' | 'domains' | 'clients' | 'groups' | 'resourceServers' | 'brandings' | 'terms' | 'users',
  rival: () => Promise<unknown>,
  times = 1,
): Calls => {
  let left = times
  const rivalled = ([name, verb]: [string, (...args: readonly unknown[]) => Promise<unknown>]) => {
    if (!['update', 'save', 'delete'].includes(name)) return [name, verb]
    const late = async (...args: readonly unknown[]) => {
      if (left > 0) {
        left -= 1
        await rival()
      }
      return verb(...args)
    }
    return [name, late]
  }
  const verbs = Object.fromEntries(Object.entries(server.store[family]).map(rivalled))
  const store = { ...server.store, [family]: verbs } as Store
  return callsThrough(redispatch(server, { store }))
}
