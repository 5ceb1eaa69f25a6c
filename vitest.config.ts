import { availableParallelism } from 'node:os'
import { fileURLToPath } from 'node:url'
import { defineConfig } from 'vitest/config'

const test = {
  // Measured: processes that keep their modules from file to file take half the time of fresh ones; the code has no module state.
  pool: 'forks',
  isolate: false,
  // Servers, real clients and browsers start inside tests; a machine may be busy.
  testTimeout: 30_000,
  hookTimeout: 60_000,
  // Hundreds of commands and servers are started from the sources, each in half the time where another one has left its compiled code.
  env: { NODE_COMPILE_CACHE: fileURLToPath(new URL('node_modules/.cache/poolhouse/compiled', import.meta.url)) },
} as const

/** Several nodes on one database. */
const onPostgresAlone = 'tests/nodes/**/*.test.ts'

/** They end threads by the dozen. In a process that has run hundreds of files before, V8 was seen to end itself meanwhile (a check on its code pages). */
const endingThreads = ['src/storage/{open-sqlite,sqlite}.test.ts', 'src/compute/*.test.ts']

export default defineConfig({
  test: {
    // Many tests wait for browsers and servers, so two files at once suit two cores too, where the usual number would be one.
    maxWorkers: Math.max(2, availableParallelism() - 1),
    projects: [
      { test: { ...test, name: 'all', include: ['src/**/*.test.ts', 'tests/**/*.test.ts'], exclude: [onPostgresAlone, ...endingThreads] } },
      { test: { ...test, name: 'threads', include: endingThreads, isolate: true } },
      {
        // What depends on the store, once more on PostgreSQL: every operation, and the attacks that live on what happens at once.
        test: {
          ...test,
          name: 'postgres',
          include: [
            onPostgresAlone,
            'src/operations/**/*.test.ts',
            'tests/journeys.test.ts',
            'tests/security/must-not-happen-{01,03,05,13,43}*.test.ts',
            'tests/security/must-not-happen-25-nul.test.ts',
          ],
          globalSetup: 'tests/support/postgres-setup.ts',
        },
      },
    ],
  },
})
