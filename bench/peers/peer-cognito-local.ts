import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import type { Peer } from './peer.ts'
import { freePort, installOnce, runInstaller, runPeer } from './run-peer.ts'

const version = '5.3.0'

/** cognito-local from npm (MIT), with its data in a folder on disk, as it keeps them. Throws where it can't be installed or started. */
export const startCognitoLocal = async (folder: string, progress: (text: string) => void): Promise<Peer> => {
  const home = await installOnce(`cognito-local-${version}`, (prefix) => {
    progress(`installing cognito-local ${version} with npm`)
    const quietly = ['--ignore-scripts', '--no-audit', '--no-fund', '--loglevel', 'error']
    return runInstaller('npm', ['install', '--prefix', prefix, ...quietly, `cognito-local@${version}`])
  })
  const cwd = join(folder, 'cognito-local')
  mkdirSync(cwd)
  const port = await freePort()
  return runPeer({
    name: `cognito-local ${version}`,
    command: process.execPath,
    args: [join(home, 'node_modules/cognito-local/lib/bin/start.js')],
    cwd,
    port,
    env: { PORT: String(port), HOST: '127.0.0.1' },
  })
}
