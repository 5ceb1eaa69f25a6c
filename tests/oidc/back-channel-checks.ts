import { expect } from 'vitest'
import { startHttpFunction } from '../support/http-function.ts'
import { tokenParts } from '../support/token-parts.ts'
import type { Check, Checks } from './check.ts'
import { logoutChecks } from './logout-checks.ts'
import type { RelyingParty } from './relying-party.ts'

const event = 'http://schemas.openid.net/event/backchannel-logout'

/** Runs with the application listening for logout tokens. */
const listening =
  (check: Check['passes']): Check['passes'] =>
  async (party) => {
    const { server, client } = party
    const application = await startHttpFunction((_, reply) => void reply.end())
    const told = server.harness.policy.backchannelLogout as Map<string, string>
    told.set(client.ClientId, `${application.url}/backchannel_logout`)
    try {
      await check(party)
      await expect.poll(() => application.received.length).toBe(1)
      await requireLogoutToken(party, application.received[0]?.body ?? '')
    } finally {
      told.delete(client.ClientId)
      await application.close()
    }
  }

const requireLogoutToken = async (party: RelyingParty, body: string): Promise<void> => {
  const form = new URLSearchParams(body)
  expect([...form.keys()]).toEqual(['logout_token'])
  const token = form.get('logout_token') ?? ''
  const claims = await party.verify(token)
  expect(tokenParts(token).header['typ']).toBe('logout+jwt')
  expect(claims).toMatchObject({ events: { [event]: {} }, jti: expect.any(String), sid: expect.any(String), sub: expect.any(String) })
  expect(claims).not.toHaveProperty('nonce')
  expect(Number(claims.exp) - Number(claims.iat)).toBeLessThanOrEqual(120)
}

/** Checks of the tokens that applications get when somebody has signed out. */
export const backChannelChecks: Checks = {
  'oidcc-backchannel-logout-discovery-endpoint-verification': {
    passes: async (party) => {
      const told = party.server.harness.policy.backchannelLogout as Map<string, string>
      told.set(party.client.ClientId, 'https://app.example.com/backchannel_logout')
      const members = { backchannel_logout_supported: true, backchannel_logout_session_supported: true }
      expect(await party.configuration()).toMatchObject(members)
      told.delete(party.client.ClientId)
    },
  },
  'oidcc-backchannel-rp-initiated-logout': {
    passes: listening(async (party) => {
      const { claims } = await party.sign()
      expect(claims['sid']).toEqual(expect.any(String))
      await logoutChecks['oidcc-rp-initiated-logout']?.passes(party)
    }),
    deviates: async (party) => logoutChecks['oidcc-rp-initiated-logout']?.deviates?.(party),
  },
}
