/**
 * `npm test`: gets what the tests need, builds dist/, runs every test and closes with one plain line of totals. Arguments go to vitest:
 * `npm test -- src/crypto`. Runs on Node.js 18 and newer; the tests themselves get a Node.js 24.
 */
import { spawnSync } from 'node:child_process'
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { delimiter, dirname, join } from 'node:path'
import { ensureChromium } from './chromium.mjs'
import { ensureInstalled } from './install.mjs'
import { isNewEnough, requireNode24, root } from './node-24.mjs'
import { ensurePostgres } from './postgres.mjs'

ensureInstalled('all')
ensureChromium()
ensurePostgres()
const node = requireNode24()
// npm puts this clone's commands first, which hides the Node.js that the machine itself has.
const machinePath = (process.env.PATH ?? '').split(delimiter).filter((folder) => !/node_modules|node-gyp-bin/.test(folder))
const env = { ...process.env, PATH: [dirname(node), ...machinePath].join(delimiter), TEST_PATH: machinePath.join(delimiter) }
const run = (...command) => spawnSync(node, command, { cwd: root, stdio: 'inherit', env }).status

// Some tests show what an old Node.js gets to see.
const machineNode = machinePath.map((folder) => join(folder, 'node')).find((file) => existsSync(file))
const version = machineNode && spawnSync(machineNode, ['--version'], { encoding: 'utf8' }).stdout?.slice(1)
if (version && !isNewEnough(version)) env.TEST_OLD_NODE = machineNode
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
