import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import type { Peer } from './peer.ts'
import { freePort, installOnce, runInstaller, runPeer } from './run-peer.ts'

const version = '5.2.5'

/** moto's server from PyPI (Apache-2.0), which keeps its data in memory. Throws where it can't be installed or started. */
export const startMoto = async (folder: string, progress: (text: string) => void): Promise<Peer> => {
  const home = await installOnce(`moto-${version}`, async (prefix) => {
    progress(`installing moto ${version} with pip, which takes a minute`)
    await runInstaller('python3', ['-m', 'venv', prefix])
    const quietly = ['--quiet', '--disable-pip-version-check']
    await runInstaller(join(prefix, 'bin/pip'), ['install', ...quietly, `moto[server,cognitoidp]==${version}`])
  })
  const cwd = join(folder, 'moto')
  mkdirSync(cwd)
  const port = await freePort()
  const args = ['-H', '127.0.0.1', '-p', String(port)]
  return runPeer({ name: `moto ${version}`, command: join(home, 'bin/moto_server'), args, cwd, port })
}
