import { defineConfig } from 'vitest/config'

export default defineConfig({
  test: {
    include: ['src/**/*.test.ts', 'tests/**/*.test.ts'],
    // Servers, real clients and browsers start inside tests; a machine may be busy.
    testTimeout: 30_000,
    hookTimeout: 60_000,
  },
})
