/** Runs a script of this clone with a Node.js 24 and everything installed: `node scripts/with-node-24.mjs scripts/build.mjs --types`. */
import { spawnSync } from 'node:child_process'
import { ensureInstalled } from './install.mjs'
import { requireNode24, root } from './node-24.mjs'

ensureInstalled('all')
const { status } = spawnSync(requireNode24(), process.argv.slice(2), { cwd: root, stdio: 'inherit' })
process.exit(status ?? 1)
