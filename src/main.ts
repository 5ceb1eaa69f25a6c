#!/usr/bin/env node
// Only what old versions of Node.js can parse and have: they must get as far as the sentence below.
import module from 'node:module'
import os from 'node:os'
import { fileURLToPath } from 'node:url'

const [major = 0, minor = 0] = process.versions.node.split('.').map(Number)

if (major < 24 || (major === 24 && minor < 15)) {
  process.stderr.write(
    `poolhouse: Node.js ${process.versions.node} is too old. Poolhouse keeps its data in the database that is built into Node.js 24.15 ` +
      'and newer. Install one of those and try again.\n',
  )
  process.exitCode = 1
} else {
  // libuv reads it when its pool starts, which is later. Tokens are signed there, one core each.
  if (!process.env['UV_THREADPOOL_SIZE']) process.env['UV_THREADPOOL_SIZE'] = String(Math.max(4, os.availableParallelism()))
  // Beside the program, not in the shared temporary folder, where another user of the machine could plant code.
  if (import.meta.url.endsWith('.js')) module.enableCompileCache(fileURLToPath(new URL('.cache', import.meta.url)))
  const { run } = await import('./cli/run.ts')
  process.exitCode = await run(process.argv.slice(2))
}
