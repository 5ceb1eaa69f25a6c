/**
 * `npm start`: installs what is locked and builds, both only when needed, and runs `poolhouse dev` with the arguments given. Runs on
 * Node.js 18 and newer; the server itself gets a Node.js 24.
 */
import { spawn, spawnSync } from 'node:child_process'
import { join } from 'node:path'
import { isBuilt } from './freshness.mjs'
import { ensureInstalled } from './install.mjs'
import { requireNode24, root } from './node-24.mjs'

ensureInstalled('start')
const node = requireNode24()

if (!isBuilt()) {
  process.stderr.write('poolhouse: building ...')
  const started = Date.now()
  const { status, error } = spawnSync(node, [join(root, 'scripts/build.mjs')], { stdio: ['ignore', 'inherit', 'inherit'] })
  if (error) console.error(`\npoolhouse: ${node} can't be started: ${error.message}`)
  if (status !== 0) process.exit(1)
  process.stderr.write(` done in ${((Date.now() - started) / 1000).toFixed(1)} s\n`)
}

const server = spawn(node, [join(root, 'dist/main.js'), 'dev', ...process.argv.slice(2)], { stdio: 'inherit' })
const passOn = (signal) => server.kill(signal)
process.on('SIGTERM', passOn)
process.on('SIGINT', passOn)
process.on('SIGHUP', passOn)
// npm runs this in a shell, which a signal to npm ends without telling what runs in it.
const parent = process.ppid
setInterval(() => process.ppid !== parent && passOn('SIGTERM'), 250).unref()
server.on('error', (error) => {
  console.error(`poolhouse: ${node} can't be started: ${error.message}`)
  process.exit(1)
})
server.on('exit', (code, signal) => {
  if (signal === null) process.exit(code)
  for (const name of ['SIGTERM', 'SIGINT', 'SIGHUP']) process.removeAllListeners(name)
  process.kill(process.pid, signal)
})
