import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'

/** A development server on a folder that can die and come back under the same address. */
export interface RestartableServer {
  readonly url: string
  /** Ends it as a crash does; resolves when it is gone. */
  kill(): Promise<void>
  /** Starts it on the same folder and port. */
  start(): Promise<void>
  /** Ends it and removes the folder. */
  close(): Promise<void>
}

const main = fileURLToPath(new URL('../../src/main.ts', import.meta.url))

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
  const run = async (port: string): Promise<string> => {
    const settings = ['--data-dir', folder, '--port', port, '--empty', '--log-level', 'warn', '--lifeline', ...flags]
    const started = spawn(process.execPath, [main, 'dev', ...settings], {
      stdio: ['pipe', 'pipe', 'inherit'],
      env: { ...process.env, ...env },
    })
    child = started
    const line = once(createInterface({ input: started.stdout }), 'line').then(([text]) => text as string)
    const ended = once(started, 'exit').then(([code]): never => {
      throw new Error(`the server ended with code ${code}`)
    })
    ended.catch(() => {})
    return (JSON.parse(await Promise.race([line, ended])) as { url: string }).url
  }
  const kill = async () => {
    if (child === undefined || child.exitCode !== null || child.signalCode !== null) return
    const gone = once(child, 'exit')
    child.kill('SIGKILL')
    await gone
  }
  const url = await run('0')
  return {
    url,
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
