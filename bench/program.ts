import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'
import { openConnection } from './connections.ts'
import { customPool } from './pool.ts'
import { request } from './requests.ts'

/** The built program while it runs. */
export interface Program {
  readonly pid: number
  readonly port: number
  /** Milliseconds from the start of the process to its first answer. */
  readonly startedIn: number
  stop(): Promise<void>
}

const { DefineAuthChallenge, CreateAuthChallenge, VerifyAuthChallengeResponse } = customPool.functions
const module = fileURLToPath(new URL('custom-auth-trigger.mjs', import.meta.url))
const triggers = Object.entries({
  [DefineAuthChallenge]: 'define',
  [CreateAuthChallenge]: 'create',
  [VerifyAuthChallengeResponse]: 'verify',
}).flatMap(([arn, name]) => ['--trigger', `${arn}=${module}#${name}`])

/** Starts `poolhouse dev` of a build on a folder. It ends when this process does. */
export const startProgram = async (dist: string, dataDir: string): Promise<Program> => {
  const from = performance.now()
  const args = ['dev', '--data-dir', dataDir, '--empty', '--port', '0', '--log-level', 'warn', '--lifeline', ...triggers]
  const child = spawn(process.execPath, [join(dist, 'main.js'), ...args], { stdio: ['pipe', 'pipe', 'inherit'] })
  const port = await announcedPort(child)
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
    stop: async () => {
      child.stdin.end()
      await ended
    },
  }
}

const announcedPort = async (child: ChildProcess): Promise<number> => {
  if (child.stdout === null) throw new Error('The server has no standard output.')
  for await (const line of createInterface({ input: child.stdout })) return Number(new URL(JSON.parse(line).url).port)
  throw new Error('The server ended before it was ready.')
}
