import cluster from 'node:cluster'
import { fileURLToPath } from 'node:url'
import { monotonicClock } from '../../clock.ts'
import { ConfigError } from '../../server/config.ts'
import { handBackConnections } from './hand-back.ts'
import type { FromWorker, ServedPlace, ToWorker } from './messages.ts'
import { tellWorker } from './tell-worker.ts'
import { passWholeLines } from './whole-lines.ts'

/** A worker, from its first moment on. */
export interface Member {
  readonly number: number
  readonly pid: number | undefined
  /** Resolves once it listens; rejects with the reason when it ends before. */
  readonly ready: Promise<ServedPlace>
  /** Resolves when it has ended: how, as words that go on from "ended", and whether it was of its own will. */
  readonly ended: Promise<{ readonly how: string; readonly isClean: boolean }>
  /** For how long it has listened (ms); undefined while it starts. */
  listensFor(): number | undefined
  /** One that ends just now hears nothing any more; one that is behind does not hear what was taken. */
  tell(message: ToWorker): void
  kill(): void
}

// Source and published program name the worker's file differently.
const workerFile = new URL(import.meta.url.endsWith('.ts') ? './serve.worker.ts' : './serve.worker.js', import.meta.url)

/** Starts a worker process, which says `hello` when it can be told more; `threads` are for signatures, files and names. */
export const launchWorker = (
  number: number,
  { threads, hear }: { readonly threads: number; readonly hear: (member: Member, message: FromWorker) => void },
): Member => {
  cluster.schedulingPolicy = cluster.SCHED_RR
  cluster.setupPrimary({
    exec: fileURLToPath(workerFile),
    args: [],
    // Settings hold keys and lists that JSON would not keep.
    serialization: 'advanced',
    stdio: ['ignore', 'inherit', 'pipe', 'ipc'],
  })
  const worker = cluster.fork({ UV_THREADPOOL_SIZE: String(threads) })
  handBackConnections(worker)
  const ready = Promise.withResolvers<ServedPlace>()
  const ended = Promise.withResolvers<{ how: string; isClean: boolean }>()
  let readyAt: number | undefined
  let fault: Error | undefined
  const member: Member = {
    number,
    pid: worker.process.pid,
    ready: ready.promise,
    ended: ended.promise,
    listensFor: () => readyAt && monotonicClock.now() - readyAt,
    tell: tellWorker(worker),
    kill: () => void worker.process.kill('SIGKILL'),
  }
  const end = (how: string, isClean: boolean): void => {
    ended.resolve({ how, isClean })
    ready.reject(fault ?? new Error(`Worker ${number} ended ${how} before it listened.`))
  }
  if (worker.process.stderr !== null) passWholeLines(worker.process.stderr, (text) => process.stderr.write(text))
  worker.on('message', (message: FromWorker) => {
    if (message.kind === 'failed') fault = message.isSetting ? new ConfigError(message.reason) : new Error(message.reason)
    else if (message.kind === 'ready') {
      readyAt = monotonicClock.now()
      ready.resolve(message.place)
    } else hear(member, message)
  })
  worker.on('error', (error) => {
    fault ??= error
    // A process that the system did not give.
    if (worker.process.pid === undefined) end('at once', false)
  })
  // Not before everything that it said was passed on.
  worker.process.once('close', (code, signal) => end(signal === null ? `with code ${code}` : `by ${signal}`, code === 0))
  return member
}
