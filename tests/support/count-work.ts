import type { Compute } from '../../src/compute/compute.ts'
import type { Services } from '../../src/context.ts'
import type { Store } from '../../src/storage/store.ts'
import type { Harness } from './harness.ts'

/** What a call cost: slow arithmetic and verbs of the store, by name, in order. */
export interface Work {
  /** Services to dispatch with. */
  readonly services: Partial<Services>
  /** What was done since the last time of asking. */
  take(): string[]
}

/** Watches the slow parts of a program: what is done for a known user must be done for an unknown one. */
export const countWork = (server: Harness): Work => {
  let done: string[] = []
  const watch = <T extends object>(group: string, verbs: T): T =>
    new Proxy(verbs, {
      get: (target, name) => {
        const verb: unknown = Reflect.get(target, name)
        if (typeof verb !== 'function') return verb
        return (...args: unknown[]) => {
          done.push(`${group}.${String(name)}`)
          return Reflect.apply(verb, target, args)
        }
      },
    })
  const compute: Compute = watch('compute', server.compute)
  const groups = Object.entries(server.store).map(([group, verbs]) => [group, typeof verbs === 'object' ? watch(group, verbs) : verbs])
  const store: Store = Object.fromEntries(groups)
  return {
    services: { compute, store },
    take: () => {
      const taken = done
      done = []
      return taken
    },
  }
}
