import { expect } from 'vitest'
import type { Checks } from './check.ts'
import type { RelyingParty } from './relying-party.ts'

const publicKeys = async (party: RelyingParty): Promise<void> => {
  const { jwks_uri } = await party.configuration()
  const { keys } = (await party.server.send(new URL(String(jwks_uri)).pathname, {})).body
  expect(keys.length).toBeGreaterThan(0)
  for (const key of keys) expect(Object.keys(key).sort()).toEqual(['alg', 'e', 'kid', 'kty', 'n', 'use'])
}

const usual = {
  id_token_signing_alg_values_supported: ['RS256'],
  subject_types_supported: ['public'],
}

/** The check of the published configuration. */
export const configChecks: Checks = {
  'oidcc-discovery-endpoint-verification': {
    passes: async (party) => {
      const { body, headers, status } = await party.server.send(`/${party.client.UserPoolId}/.well-known/openid-configuration`, {})
      expect([status, headers.get('content-type')?.startsWith('application/json')]).toEqual([200, true])
      expect(body).toMatchObject({
        ...usual,
        issuer: party.issuer,
        response_types_supported: ['code', 'token', 'id_token', 'id_token token'],
        scopes_supported: expect.arrayContaining(['openid']),
        grant_types_supported: expect.arrayContaining(['authorization_code', 'implicit']),
        code_challenge_methods_supported: ['S256'],
        claims_supported: expect.arrayContaining(['sub', 'iss', 'auth_time', 'email', 'address']),
        ui_locales_supported: expect.arrayContaining(['en', 'pt-BR']),
        acr_values_supported: expect.arrayContaining(['urn:cognito:loa:1']),
        claims_parameter_supported: false,
        request_parameter_supported: false,
        request_uri_parameter_supported: false,
      })
      for (const [name, value] of Object.entries(body)) {
        if (/_(endpoint|uri)$/.test(name)) expect(String(value)).toMatch(/^https:\/\//)
      }
      for (const tag of body.ui_locales_supported) expect(Intl.getCanonicalLocales(tag)).toEqual([tag])
      await publicKeys(party)
    },
    deviates: async (party) => {
      const configuration = await party.configuration()
      expect(configuration).toMatchObject({ ...usual, response_types_supported: ['code', 'token'] })
      expect(configuration).not.toHaveProperty('claims_supported')
      expect(configuration).not.toHaveProperty('request_uri_parameter_supported')
      await publicKeys(party)
    },
  },
}
