import type { RunningServer } from '../../app.ts'
import type { Log } from '../../context.ts'
import { ConfigError } from '../../server/config.ts'
import { createMetricsRelay, type MetricsKeeper } from '../../server/metrics-relay.ts'
import { sentenceOf } from '../sentence-of.ts'
import { settle } from '../settle.ts'
import type { FromWorker, MetricAnswers, ToWorker } from './messages.ts'
import { createRateNotes, type RateNotes } from './rate-notes.ts'

/** ms between reports of what was counted; a worker that is killed takes no more along. */
const metricsEvery = 1000

/** ms in which the others hear what was let through: how far the workers together may exceed a rate (docs/operations.md). */
const ratesEvery = 100

const send = (message: FromWorker, sent?: () => void): void => {
  // Without a supervisor the process is about to end, so nobody misses the message.
  if (process.connected) process.send?.(message, undefined, undefined, () => sent?.())
  else sent?.()
}

/** The supervisor's answers to this worker's questions. */
const createQuestions = () => {
  const waiting = new Map<number, (answer: never) => void>()
  let asked = 0
  const ask = (about: keyof MetricAnswers) =>
    new Promise<never>((resolve) => {
      asked += 1
      waiting.set(asked, resolve)
      send({ kind: 'question', question: asked, about })
    })
  return {
    ask: ask as MetricsKeeper['ask'],
    answered: (question: number, answer: unknown) => {
      waiting.get(question)?.(answer as never)
      waiting.delete(question)
    },
  }
}

const numbered = (log: Log, worker: number): Log => ({
  debug: (fields, text) => log.debug({ worker, ...fields }, text),
  info: (fields, text) => log.info({ worker, ...fields }, text),
  warn: (fields, text) => log.warn({ worker, ...fields }, text),
  error: (fields, text) => log.error({ worker, ...fields }, text),
})

type Start = Extract<ToWorker, { kind: 'start' }>
type Parts = {
  readonly metrics: ReturnType<typeof createMetricsRelay>
  readonly rates: RateNotes
}

/** Starts the ordinary server. */
const startServer = async ({ worker, config, commandToken, isFirst }: Start, { metrics, rates }: Parts): Promise<RunningServer> => {
  const { openLog, start } = await import('../../app.ts')
  const log = numbered(await openLog(config), worker)
  const onFatal = (error: unknown) => {
    log.error({ err: error }, 'the database failed; the worker ends so that nothing is answered that is not stored')
    process.exit(1)
  }
  const commands = { token: commandToken, isFirst }
  const share = { workers: config.workers, meter: metrics, ratePeers: rates, commands, keepsHouse: worker === 1 }
  return start(config, { log, onFatal, share })
}

/** Runs one worker of `serve --workers`: a server as its supervisor says, until that says stop, is gone, or somebody sends SIGTERM. */
export const runWorker = (): void => {
  const questions = createQuestions()
  const metrics = createMetricsRelay(questions)
  let rates: RateNotes | undefined
  let server: RunningServer | undefined
  let isAskedToEnd = false
  let isStopping = false

  const report = (number?: number): void => {
    const growth = metrics.take()
    if (number !== undefined) send({ kind: 'growth', growth, report: number })
    else if (growth.length > 0) send({ kind: 'growth', growth })
  }

  const start = async (message: Start): Promise<void> => {
    const notes = createRateNotes(message.config.workers)
    rates = notes
    try {
      server = await startServer(message, { metrics, rates: notes })
    } catch (error) {
      send({ kind: 'failed', reason: sentenceOf(error), isSetting: error instanceof ConfigError }, () => process.exit(1))
      return
    }
    const { url, port, adminUrl } = server
    send({ kind: 'ready', place: { url, port, adminUrl } })
    setInterval(report, metricsEvery).unref()
    setInterval(() => {
      const taken = notes.take()
      if (taken.length > 0) send({ kind: 'taken', taken })
    }, ratesEvery).unref()
    settle()
    if (isAskedToEnd) await stop()
  }

  const stop = async (): Promise<void> => {
    if (isStopping || server === undefined) return
    isStopping = true
    await server.stop()
    send({ kind: 'growth', growth: metrics.take() }, () => process.exit(0))
  }

  const endAsTold = (): void => {
    // What is not ready yet has acknowledged nothing.
    if (server === undefined) process.exit(0)
    void stop()
  }

  process.on('message', (message: ToWorker) => {
    if (message.kind === 'start') void start(message)
    else if (message.kind === 'stop') endAsTold()
    else if (message.kind === 'report') report(message.report)
    else if (message.kind === 'answer') questions.answered(message.question, message.answer)
    else rates?.hear(message.taken)
  })
  process.on('SIGTERM', () => {
    isAskedToEnd = true
    void stop()
  })
  // A terminal sends them to the whole group: the supervisor decides.
  process.on('SIGINT', () => undefined)
  process.on('SIGHUP', () => undefined)
  send({ kind: 'hello' })
}
