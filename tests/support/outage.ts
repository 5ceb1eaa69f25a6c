import type { Services } from '../../src/context.ts'
import type { Store } from '../../src/storage/store.ts'
import { callsThrough, type Harness } from './harness.ts'
import { redispatch } from './redispatch.ts'

/** A program parts of which can be down. */
export interface Outage {
  /** Calls that meet the outage. */
  readonly server: Harness
  /** What surfaces other than the API are made of to meet it too. */
  readonly services: Services
  /** What a piece of work asks for, each once, e.g. `store.users.byId` or `keyring.open`. */
  used(work: () => Promise<unknown>): Promise<string[]>
  /** Does the work while one of those rejects. */
  without<T>(part: string, work: () => Promise<T>): Promise<T>
}

/** The program of a harness with everything in reach that it depends on: store, keys, arithmetic, functions and messages. */
export const createOutage = (harness: Harness): Outage => {
  let down: string | undefined
  let used = new Set<string>()
  const watch = <T extends object>(group: string, verbs: T): T =>
    new Proxy(verbs, {
      get: (target, name) => {
        const verb: unknown = Reflect.get(target, name)
        if (typeof verb !== 'function') return verb
        return (...args: unknown[]) => {
          const part = `${group}.${String(name)}`
          used.add(part)
          return part === down ? Promise.reject(new Error(`${part} is down`)) : Reflect.apply(verb, target, args)
        }
      },
    })
  const groups = Object.entries(harness.store).map(([group, verbs]) => [
    group,
    typeof verbs === 'object' ? watch(`store.${group}`, verbs) : verbs,
  ])
  const services: Partial<Services> = {
    store: Object.fromEntries(groups) as Store,
    keyring: watch('keyring', harness.keyring),
    signingKeys: watch('signingKeys', harness.signingKeys),
    compute: watch('compute', harness.compute),
    triggers: watch('triggers', harness.triggers),
    delivery: watch('delivery', harness.delivery),
    passwordGate: watch('passwordGate', harness.passwordGate),
  }
  return {
    services: { ...harness, ...services },
    server: { ...harness, ...callsThrough(redispatch(harness, services)) },
    used: async (work) => {
      used = new Set()
      await work()
      return [...used]
    },
    without: async (part, work) => {
      down = part
      try {
        return await work()
      } finally {
        down = undefined
      }
    },
  }
}
