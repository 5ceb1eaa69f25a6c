import type { Log } from '../context.ts'
import { endOutcome, type ModuleEnd } from './module-end.ts'
import type { ModuleCall } from './module-frames.ts'
import { type ModuleProcess, startModuleProcess } from './module-process.ts'
import type { TryOutcome } from './trigger-target.ts'

/** What running a module needs. */
export interface ModuleSettings {
  /** An absolute path. */
  readonly file: string
  /** The functions that are mapped to exports of it, for the log. */
  readonly arns: readonly string[]
  /** The exports that they are; undefined: the usual one. */
  readonly exportNames: readonly string[]
  /** Files and folders that the module may read; asked again for each process. */
  readonly readable: () => readonly string[]
  /** Tells when the file was last changed: another answer than before makes a new process. Without it the file is not looked at again. */
  readonly changedAt?: (() => Promise<number>) | undefined
  readonly log: Log
}

/** Runs a module in a process of its own, which serves all of its functions and is replaced when it ends, blocks or is out of date. */
export interface ModuleRunner {
  /** Starts the process, if none runs. */
  start(): void
  /** Calls a handler once; never rejects. */
  call(call: Omit<ModuleCall, 'id'>): Promise<TryOutcome>
  close(): Promise<void>
}

const memory = 256
const firstRest = 100
const longestRest = 10_000
const linesPerSecond = 200

/** Passes lines on to the log, not more than it can bear, and nothing that a terminal would obey. */
const createPrinter = (log: Log, fields: object): ((line: string) => void) => {
  let count = 0
  return (line) => {
    if (count === 0) {
      setTimeout(() => {
        if (count > linesPerSecond) log.info({ ...fields, lines: count - linesPerSecond }, 'a trigger module printed more than is kept')
        count = 0
      }, 1000).unref()
    }
    count += 1
    if (count <= linesPerSecond) log.info({ ...fields, line: line.replace(/\p{Cc}/gu, ' ') }, 'a trigger module printed')
  }
}

/** A runner whose process starts at the first call, or before when it is told to. */
export const createModuleRunner = ({ file, arns, exportNames, readable, changedAt, log }: ModuleSettings): ModuleRunner => {
  const fields = { arn: arns.join(' '), file }
  const print = createPrinter(log, { arn: fields.arn })
  const alive = new Set<ModuleProcess>()
  let current: ModuleProcess | undefined
  let version: number | undefined
  let failures = 0
  let resting: ModuleEnd | undefined
  let closed = false

  const rest = (end: ModuleEnd): void => {
    // The first failure after a success may be one caller's bad luck; who fails again has to wait.
    if (failures < 2) return
    resting = end
    setTimeout(() => (resting = undefined), Math.min(firstRest * 2 ** (failures - 2), longestRest)).unref()
  }

  const launch = (): ModuleProcess => {
    const started = startModuleProcess({
      file,
      readable: readable(),
      memory,
      onLoaded: (exports) => {
        for (const name of exportNames)
          if (!exports.includes(name))
            log.error({ ...fields, export: name }, 'a trigger module does not export the function that is mapped')
      },
      onPrinted: print,
      onEnded: (end) => {
        failures = started.proven ? 1 : failures + 1
        log.error({ ...fields, reason: end.reason }, 'a trigger module ended')
        rest(end)
      },
    })
    alive.add(started)
    void started.ended.then(() => alive.delete(started))
    return started
  }

  const refresh = async (): Promise<void> => {
    const now = await changedAt?.().catch(() => undefined)
    if (version !== undefined && now !== version) current?.retire()
    version = now
  }

  /** The process that takes calls; undefined while none should. */
  const running = (): ModuleProcess | undefined => {
    if (current?.usable) return current
    current = closed || resting !== undefined ? undefined : launch()
    return current
  }

  return {
    start: () => {
      refresh()
        .then(running)
        .catch((error: unknown) => log.error({ ...fields, err: error }, 'a trigger module did not start'))
    },
    call: async (call) => {
      await refresh()
      return (await running()?.call(call)) ?? endOutcome(resting ?? { reason: 'the server is stopping' }, call.requestId)
    },
    close: async () => {
      closed = true
      await Promise.all([...alive].map((process) => process.kill()))
    },
  }
}
