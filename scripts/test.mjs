/**
 * `npm test`: gets what the tests need, builds dist/, runs every test and closes with one plain line of totals. Arguments go to vitest:
 * `npm test -- src/crypto`. Runs on Node.js 18 and newer; the tests themselves get a Node.js 24.
 */
import { spawnSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { delimiter, dirname, join } from 'node:path'
import { ensureChromium } from './chromium.mjs'
import { ensureInstalled } from './install.mjs'
import { requireNode24, root, runsNode24 } from './node-24.mjs'

ensureInstalled('all')
ensureChromium()
const node = requireNode24()
const run = (...command) => spawnSync(node, command, { cwd: root, stdio: 'inherit', env }).status
const env = { ...process.env, TEST_PATH: process.env.PATH, PATH: [dirname(node), process.env.PATH].join(delimiter) }
// Some tests show what an old Node.js gets to see.
if (!runsNode24) env.TEST_OLD_NODE = process.execPath
// Settings of the person who runs the tests are not the tests' settings.
for (const name of Object.keys(env)) if (name.startsWith('POOLHOUSE_')) delete env[name]

if (run('scripts/build.mjs', '--types') !== 0) {
  console.error('poolhouse: the build failed, so no test ran.')
  process.exit(1)
}

const folder = mkdtempSync(join(tmpdir(), 'poolhouse-test-'))
const report = join(folder, 'report.json')
const reporters = ['--reporter=default', '--reporter=json', `--outputFile.json=${report}`]
const status = run('node_modules/vitest/vitest.mjs', 'run', ...reporters, ...process.argv.slice(2)) ?? 1

try {
  const { numPassedTests, numFailedTests, numPendingTests, numTodoTests, numFailedTestSuites } = JSON.parse(readFileSync(report, 'utf8'))
  const skipped = numPendingTests + numTodoTests
  // A file that can't be loaded has no failed test, but it has failed.
  const failed = numFailedTests || (status === 0 ? 0 : Math.max(1, numFailedTestSuites))
  console.log(`\n${numPassedTests} passed, ${failed} failed${skipped > 0 ? `, ${skipped} skipped` : ''}`)
} catch {
  console.log('\n0 passed, 1 failed')
}
rmSync(folder, { recursive: true, force: true })
process.exit(status)
