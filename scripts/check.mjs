/**
 * `npm run check`: format, lint, types, dead code, and that generated files are current. Writes nothing; runs every check and then
 * fails when one of them did.
 */
import { spawnSync } from 'node:child_process'
import { dirname, join } from 'node:path'
import { ensureInstalled } from './install.mjs'
import { requireNode24, root } from './node-24.mjs'

ensureInstalled('all')
const node = requireNode24()
const checks = {
  'format and lint': ['node_modules/@biomejs/biome/bin/biome', 'check', '--error-on-warnings'],
  types: ['node_modules/typescript/bin/tsc'],
  'types of the console': ['node_modules/typescript/bin/tsc', '-p', 'console'],
  'dead code': ['node_modules/knip/bin/knip.js'],
  model: ['scripts/generate-model.ts', '--check'],
  arithmetic: ['scripts/generate-arithmetic.ts', '--check'],
  documents: ['scripts/generate-docs.ts', '--check'],
  'lock file': ['scripts/complete-lockfile.mjs', '--check'],
}
const env = { ...process.env, PATH: `${dirname(node)}:${join(root, 'node_modules/.bin')}:${process.env.PATH}` }

const failed = Object.entries(checks).filter(([name, command]) => {
  const started = Date.now()
  const { status } = spawnSync(node, command, { cwd: root, stdio: 'inherit', env })
  console.log(`${status === 0 ? 'ok    ' : 'FAILED'} ${name} (${((Date.now() - started) / 1000).toFixed(1)} s)`)
  return status !== 0
})
process.exit(failed.length === 0 ? 0 : 1)
