import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { createServer } from 'node:net'
import { createInterface } from 'node:readline'
import { bareEnvironment, main } from './program.ts'

/** A line of the log of `poolhouse serve`. */
export interface LogLine {
  readonly level: number
  readonly worker?: number
  readonly pid?: number
  readonly msg: string
}

/** `poolhouse serve --workers` in a child process. */
export interface StartedWorkers {
  readonly pid: number
  readonly url: string
  readonly adminUrl: string
  readonly folder: string
  /** Everything that it has logged. */
  log(): readonly LogLine[]
  /** The process of each worker that listened last under its number. */
  workers(): ReadonlyMap<number, number>
  /** Resolves once a worker listens under the number in another process than this one. */
  replaced(worker: number, pid: number): Promise<number>
  /** Resolves with the exit code once it has ended. */
  readonly ended: Promise<number | null>
  /** Ends it as a program does that started it; resolves with the exit code. */
  stop(): Promise<number | null>
}

const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms))

const freePort = async (): Promise<string> => {
  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as { port: number }
  server.close()
  return String(port)
}

/** The flags that `serve` does not go without; no mail is sent. */
export const serveFlags = (folder: string): readonly string[] => [
  ...['--data-dir', folder, '--public-url', 'https://id.example.com', '--smtp-from', 'id@example.com'],
  ...['--smtp-url', 'smtp://127.0.0.1:1'],
]

/** Starts it on a database with flags and secrets of the environment, on free ports; rejects with what it said when it does not start. */
export const startWorkers = async (
  folder: string,
  env: Readonly<Record<string, string>>,
  flags: readonly string[],
): Promise<StartedWorkers> => {
  const ports = ['--port', await freePort(), '--admin-port', await freePort()]
  const child = spawn(process.execPath, [main, 'serve', ...serveFlags(folder), ...ports, ...flags, '--lifeline'], {
    stdio: ['pipe', 'pipe', 'pipe'],
    env: bareEnvironment(env),
  })
  let said = ''
  child.stderr.on('data', (chunk: Buffer) => {
    said += chunk.toString()
  })
  const ended = once(child, 'close').then(([code]) => code as number | null)
  const first = once(createInterface({ input: child.stdout }), 'line').then(([text]) => text as string)
  const failed = ended.then((code): never => {
    throw new Error(`it ended with code ${code}: ${said.slice(-2000)}`)
  })
  failed.catch(() => undefined)
  const { port, adminUrl } = JSON.parse(await Promise.race([first, failed])) as { port: number; adminUrl: string }
  const log = () =>
    said
      .slice(0, said.lastIndexOf('\n') + 1)
      .split('\n')
      // The reason why it ended is a sentence.
      .filter((line) => line.startsWith('{'))
      .map((line) => JSON.parse(line) as LogLine)
  const workers = () =>
    new Map(log().flatMap(({ msg, worker, pid }) => (msg === 'a worker listens' && worker && pid ? [[worker, pid] as const] : [])))
  return {
    pid: child.pid ?? 0,
    url: `http://127.0.0.1:${port}`,
    adminUrl,
    folder,
    log,
    workers,
    replaced: async (worker, pid) => {
      for (;;) {
        const now = workers().get(worker)
        if (now !== undefined && now !== pid) return now
        await pause(20)
      }
    },
    ended,
    stop: () => {
      child.stdin.end()
      return ended
    },
  }
}
