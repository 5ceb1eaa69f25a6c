import { createHash } from 'node:crypto'
import { mkdtemp, rm } from 'node:fs/promises'
import { type AddressInfo, createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type RunningServer, start } from '../../src/app.ts'
import { commandSocket, remoteCommands } from '../../src/server/admin-socket.ts'
import type { Commands } from '../../src/server/commands.ts'
import { readConfig } from '../../src/server/config.ts'
import { silentLog } from '../../src/server/log.ts'

/** `poolhouse serve` on a folder of its own, as operators meet it. */
export interface ServeForOperators {
  readonly server: RunningServer
  readonly commands: Commands
  close(): Promise<void>
}

const fail = (error: unknown) => {
  throw error
}

const freePort = async (): Promise<number> => {
  const probe = createServer()
  await new Promise<void>((resolve) => probe.listen(0, '127.0.0.1', resolve))
  const { port } = probe.address() as AddressInfo
  await new Promise((resolve) => probe.close(resolve))
  return port
}

/** Starts it under its public address on loopback, so that a browser reaches both listeners. */
export const serveForOperators = async (): Promise<ServeForOperators> => {
  const folder = await mkdtemp(join(tmpdir(), 'poolhouse-operators-'))
  const port = await freePort()
  const config = await readConfig('serve', {
    flags: {
      'data-dir': folder,
      port: String(port),
      'admin-port': '0',
      'public-url': `http://127.0.0.1:${port}`,
      'smtp-url': 'smtp://127.0.0.1:9',
      'smtp-from': 'id@example.com',
    },
    env: { POOLHOUSE_MASTER_KEY: createHash('sha256').update('of operators').digest('base64') },
    readMasterKeyFile: () => fail(new Error('no file is named')),
  })
  const server = await start(config, { log: silentLog, onFatal: fail, inProcess: true })
  return {
    server,
    commands: remoteCommands(commandSocket(folder)),
    close: async () => {
      await server.stop()
      await rm(folder, { recursive: true, force: true })
    },
  }
}
