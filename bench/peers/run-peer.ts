import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, mkdirSync, rmSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:net'
import { basename, join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { openConnection } from '../connections.ts'
import { root } from '../run-node.ts'
import type { Peer } from './peer.ts'

/** Where peers are installed: no part of the project, kept from one run to the next. */
const peersFolder = join(root, 'node_modules/.cache/poolhouse/peers')

/** A folder for something of that name and version; `work` installs it there unless it was done before. Throws when it can't. */
export const installOnce = async (name: string, work: (folder: string) => Promise<void>): Promise<string> => {
  const folder = join(peersFolder, name)
  const mark = join(folder, '.installed')
  if (existsSync(mark)) return folder
  rmSync(folder, { recursive: true, force: true })
  mkdirSync(folder, { recursive: true })
  await work(folder)
  writeFileSync(mark, '')
  return folder
}

/** A port on which nobody listens at the moment. */
export const freePort = async (): Promise<number> => {
  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as { port: number }
  server.close()
  return port
}

/** Runs a command of an installation, at most five minutes; throws with what it said last when it fails. */
export const runInstaller = async (command: string, args: readonly string[]): Promise<void> => {
  const child = spawn(command, args, { stdio: ['ignore', 'pipe', 'pipe'], timeout: 300_000 })
  let said = ''
  const listen = (chunk: Buffer) => {
    said = (said + chunk.toString()).slice(-2000)
  }
  child.stdout.on('data', listen)
  child.stderr.on('data', listen)
  const [code] = await once(child, 'close').catch(() => {
    throw new Error(`there is no ${basename(command)} on this machine`)
  })
  if (code !== 0) throw new Error(`${basename(command)} failed: ${said.trim().split('\n').at(-1) ?? ''}`)
}

interface Run {
  readonly name: string
  readonly command: string
  readonly args: readonly string[]
  readonly cwd: string
  readonly port: number
  readonly env?: Readonly<Record<string, string>>
}

const accepts = async (port: number): Promise<boolean> => {
  try {
    const connection = await openConnection(port)
    connection.close()
    return true
  } catch {
    return false
  }
}

/** Starts an installed server and resolves when it accepts connections. Ends it when this process does. */
export const runPeer = async ({ name, command, args, cwd, port, env = {} }: Run): Promise<Peer> => {
  const child = spawn(command, args, { cwd, env: { ...process.env, ...env }, stdio: 'ignore' })
  const ended = once(child, 'exit')
  const kill = () => child.kill('SIGKILL')
  process.once('exit', kill)
  for (let tries = 0; !(await accepts(port)); tries += 1) {
    if (child.exitCode !== null || tries > 300) throw new Error(`${name} did not start`)
    await sleep(100)
  }
  return {
    name,
    port,
    pid: child.pid as number,
    stop: async () => {
      kill()
      await ended
      process.off('exit', kill)
    },
  }
}
