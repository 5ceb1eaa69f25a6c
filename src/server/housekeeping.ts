import type { Services } from '../context.ts'
import type { By } from '../storage/store.ts'

const interval = 30_000
const chunk = 500

/** Removes what has expired, in small steps, for as long as the server runs; `stop` resolves when the step under way is done. */
export const keepHouse = (services: Services): { stop(): Promise<void> } => {
  let stopped = false
  let round: Promise<void> = Promise.resolve()
  const sweep = async () => {
    let removed = chunk
    while (!stopped && removed > 0) {
      const by: By = { actor: 'poolhouse', requestId: services.random.uuid(), action: 'Housekeeping', at: services.clock.now() }
      removed = await services.store.maintenance.purge(by, chunk)
    }
  }
  const timer = setInterval(() => {
    round = round.then(sweep).catch((error: unknown) => services.log.warn({ err: error }, 'expired rows could not be removed'))
  }, interval)
  timer.unref()
  return {
    stop: async () => {
      stopped = true
      clearInterval(timer)
      await round
    },
  }
}
