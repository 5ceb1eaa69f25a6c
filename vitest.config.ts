import { defineConfig } from 'vitest/config'

export default defineConfig({
  test: {
    include: ['src/**/*.test.ts', 'tests/**/*.test.ts'],
    // Measured: processes that keep their modules from file to file take half the time of fresh ones; the code has no module state.
    pool: 'forks',
    isolate: false,
    // Servers, real clients and browsers start inside tests; a machine may be busy.
    testTimeout: 30_000,
    hookTimeout: 60_000,
  },
})
