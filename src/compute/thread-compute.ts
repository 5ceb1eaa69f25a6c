import { sign } from 'node:crypto'
import { promisify } from 'node:util'
import { Worker } from 'node:worker_threads'
import type { Random } from '../random.ts'
import type { Compute } from './compute.ts'
import { createEphemerals } from './ephemerals.ts'
import { packBatch, type SrpTask, unpackResult } from './srp-batch.ts'
import { makePoolYield } from './yield-to-loop.ts'

interface Job extends SrpTask {
  readonly resolve: (result: Uint8Array) => void
  readonly reject: (cause: Error) => void
}

/** A worker thread and the batches that it has been sent and has not answered, oldest first. */
interface Lane {
  readonly worker: Worker
  readonly batches: Job[][]
}

const signOnPool = promisify(sign)

// Source and published program name the worker's file differently.
const workerFile = new URL(import.meta.url.endsWith('.ts') ? './srp.worker.ts' : './srp.worker.js', import.meta.url)

// Further batches wait in the worker's mailbox, so that it goes on while a busy event loop has not read its answer yet.
const batchesAtOnce = 3

/** How much of a batch each takes: two powers of any base count for a few of g. */
const weights = { generatorPower: 1, sharedSecret: 4 } as const
const weightOfBatch = 16

/**
 * Signs on libuv's thread pool and does SRP's arithmetic in up to `threads` worker threads, which start at first need and keep no
 * process alive while they are idle. All of them give way to the event loop. When a worker dies, its jobs reject and the next ones get a new worker.
 */
export const createThreadCompute = ({ threads, random }: { readonly threads: number; readonly random: Random }): Compute => {
  if (!Number.isInteger(threads) || threads < 1) throw new RangeError('At least one compute thread is needed.')
  const lanes: Lane[] = []
  const queue: Job[] = []
  let closed = false
  let pumping = false
  void makePoolYield()

  const startLane = (): Lane => {
    // Neither the environment nor the flags of the process: arithmetic needs no secrets and no debugger.
    const lane: Lane = { worker: new Worker(workerFile, { env: {}, execArgv: [], name: 'srp' }), batches: [] }
    let cause = new Error('A compute thread ended.')
    lane.worker.unref()
    lane.worker.on('message', (answer: ArrayBuffer) => finish(lane, answer))
    lane.worker.on('error', (error: Error) => (cause = error))
    lane.worker.on('exit', () => {
      lanes.splice(lanes.indexOf(lane), 1)
      for (const job of lane.batches.flat()) job.reject(cause)
      if (!closed) pump()
    })
    lanes.push(lane)
    return lane
  }

  const freeLane = (): Lane | undefined => {
    const idle = lanes.find((lane) => lane.batches.length === 0)
    if (idle) return idle
    return lanes.length < threads ? startLane() : lanes.find((lane) => lane.batches.length < batchesAtOnce)
  }

  /** The next jobs for one thread: no more than its share, and no more than a batch may weigh. */
  const takeBatch = (share: number): Job[] => {
    let count = 0
    for (let weight = 0; count < Math.min(share, queue.length); count++) {
      weight += weights[(queue[count] as Job).operation]
      if (weight > weightOfBatch) break
    }
    return queue.splice(0, count)
  }

  const pump = (): void => {
    const share = Math.ceil(queue.length / threads)
    while (queue.length > 0) {
      const lane = freeLane()
      if (!lane) return
      const batch = takeBatch(share)
      if (lane.batches.push(batch) === 1) lane.worker.ref()
      const message = packBatch(batch)
      lane.worker.postMessage(message, [message.bytes])
    }
  }

  const finish = (lane: Lane, answer: ArrayBuffer): void => {
    const batch = lane.batches.shift() ?? []
    if (lane.batches.length === 0) lane.worker.unref()
    for (const [index, job] of batch.entries()) job.resolve(unpackResult(answer, index))
    pump()
  }

  /** Once for all that is asked for in one go, so that it travels together. */
  const pumpSoon = (): void => {
    if (pumping) return
    pumping = true
    queueMicrotask(() => {
      pumping = false
      pump()
    })
  }

  const enqueue = (operation: SrpTask['operation'], ...numbers: Uint8Array[]): Promise<Uint8Array> =>
    new Promise((resolve, reject) => {
      if (closed) return reject(new Error('The compute threads are closed.'))
      queue.push({ operation, numbers, resolve, reject })
      pumpSoon()
    })

  const generatorPower = (exponent: Uint8Array): Promise<Uint8Array> => enqueue('generatorPower', exponent)

  return {
    generatorPower,
    ephemeral: createEphemerals(generatorPower, random),
    sharedSecret: (clientPublic, verifier, u, b) => enqueue('sharedSecret', clientPublic, verifier, u, b),
    sign: (key, data) => signOnPool('RSA-SHA256', data, key),
    close: async () => {
      closed = true
      for (const job of queue.splice(0)) job.reject(new Error('The compute threads are closed.'))
      await Promise.all(lanes.map((lane) => lane.worker.terminate()))
    },
  }
}
