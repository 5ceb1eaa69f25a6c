import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { commandSocket, remoteCommands } from '../../src/server/admin-socket.ts'
import type { Commands } from '../../src/server/commands.ts'
import { main } from './program.ts'

/** A server whose data lie in a folder, so that it takes commands over its socket like those of the command line. */
export interface ServerOnFolder {
  readonly url: string
  readonly folder: string
  readonly commands: Commands
  stop(): Promise<void>
}

/** Starts `poolhouse dev` with flags on a new folder in a child process; `stop` removes the folder too. */
export const startOnFolder = async (...flags: readonly string[]): Promise<ServerOnFolder> => {
  const folder = await mkdtemp(join(tmpdir(), 'poolhouse-test-'))
  const settings = ['--data-dir', folder, '--port', '0', '--empty', '--log-level', 'warn']
  const child = spawn(process.execPath, [main, 'dev', ...settings, ...flags, '--lifeline'], { stdio: ['pipe', 'pipe', 'inherit'] })
  const ended = once(child, 'exit')
  const line = await Promise.race([
    once(createInterface({ input: child.stdout }), 'line').then(([text]) => text as string),
    ended.then(([code]): never => {
      throw new Error(`the server ended with code ${code}`)
    }),
  ])
  return {
    url: (JSON.parse(line) as { url: string }).url,
    folder,
    commands: remoteCommands(commandSocket(folder)),
    stop: async () => {
      child.stdin.end()
      await ended
      await rm(folder, { recursive: true, force: true })
    },
  }
}
