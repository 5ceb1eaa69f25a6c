import type { Services } from '../context.ts'
import type { By } from '../storage/store.ts'

const interval = 30_000
const chunk = 500
/** ms by which this machine's clock may be away from the database's: what it takes for expired is gone for all nodes. */
const furthest = 60_000

type Housekeeping = Pick<Services, 'store' | 'clock' | 'random' | 'log'>

/** By how many ms a clock is ahead of (above 0) or behind another one that was read between two looks at it; 0 where it may be right. */
export const clockError = (before: number, other: number, after: number): number => Math.max(0, before - other) + Math.min(0, after - other)

/** Tells whether this machine's clock may decide what has expired, and the log whenever that changes. */
export const watchClock = ({ store, clock, log }: Housekeeping): (() => Promise<boolean>) => {
  let isRight = true
  return async () => {
    const before = clock.now()
    const time = await store.time()
    const error = time === undefined ? 0 : clockError(before, time, clock.now())
    const wasRight = isRight
    isRight = Math.abs(error) <= furthest
    if (wasRight && !isRight) {
      const place = `${Math.round(Math.abs(error) / 1000)} s ${error > 0 ? 'ahead of' : 'behind'}`
      log.warn(
        { clockErrorMs: error },
        `the clock of this machine is ${place} that of the database, so nothing that has expired is removed here: set the clocks of both by NTP`,
      )
    }
    if (!wasRight && isRight) log.info({}, 'the clock of this machine is that of the database again: what has expired is removed')
    return isRight
  }
}

/** Removes what has expired, in small steps, for as long as the server runs; `stop` resolves when the step under way is done. */
export const keepHouse = (services: Housekeeping): { stop(): Promise<void> } => {
  const { store, clock, random, log } = services
  const isClockRight = watchClock(services)
  let stopped = false
  const sweep = async () => {
    let removed = chunk
    while (!stopped && removed > 0 && (await isClockRight())) {
      const by: By = { actor: 'poolhouse', requestId: random.uuid(), action: 'Housekeeping', at: clock.now() }
      removed = await store.maintenance.purge(by, chunk)
    }
  }
  const failed = (error: unknown) => log.warn({ err: error }, 'expired rows could not be removed')
  // A wrong clock is told at the start.
  let round: Promise<unknown> = isClockRight().catch(failed)
  const timer = setInterval(() => {
    round = round.then(sweep).catch(failed)
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
