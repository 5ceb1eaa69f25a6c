import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { main } from './program.ts'

/** A development server on a folder that can die and come back under the same address. */
export interface RestartableServer {
  readonly url: string
  readonly folder: string
  /** What its log says since the first start. */
  log(): string
  /** Resolves when the process that was started last has ended, with its code; null when a signal ended it. */
  ended(): Promise<number | null>
  /** Ends it as a crash does; resolves when it is gone. */
  kill(): Promise<void>
  /** Starts it on the same folder and port. */
  start(): Promise<void>
  /** Ends it and removes the folder. */
  close(): Promise<void>
}

/** Starts `poolhouse dev` without pools on a new folder, with flags and variables of the environment beside a test's own. */
export const startRestartable = async ({
  flags = [],
  env = {},
}: {
  readonly flags?: readonly string[]
  readonly env?: Readonly<Record<string, string>>
} = {}): Promise<RestartableServer> => {
  const folder = await mkdtemp(join(tmpdir(), 'poolhouse-restart-'))
  let child: ChildProcess | undefined
  let ended: Promise<number | null> = Promise.resolve(null)
  let said = ''
  const run = async (port: string): Promise<string> => {
    const settings = ['--data-dir', folder, '--port', port, '--empty', '--log-level', 'warn', '--lifeline', ...flags]
    const started = spawn(process.execPath, [main, 'dev', ...settings], {
      stdio: ['pipe', 'pipe', 'pipe'],
      env: { ...process.env, ...env },
    })
    child = started
    ended = once(started, 'close').then(([code]) => code as number | null)
    started.stderr.on('data', (chunk: Buffer) => {
      said = (said + chunk.toString()).slice(-1_000_000)
    })
    const line = once(createInterface({ input: started.stdout }), 'line').then(([text]) => text as string)
    const failed = ended.then((code): never => {
      throw new Error(`the server ended with code ${code}: ${said.slice(-2000)}`)
    })
    failed.catch(() => {})
    return (JSON.parse(await Promise.race([line, failed])) as { url: string }).url
  }
  const kill = async () => {
    if (child === undefined || child.exitCode !== null || child.signalCode !== null) return
    child.kill('SIGKILL')
    await ended
  }
  const url = await run('0').catch(async (error: unknown) => {
    await rm(folder, { recursive: true, force: true })
    throw error
  })
  return {
    url,
    folder,
    log: () => said,
    ended: () => ended,
    kill,
    start: async () => {
      await run(new URL(url).port)
    },
    close: async () => {
      await kill()
      await rm(folder, { recursive: true, force: true })
    },
  }
}
