import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { main } from './program.ts'

/** `poolhouse gateway` in a process of its own. */
export interface RunningGateway {
  readonly url: string
  stop(): Promise<void>
}

/** Starts `poolhouse gateway` on a free port with routes and flags. */
export const startGateway = async (routes: object, ...flags: readonly string[]): Promise<RunningGateway> => {
  const folder = await mkdtemp(join(tmpdir(), 'poolhouse-gateway-'))
  const config = join(folder, 'routes.yaml')
  await writeFile(config, JSON.stringify(routes))
  const given = ['gateway', '--config', config, '--port', '0', '--json', ...flags]
  const child = spawn(process.execPath, [main, ...given], { stdio: ['ignore', 'pipe', 'inherit'] })
  const ended = once(child, 'exit')
  const [line] = await Promise.race([
    once(createInterface({ input: child.stdout }), 'line'),
    ended.then(([code]): never => {
      throw new Error(`the gateway ended with code ${code}`)
    }),
  ])
  return {
    url: (JSON.parse(line as string) as { url: string }).url,
    stop: async () => {
      child.kill()
      await ended
      await rm(folder, { recursive: true, force: true })
    },
  }
}
