import { randomInt } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Store } from '../../src/storage/store.ts'
import { callsThrough, createHarness, type Harness } from '../support/harness.ts'
import { redispatch } from '../support/redispatch.ts'
import { openArena } from './arena.ts'
import * as record from './histories.ts'
import type { Scenario } from './scenarios.ts'
import { harnessUnderTest } from './server-under-test.ts'

let server: Harness
beforeAll(async () => {
  server = await createHarness({ fixedCode: '135790' })
})
afterAll(() => server?.close())

type Breaks = (store: Store) => Partial<Store>

/** Reads of a node that looks a name up once and remembers it for ever. */
const remembering = ({ users }: Store): Partial<Store> => {
  const known = new Map<string, ReturnType<typeof users.byName>>()
  const byName: typeof users.byName = (poolUid, name) => {
    const before = known.get(name) ?? users.byName(poolUid, name)
    known.set(name, before)
    return before
  }
  return { users: { ...users, byName } }
}

const mistakes: readonly (readonly [mistake: string, breaks: Breaks, scenario: Scenario])[] = [
  [
    'a code that is not used up',
    ({ users }) => ({
      users: {
        ...users,
        save: (by, ...changes) => users.save(by, ...(changes.map(({ spendCode, ...change }) => change) as typeof changes)),
      },
    }),
    (arena, name) => record.recordResetCode(arena, name, 1),
  ],
  [
    'tries that are not counted',
    ({ codes }) => ({ codes: { ...codes, charge: (by, key) => codes.charge(by, key, 1000) } }),
    (arena, name) => record.recordResetCode(arena, name, 1000),
  ],
  [
    'refresh tokens that rotate for everybody',
    ({ refreshFamilies }) => ({ refreshFamilies: { ...refreshFamilies, rotate: async (_, { serial }) => ({ serial: serial + 1 }) } }),
    (arena, name) => record.recordRotation(arena, name),
  ],
  [
    'failures that nobody looks at',
    ({ attempts }) => ({ attempts: { ...attempts, read: async () => undefined } }),
    (arena, name) => record.recordLockOut(arena, name),
  ],
  ['an alias that is looked up once', remembering, (arena, name) => record.recordAlias(arena, name)],
  ['a user name that is looked up once', remembering, (arena, name) => record.recordUsername(arena, name)],
  [
    'changes that are acknowledged, but not made',
    ({ users }) => ({ users: { ...users, delete: async () => 'deleted' } }),
    (arena, name) => record.recordUsername(arena, name),
  ],
]

describe('a history of a server with a mistake', () => {
  it.each(mistakes)('has no order: %s', async (mistake, breaks, scenario) => {
    const store = { ...server.store, ...breaks(server.store) }
    const broken = { ...server, ...callsThrough(redispatch(server, { store })) }
    // The first one is as it should be; a mistake shows at one that is not alone.
    const servers = [harnessUnderTest(broken), harnessUnderTest(broken)] as const
    const arena = await openArena(servers, { grace: 0, code: '135790', below: randomInt })
    const found: boolean[] = []
    // Whether one history shows a mistake is chance.
    for (let n = 0; n < 100 && !found.includes(false); n += 1) {
      found.push((await scenario(arena, `${mistake.replaceAll(/\W/g, '-')}-${n}`)).isPossible)
    }
    expect(found).toContain(false)
  })
})
