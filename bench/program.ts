import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import type { Readable } from 'node:stream'
import { fileURLToPath } from 'node:url'
import { openConnection } from './connections.ts'
import { type LoopWatch, loopQuestion } from './loop-watch.ts'
import { customPool } from './pool.ts'
import { request } from './requests.ts'

/** The built program while it runs. */
export interface Program {
  readonly pid: number
  readonly port: number
  /** Milliseconds from the start of the process to its first answer. */
  readonly startedIn: number
  /** What its event loop did since it was asked last; only of one that is watched. */
  loop(): Promise<LoopWatch>
  stop(): Promise<void>
}

/** How a server is started beside what is always the same. */
export interface StartOptions {
  readonly flags?: readonly string[]
  readonly env?: Readonly<Record<string, string>>
  readonly watched?: boolean
}

const here = (name: string): string => fileURLToPath(new URL(name, import.meta.url))

const { DefineAuthChallenge, CreateAuthChallenge, VerifyAuthChallengeResponse } = customPool.functions
const triggers = Object.entries({
  [DefineAuthChallenge]: 'define',
  [CreateAuthChallenge]: 'create',
  [VerifyAuthChallengeResponse]: 'verify',
}).flatMap(([arn, name]) => ['--trigger', `${arn}=${here('custom-auth-trigger.mjs')}#${name}`])

/** Starts `poolhouse dev` of a build on a folder. It ends when this process does. */
export const startProgram = async (
  dist: string,
  dataDir: string,
  { flags = [], env = {}, watched = false }: StartOptions = {},
): Promise<Program> => {
  const from = performance.now()
  const args = ['dev', '--data-dir', dataDir, '--empty', '--port', '0', '--log-level', 'warn', '--lifeline', ...triggers, ...flags]
  const watch = watched ? ['--import', here('loop-watch.ts')] : []
  const child = spawn(process.execPath, [...watch, join(dist, 'main.js'), ...args], {
    stdio: ['pipe', 'pipe', 'inherit', ...(watched ? (['ipc'] as const) : [])],
    env: { ...process.env, ...env },
  })
  const port = await announcedPort(child.stdout)
  const connection = await openConnection(port)
  const { status } = await connection.send(request('GET /health', {}, ''))
  const startedIn = performance.now() - from
  connection.close()
  if (status !== 200) throw new Error(`The server answered ${status} to its first request.`)
  const ended = once(child, 'exit')
  return {
    pid: child.pid as number,
    port,
    startedIn,
    loop: () => askLoop(child),
    stop: async () => {
      child.stdin?.end()
      await ended
    },
  }
}

const askLoop = async (child: ChildProcess): Promise<LoopWatch> => {
  child.send(loopQuestion)
  const [answer] = await once(child, 'message')
  return answer
}

const announcedPort = async (output: Readable | null): Promise<number> => {
  if (output === null) throw new Error('The server has no standard output.')
  for await (const line of createInterface({ input: output })) return Number(new URL(JSON.parse(line).url).port)
  throw new Error('The server ended before it was ready.')
}
