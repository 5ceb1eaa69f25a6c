import { spawnSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { root } from './node-24.mjs'

const packagesOf = (file) => {
  try {
    return JSON.parse(readFileSync(join(root, file), 'utf8')).packages
  } catch {
    return undefined
  }
}

/** Whether node_modules holds what package-lock.json wants for a scope: 'start' = to build and run, 'all' = to test too. */
const isInstalled = (scope) => {
  const wanted = packagesOf('package-lock.json')
  // npm writes it last, so it tells of a finished installation.
  const present = packagesOf('node_modules/.package-lock.json')
  if (!wanted || !present) return false
  return Object.entries(wanted).every(([path, { version, link, optional, devOptional, dev }]) => {
    if (!path.startsWith('node_modules/') || link) return true
    const found = present[path]
    const mayBeMissing = optional || ((dev || devOptional) && scope === 'start')
    return found ? found.version === version : mayBeMissing
  })
}

/** Installs what the lock file says, unless it is there. Ends the process when npm fails. */
export const ensureInstalled = (scope) => {
  if (isInstalled(scope)) return
  const started = Date.now()
  process.stderr.write(`poolhouse: installing what ${scope === 'start' ? 'it needs to run' : 'the tests need'} (once) ...`)
  const options = [
    'ci',
    scope === 'start' ? '--omit=dev' : '--include=dev',
    '--no-engine-strict',
    '--no-audit',
    '--no-fund',
    '--loglevel=error',
  ]
  const npm = process.env.npm_execpath
  const { status, error } = npm?.endsWith('.js')
    ? spawnSync(process.execPath, [npm, ...options], { cwd: root, stdio: ['ignore', 'ignore', 'inherit'] })
    : spawnSync('npm', options, { cwd: root, stdio: ['ignore', 'ignore', 'inherit'], shell: process.platform === 'win32' })
  if (status !== 0) {
    console.error(`\npoolhouse: \`npm ${options.slice(0, 2).join(' ')}\` failed${error ? `: ${error.message}` : ''}. Nothing was started.`)
    process.exit(1)
  }
  process.stderr.write(` done in ${((Date.now() - started) / 1000).toFixed(1)} s\n`)
}
