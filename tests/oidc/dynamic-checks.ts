import { expect } from 'vitest'
import { makeClient } from '../support/make-pool.ts'
import { callback, pageClient } from '../support/page-pool.ts'
import { tokenParts } from '../support/token-parts.ts'
import type { Check, Checks } from './check.ts'
import { neverGoes } from './flow-checks.ts'
import { openParty, type RelyingParty } from './relying-party.ts'

const withQuery = `${callback}?foo=bar`

/** An application whose address has a query. */
const queried = async ({ server, client, other }: RelyingParty): Promise<RelyingParty> => {
  const settings = { ...pageClient, GenerateSecret: true, CallbackURLs: [withQuery] }
  return openParty({ server, other, client: await makeClient(server.harness, client.UserPoolId, settings) }, ['code'])
}

const lacks = (name: string, value: unknown): Check => ({
  passes: async (party) => {
    expect((await party.configuration())[name]).toEqual(expect.arrayContaining([value]))
  },
  deviates: async (party) => {
    expect((await party.configuration())[name] ?? []).not.toContain(value)
  },
})

/** Checks of the Dynamic profile that need no registration by the suite. */
export const dynamicChecks: Checks = {
  'oidcc-idtoken-rs256': {
    passes: async (party) => {
      expect(tokenParts((await party.sign()).idToken).header['alg']).toBe('RS256')
    },
  },
  'oidcc-ensure-redirect-uri-in-authorization-request': {
    passes: async (party) => {
      const page = await party.ask({ redirect_uri: undefined })
      expect([page.status, page.path.startsWith('/error?error=missing_redirect_uri')]).toEqual([400, true])
    },
    deviates: async (party) => {
      expect((await party.come({ redirect_uri: undefined })).href).toContain(`${callback}?code=`)
    },
  },
  'oidcc-redirect-uri-query-OK': {
    passes: async (party) => {
      const back = await (await queried(party)).come({ redirect_uri: withQuery })
      expect(back.href).toMatch(/^https:\/\/app\.example\.com\/callback\?foo=bar&code=/)
    },
  },
  'oidcc-redirect-uri-query-added': neverGoes({ redirect_uri: withQuery }),
  'oidcc-redirect-uri-query-mismatch': {
    passes: async (party) => neverGoes({ redirect_uri: `${callback}?foo=baz` }).passes(await queried(party)),
  },
  'oidcc-redirect-uri-regfrag': {
    passes: async ({ server, client }) => {
      const settings = { UserPoolId: client.UserPoolId, ClientName: 'x', ...pageClient, CallbackURLs: [`${callback}#foobar`] }
      expect((await server.harness.refused('CreateUserPoolClient', settings))[0]).toBe('InvalidParameterException')
    },
  },
  'oidcc-server-rotate-keys': {
    passes: async (party) => {
      const { store, signingKeys } = party.server.harness
      const before = (await party.sign()).idToken
      const pool = await store.pools.byId(party.client.UserPoolId)
      await signingKeys.rotate(pool?.uid ?? '', 0)
      const after = (await party.sign()).idToken
      expect(tokenParts(after).header['kid']).not.toBe(tokenParts(before).header['kid'])
      for (const token of [before, after]) await party.verify(token)
    },
  },
  'oidcc-ensure-client-assertion-with-iss-aud-succeeds': lacks('token_endpoint_auth_methods_supported', 'private_key_jwt'),
  'oidcc-userinfo-rs256': lacks('userinfo_signing_alg_values_supported', 'RS256'),
}
