import type { RunningServer } from '../app.ts'
import { systemClock } from '../clock.ts'
import type { Config } from '../server/config.ts'
import type { RunCommand } from '../server/settings.ts'
import { banner, type ShownServer } from './banner.ts'
import { gatherConfig } from './gather-config.ts'
import { settle } from './settle.ts'

interface Started {
  readonly shown: ShownServer
  /** Resolves with the reason when it can't go on. */
  readonly failed?: Promise<Error>
  stop(): Promise<void>
}

/** Starts a server and resolves when it has stopped: on SIGTERM or SIGINT, or with `--lifeline` when standard input ends. */
export const startServer = async (command: RunCommand, options: Readonly<Record<string, unknown>>): Promise<void> => {
  const lifeline = options['lifeline'] === true
  const stopped = stopRequest(lifeline)
  // A supervisor of workers needs nothing of it.
  const loading = command === 'dev' ? import('../app.ts') : undefined
  const config = await gatherConfig(command, options)
  const { shown, failed, stop } =
    config.workers > 1 ? await startWorkers(config) : await startHere(config, await (loading ?? import('../app.ts')))
  // A program that started the server reads one line of JSON, a person reads sentences.
  const { url, port, adminUrl, authority } = shown
  process.stdout.write(
    lifeline
      ? `${JSON.stringify({ url, port, adminUrl, certificateAuthority: authority?.certificate })}\n`
      : banner(config, shown, await trustCommandOf(shown)),
  )
  settle()
  const fault = await (failed === undefined ? stopped : Promise.race([stopped, failed]))
  await stop()
  if (fault !== undefined) throw fault
}

const startHere = async (config: Config, { openLog, start }: typeof import('../app.ts')): Promise<Started> => {
  const log = await openLog(config)
  const onFatal = (error: unknown) => {
    log.error({ err: error }, 'the database failed; the server ends so that nothing is answered that is not stored')
    process.exit(1)
  }
  const server: RunningServer = await start(config, { log, onFatal })
  return { shown: server, stop: server.stop }
}

const startWorkers = async (config: Config): Promise<Started> => {
  const [{ superviseWorkers }, { createLog }] = await Promise.all([import('./workers/supervise.ts'), import('../server/log.ts')])
  const { place, failed, stop } = await superviseWorkers(config, await createLog(config.logLevel, config.logFormat, systemClock.now))
  return { shown: { ...place, authority: undefined, demo: undefined }, failed, stop }
}

const trustCommandOf = async ({ authority }: ShownServer): Promise<string | undefined> => {
  if (authority?.path === undefined) return undefined
  const { trustCommandsHere } = await import('./trust-commands-here.ts')
  return (await trustCommandsHere(authority.path, authority.certificate)).trust
}

/** Resolves once somebody wants the process to end; whoever asks again after a second ends it at once. */
const stopRequest = (lifeline: boolean): Promise<undefined> =>
  new Promise((resolve) => {
    let impatient = false
    const ask = () => {
      if (impatient) process.exit(1)
      // A terminal signals the whole group and npm passes the signal on: a second one at once is an echo, not impatience.
      setTimeout(() => (impatient = true), 1000).unref()
      resolve(undefined)
    }
    process.on('SIGTERM', ask)
    process.on('SIGINT', ask)
    process.on('SIGHUP', ask)
    if (!lifeline) return
    const end = () => resolve(undefined)
    process.stdin.on('end', end).on('close', end).on('error', end).resume()
    // The open pipe alone must not keep a process alive whose server could not start. A file as standard input has no unref.
    process.stdin.unref?.()
  })
