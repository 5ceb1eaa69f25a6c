import { flushCompileCache } from 'node:module'
import type { RunningServer } from '../app.ts'
import type { RunCommand } from '../server/settings.ts'
import { banner } from './banner.ts'
import { gatherConfig } from './gather-config.ts'

/** Starts a server and resolves when it has stopped: on SIGTERM or SIGINT, or with `--lifeline` when standard input ends. */
export const startServer = async (command: RunCommand, options: Readonly<Record<string, unknown>>): Promise<void> => {
  const lifeline = options['lifeline'] === true
  const stopped = stopRequest(lifeline)
  const [config, { openLog, start }] = await Promise.all([gatherConfig(command, options), import('../app.ts')])
  const log = await openLog(config)
  const onFatal = (error: unknown) => {
    log.error({ err: error }, 'the database failed; the server ends so that nothing is answered that is not stored')
    process.exit(1)
  }
  const server = await start(config, { log, onFatal })
  // A program that started the server reads one line of JSON, a person reads sentences.
  const { url, authority } = server
  process.stdout.write(
    lifeline
      ? `${JSON.stringify({ url, certificateAuthority: authority?.certificate })}\n`
      : banner(config, server, await trustCommandOf(server)),
  )
  // Makes the next start faster; a process that is killed would never write it.
  setTimeout(flushCompileCache, 1000).unref()
  await stopped
  await server.stop()
}

const trustCommandOf = async ({ authority }: RunningServer): Promise<string | undefined> => {
  if (authority?.path === undefined) return undefined
  const { trustCommandsHere } = await import('./trust-commands-here.ts')
  return (await trustCommandsHere(authority.path, authority.certificate)).trust
}

/** Resolves once somebody wants the process to end; whoever asks again after a second ends it at once. */
const stopRequest = (lifeline: boolean): Promise<void> =>
  new Promise((resolve) => {
    let impatient = false
    const ask = () => {
      if (impatient) process.exit(1)
      // A terminal signals the whole group and npm passes the signal on: a second one at once is an echo, not impatience.
      setTimeout(() => (impatient = true), 1000).unref()
      resolve()
    }
    process.on('SIGTERM', ask)
    process.on('SIGINT', ask)
    process.on('SIGHUP', ask)
    if (!lifeline) return
    process.stdin.on('end', resolve).on('close', resolve).on('error', resolve).resume()
    // The open pipe alone must not keep a process alive whose server could not start. A file as standard input has no unref.
    process.stdin.unref?.()
  })
