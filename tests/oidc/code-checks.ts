import { expect } from 'vitest'
import { callback } from '../support/page-pool.ts'
import type { Checks } from './check.ts'
import { bySecretInForm, refreshAs } from './flow-checks.ts'
import { membersOf, openParty, type RelyingParty } from './relying-party.ts'

/** Redeems a code twice, `wait` ms apart; answers the access token of the first time. */
const redeemTwice = async (party: RelyingParty, wait: number): Promise<string> => {
  const code = membersOf(await party.come())['code'] ?? ''
  const first = await party.redeem(code)
  expect(first.status).toBe(200)
  party.server.harness.clock.advance(wait)
  const again = await party.redeem(code)
  expect([again.status, again.body.error]).toEqual([400, 'invalid_grant'])
  return first.body.access_token
}

/** RFC 7636, appendix B. */
const pkce = { verifier: 'dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk', challenge: 'E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM' }

/** Checks that only codes have. */
export const codeChecks: Checks = {
  'oidcc-idtoken-unsigned': {
    passes: async (party) => {
      expect((await party.configuration())['id_token_signing_alg_values_supported']).toEqual(['RS256'])
      await party.sign()
    },
  },
  'oidcc-ensure-request-without-nonce-succeeds-for-code-flow': {
    passes: async (party) => {
      const { claims } = await party.tokensOf(await party.come({ nonce: undefined }), '')
      expect(claims).not.toHaveProperty('nonce')
    },
  },
  'oidcc-codereuse': {
    passes: async (party) => {
      await redeemTwice(party, 0)
    },
  },
  'oidcc-codereuse-30seconds': {
    passes: async (party) => {
      const accessToken = await redeemTwice(party, 30_000)
      expect((await party.server.userInfo(accessToken)).status).toBe(401)
    },
  },
  'oidcc-ensure-post-request-succeeds': {
    passes: async (party) => {
      const { ClientId } = party.client
      const form = {
        response_type: 'code',
        client_id: ClientId,
        redirect_uri: callback,
        scope: 'openid',
        state: 'a state of mind',
        nonce: 'n',
      }
      const elsewhere = { origin: 'https://app.example.com', 'sec-fetch-site': 'cross-site' }
      const page = await party.browser.follow(await party.browser.post('/oauth2/authorize', form, elsewhere))
      await party.tokensOf(await party.signIn(page), 'n')
    },
    deviates: async (party) => {
      expect((await party.browser.post('/oauth2/authorize', { client_id: party.client.ClientId })).status).toBe(405)
    },
  },
  'oidcc-server-client-secret-post': bySecretInForm,
  'oidcc-refresh-token': {
    passes: async (party) => {
      const { claims, refreshToken = '' } = await party.sign()
      party.server.harness.clock.advance(60_000)
      const { status, body } = await refreshAs(party, party.client, refreshToken)
      expect(status).toBe(200)
      const again = await party.verify(body.id_token)
      for (const name of ['iss', 'sub', 'aud', 'auth_time']) expect(again[name]).toEqual(claims[name])
      expect(Number(again.iat)).toBe(Number(claims.iat) + 60)
      expect(body.access_token).not.toBe('')
      const { server, client, other } = party
      const { refreshToken: ofOther = '' } = await openParty({ server, client: other, other: client }, ['code']).sign()
      const refused = await refreshAs(party, client, ofOther)
      expect([refused.status, refused.body.error]).toEqual([400, 'invalid_grant'])
    },
  },
  'oidcc-ensure-request-with-valid-pkce-succeeds': {
    passes: async (party) => {
      const back = await party.come({ code_challenge: pkce.challenge, code_challenge_method: 'S256' })
      const { body } = await party.redeem(membersOf(back)['code'] ?? '', { code_verifier: pkce.verifier })
      await party.verify(body.id_token)
    },
  },
}
