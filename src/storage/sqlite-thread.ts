import { Worker } from 'node:worker_threads'
import type { Call } from './sql/call.ts'
import { type FromWorker, packError, type Request, unpackError, type WorkerSetup } from './sqlite-messages.ts'
import { StorageError } from './storage-error.ts'

/** A thread with a connection of its own that runs verbs in the order of their arrival. */
export interface SqliteThread {
  run(call: Call): Promise<unknown>
  /** Waits for the calls under way and for the thread's end. */
  close(): Promise<void>
}

interface Waiting {
  resolve(value: unknown): void
  reject(error: Error): void
}

const entry = new URL(import.meta.url.endsWith('.ts') ? './sqlite.worker.ts' : './sqlite.worker.js', import.meta.url)

/** Starts the thread; `onFatal` learns, once, that it can't go on, and every later call is refused. */
export const startSqliteThread = (setup: WorkerSetup, onFatal: (error: Error) => void): SqliteThread => {
  const worker = new Worker(entry, { workerData: setup })
  const waiting = new Map<number, Waiting>()
  let outbox: Request[] = []
  let lastId = 0
  let end: Error | undefined
  const ended = new Promise<void>((resolve) => worker.once('exit', () => resolve()))

  const fail = (error: Error): void => {
    if (end !== undefined) return
    end = error
    for (const { reject } of waiting.values()) reject(error)
    waiting.clear()
    worker.unref()
    onFatal(error)
  }

  const settle = ({ answers, fatal }: FromWorker): void => {
    for (const answer of answers) {
      const promise = waiting.get(answer.id)
      waiting.delete(answer.id)
      if ('error' in answer) promise?.reject(unpackError(answer.error))
      else promise?.resolve(answer.value)
    }
    if (fatal) fail(unpackError(fatal))
    if (waiting.size === 0) worker.unref()
  }

  const sendAlone = (request: Request, blame: unknown): void => {
    try {
      worker.postMessage([request])
    } catch {
      settle({ answers: [{ id: request.id, error: packError(blame) }] })
    }
  }

  const send = (): void => {
    const requests = outbox
    outbox = []
    if (end !== undefined || requests.length === 0) return
    try {
      worker.postMessage(requests)
    } catch (error) {
      // One call holds what can't be copied; the others of the turn go alone.
      for (const request of requests) sendAlone(request, error)
    }
  }

  worker.on('message', settle)
  worker.once('error', (error) => fail(new StorageError('The storage thread failed.', { cause: error })))
  worker.once('exit', () => fail(new StorageError('The storage thread ended.')))
  worker.unref()

  return {
    run: (call) => {
      if (end !== undefined) return Promise.reject(end)
      return new Promise((resolve, reject) => {
        // An idle thread does not keep the process alive; one that owes an answer does.
        if (waiting.size === 0) worker.ref()
        lastId += 1
        waiting.set(lastId, { resolve, reject })
        // All calls of one turn travel together: a tick comes after every promise that is ready has gone on.
        if (outbox.push({ id: lastId, ...call }) === 1) process.nextTick(send)
      })
    },
    close: async () => {
      send()
      onFatal = () => undefined
      worker.ref()
      worker.postMessage('close')
      await ended
    },
  }
}
