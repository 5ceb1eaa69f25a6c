import { randomInt } from 'node:crypto'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createHarness, type Harness } from '../support/harness.ts'
import { openArena } from './arena.ts'
import type { Arena } from './histories.ts'
import { scenarios } from './scenarios.ts'
import { harnessUnderTest } from './server-under-test.ts'

let folder: string
let server: Harness
let arena: Arena
const [grace, code] = [10, '135790']

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'poolhouse-linear-'))
  server = await createHarness({ fixedCode: code }, {}, folder)
  arena = await openArena([harnessUnderTest(server)], { grace, code, below: randomInt })
})
afterAll(async () => {
  await server?.close()
  await rm(folder, { recursive: true, force: true })
})

describe('a server on SQLite with many clients at once', () => {
  it.each(scenarios)('has an order for %s', async (_, record) => {
    for (let n = 0; n < 3; n += 1) {
      const { isPossible, unknown, history } = await record(arena, `round-${n}`, () => server.clock.advance(grace * 1000))
      expect(isPossible, history).toBe(true)
      expect(unknown).toBe(0)
    }
  })
})
