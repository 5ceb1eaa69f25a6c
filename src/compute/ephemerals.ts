import type { Random } from '../random.ts'
import type { Compute, Ephemeral } from './compute.ts'

const kept = 32
const fewest = 16

/**
 * Gives each exchange an ephemeral value of its own, made before it is needed: many powers go to a thread in one message, and nobody waits
 * for them. None is made before the first is taken, so that a server without SRP has none.
 */
export const createEphemerals = (power: Compute['generatorPower'], random: Random): Compute['ephemeral'] => {
  const ready: Ephemeral[] = []
  let making: Promise<void> | undefined

  const make = async (): Promise<void> => {
    const secrets = Array.from({ length: kept - ready.length }, () => random.bytes(32))
    ready.push(...(await Promise.all(secrets.map(async (secret) => ({ secret, power: await power(secret) })))))
  }
  const makeMore = (): Promise<void> => {
    making ??= make().finally(() => (making = undefined))
    return making
  }

  return async () => {
    for (;;) {
      // Whoever finds none hears why there is none; the others need not.
      if (ready.length <= fewest) makeMore().catch(() => undefined)
      const one = ready.pop()
      if (one !== undefined) return one
      await makeMore()
    }
  }
}
