import { systemClock } from '../../clock.ts'
import type { Log } from '../../context.ts'
import { shareOf } from '../../domain/share-of.ts'
import { systemRandom } from '../../random.ts'
import type { Config } from '../../server/config.ts'
import { freePort } from './free-port.ts'
import { launchWorker, type Member } from './launch-worker.ts'
import type { FromWorker, ServedPlace } from './messages.ts'
import { createMetricsDesk } from './metrics-desk.ts'
import { pauseAfter } from './pause-after.ts'

/** Workers that listen. */
export interface Supervised {
  readonly place: ServedPlace
  /** Resolves with the reason when there is no worker left and none can be started. */
  readonly failed: Promise<Error>
  /** Lets all of them finish what is under way and end; rejects when one that listened ended otherwise. */
  stop(): Promise<void>
}

/** A worker that listened for so long (ms) did not fail at its start. */
const longLife = 30_000

/** A worker that does not end by itself has so long (ms): its two listeners close one after the other, in 10 s each at most. */
const endWithin = 25_000

/** Fewer than two threads would let a slow name lookup hold up every signature. */
const poolThreads = (workers: number): number => Math.max(2, shareOf(Number(process.env['UV_THREADPOOL_SIZE']) || 4, workers))

/** A port that is to be any free one is the same for all workers, and for those that are started later. */
const withPorts = async (config: Config): Promise<Config> => {
  const chosen = async (host: string, port: number) => (port === 0 ? freePort(host) : port)
  const port = await chosen(config.host, config.port)
  return { ...config, port, adminPort: await chosen(config.adminHost, config.adminPort) }
}

/** Hears what workers say: what concerns all of them goes through here. */
const createSwitchboard = (config: Config, members: ReadonlySet<Member>) => {
  const commandToken = Buffer.from(systemRandom.bytes(32)).toString('hex')
  let isFirst = true
  const listening = () => [...members].filter((member) => member.listensFor() !== undefined)
  const desk = createMetricsDesk(systemClock, (report) =>
    listening().map((member) => {
      member.tell({ kind: 'report', report })
      return member.number
    }),
  )
  const hear = (member: Member, message: FromWorker): void => {
    const { number: worker, tell } = member
    if (message.kind === 'hello') {
      tell({ kind: 'start', worker, config, commandToken, isFirst })
      isFirst = false
    } else if (message.kind === 'growth') desk.add(worker, message.growth, message.report)
    else if (message.kind === 'taken') {
      for (const other of listening()) if (other !== member) other.tell(message)
    } else if (message.kind === 'question') {
      const { question, about } = message
      void desk.answer(about).then((answer) => tell({ kind: 'answer', question, answer }))
    }
  }
  return { hear, forget: desk.forget }
}

/** The workers by their numbers, of which each is started again when it ends. */
const createCrew = (config: Config, log: Log) => {
  const members = new Set<Member>()
  const { hear, forget } = createSwitchboard(config, members)
  const threads = poolThreads(config.workers)
  const failures = new Map<number, number>()
  const timers = new Set<NodeJS.Timeout>()
  const failed = Promise.withResolvers<Error>()
  let isStopping = false

  const watch = async (member: Member): Promise<void> => {
    const { number: worker } = member
    const { how, isClean } = await member.ended
    const listened = member.listensFor()
    members.delete(member)
    forget(worker)
    if (isStopping || listened === undefined) return
    failures.set(worker, isClean || listened > longLife ? 0 : (failures.get(worker) ?? 0) + 1)
    if (isClean) log.info({ worker }, 'a worker has ended, and another one is started')
    else log.error({ worker }, `a worker ended ${how}, and another one is started`)
    startAgain(worker)
  }

  const start = async (worker: number): Promise<ServedPlace> => {
    const member = launchWorker(worker, { threads, hear })
    members.add(member)
    void watch(member)
    const place = await member.ready
    log.info({ worker, pid: member.pid }, 'a worker listens')
    return place
  }

  const tryAgain = async (worker: number): Promise<void> => {
    try {
      await start(worker)
    } catch (error) {
      if (isStopping) return
      // As a single process whose start fails: whoever started this one has to see to it.
      if (members.size === 0) return failed.resolve(error as Error)
      log.error({ worker, err: error }, 'a worker could not be started, and is tried again')
      failures.set(worker, (failures.get(worker) ?? 0) + 1)
      startAgain(worker)
    }
  }

  const startAgain = (worker: number): void => {
    const timer = setTimeout(
      () => {
        timers.delete(timer)
        void tryAgain(worker)
      },
      pauseAfter(failures.get(worker) ?? 0),
    )
    timers.add(timer)
  }

  /** Whether a worker that is to stop does so by itself; one that did not listen yet has nothing to finish. */
  const endOf = async ({ number: worker, ended, listensFor }: Member): Promise<boolean> => {
    const { how, isClean } = await ended
    if (isClean || listensFor() === undefined) return true
    log.error({ worker }, `a worker ended ${how} and did not finish what was under way`)
    return false
  }

  const stop = async (): Promise<void> => {
    isStopping = true
    for (const timer of timers) clearTimeout(timer)
    for (const { tell } of members) tell({ kind: 'stop' })
    const late = setTimeout(() => {
      for (const { kill } of members) kill()
    }, endWithin)
    const ends = await Promise.all([...members].map(endOf))
    clearTimeout(late)
    if (ends.includes(false)) throw new Error('A worker did not finish what was under way; the log says which.')
  }

  return { start, stop, failed: failed.promise }
}

/**
 * Starts `config.workers` processes that answer on the same ports, and starts another one wherever one ends. Rejects with the first fault
 * when one of them can't start in the beginning; no process is left then.
 */
export const superviseWorkers = async (given: Config, log: Log): Promise<Supervised> => {
  const config = await withPorts(given)
  const { start, stop, failed } = createCrew(config, log)
  try {
    // Alone, so that one brings the schema up to date and one says what is wrong with the settings.
    const place = await start(1)
    await Promise.all(Array.from({ length: config.workers - 1 }, (_, index) => start(index + 2)))
    return { place, failed, stop }
  } catch (error) {
    await stop().catch(() => undefined)
    throw error
  }
}
