import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { type MadePool, makePool } from '../support/make-pool.ts'
import { makeUser } from '../support/make-user.ts'
import { type OAuthServer, startOAuth } from '../support/oauth-server.ts'
import { codeFor, pageSettings, redeem, refusal } from '../support/page-codes.ts'

const minute = 60_000

let server: OAuthServer
let pool: MadePool

beforeAll(async () => {
  server = await startOAuth()
  pool = await makePool(server.harness, {}, pageSettings)
  await makeUser(server.harness, pool.UserPoolId, 'ana')
})
beforeEach(() => server.harness.clock.reset())
afterAll(() => server.stop())

describe('must-not-happen 09: an authorization code, though nothing cleans up,', () => {
  it('is good to the last millisecond of its five minutes', async () => {
    const code = await codeFor(server.harness, pool, 'ana')
    server.harness.clock.advance(5 * minute - 1)
    expect((await redeem(server, pool, code)).status).toBe(200)
  })

  it.each([5 * minute, 6 * minute, 60 * minute - 1, 60 * minute, 90 * 24 * 60 * minute])(
    'is over %d ms after it was made',
    async (later) => {
      const code = await codeFor(server.harness, pool, 'ana')
      server.harness.clock.advance(later)
      expect(await refusal(redeem(server, pool, code))).toEqual([400, 'invalid_grant'])
    },
  )

  it('is forgotten with its row, whatever the clock says then', async () => {
    const [unused, used] = [await codeFor(server.harness, pool, 'ana'), await codeFor(server.harness, pool, 'ana')]
    await redeem(server, pool, used)
    const by = { actor: 'test', requestId: 'r', action: 'Purge', at: server.harness.clock.now() + 60 * minute }
    while ((await server.harness.store.maintenance.purge(by, 500)) > 0);
    for (const code of [unused, used]) expect(await refusal(redeem(server, pool, code))).toEqual([400, 'invalid_grant'])
  })
})
