import { type MessagePort, parentPort, receiveMessageOnPort, workerData } from 'node:worker_threads'
import { runBatch } from './run-batch.ts'
import { type Call, verbNamed } from './sql/call.ts'
import { connectSqlite, type SqliteConnection } from './sqlite-connection.ts'
import { type Answer, type FromWorker, packError, type Request, type ToWorker, type WorkerSetup } from './sqlite-messages.ts'

/** Enough to share one fsync, few enough that the first of them does not wait long for the last. */
const largestBatch = 512

const runWrites = async (connection: SqliteConnection, requests: readonly Request[]): Promise<FromWorker> => {
  const { outcomes, fatal } = await runBatch(connection, requests)
  const answers = requests.map(({ id }, index): Answer => {
    const outcome = outcomes[index]
    return outcome && 'value' in outcome ? { id, value: outcome.value } : { id, error: packError(outcome?.error) }
  })
  return fatal === undefined ? { answers } : { answers, fatal: packError(fatal) }
}

const runScan = async ({ db, tx }: SqliteConnection, { group, verb, args }: Call): Promise<unknown> => {
  db.exec('BEGIN')
  try {
    return await verbNamed(group, verb).run(tx, ...args)
  } finally {
    db.exec('COMMIT')
  }
}

const runScans = async (connection: SqliteConnection, requests: readonly Request[]): Promise<FromWorker> => {
  const answers: Answer[] = []
  for (const request of requests) {
    try {
      answers.push({ id: request.id, value: await runScan(connection, request) })
    } catch (error) {
      answers.push({ id: request.id, error: packError(error) })
    }
  }
  return { answers }
}

const serve = (port: MessagePort, { path, role }: WorkerSetup): void => {
  const connection = connectSqlite(path, role)
  const run = role === 'write' ? runWrites : runScans
  const most = role === 'write' ? largestBatch : 1
  const queue: Request[] = []
  let working = false
  let closing = false

  const take = (message: ToWorker): void => {
    if (message === 'close') closing = true
    else queue.push(...message)
  }

  const end = (): void => {
    queue.length = 0
    connection.close()
    port.close()
  }

  const work = async (): Promise<void> => {
    while (queue.length > 0) {
      const result = await run(connection, queue.splice(0, most))
      port.postMessage(result)
      if (result.fatal) return end()
      // Whatever arrived during the commit shares the next one.
      for (let next = receiveMessageOnPort(port); next; next = receiveMessageOnPort(port)) take(next.message)
    }
  }

  port.on('message', async (message: ToWorker) => {
    take(message)
    if (working) return
    working = true
    await work()
    working = false
    if (closing) end()
  })
}

if (parentPort) serve(parentPort, workerData as WorkerSetup)
