import { createHash } from 'node:crypto'
import { expect } from 'vitest'
import { basic } from '../support/oauth-server.ts'
import { callback } from '../support/page-pool.ts'
import { tokenParts } from '../support/token-parts.ts'
import type { Check, Checks } from './check.ts'
import { membersOf, openParty, type RelyingParty, type Wishes } from './relying-party.ts'

/** A check of each response type of the profile, each with a browser of its own. */
export const ofEachType = (passes: (party: RelyingParty, type: string) => Promise<void>): Check => ({
  passes: async (party) => {
    for (const type of party.types) await passes(openParty(party, party.types, type), type)
  },
})

const isCode = (type: string) => type === 'code'

/** A request with more parameters that goes through like any other. */
const tolerates = (wishes: Wishes): Check =>
  ofEachType(async (party) => {
    await party.sign(wishes)
  })

/** Nothing of an application may be reached with these. */
export const neverGoes = (wishes: Wishes): Check =>
  ofEachType(async (party) => {
    const page = await party.ask(wishes)
    expect([page.status, page.location, page.path.startsWith('/error?error=redirect_mismatch')]).toEqual([400, '', true])
  })

/** Refused at the application, where the answer would be, with one of these errors. */
export const refusedWith = async (party: RelyingParty, type: string, wishes: Wishes, errors: readonly string[]): Promise<void> => {
  const back = await party.come(wishes)
  expect(back.href.startsWith(callback)).toBe(true)
  expect(isCode(type) ? back.hash : back.search).toBe('')
  expect(errors).toContain(membersOf(back)['error'])
  expect(membersOf(back)['state']).toBe('a state of mind')
}

const leftHalf = (token: string) => createHash('sha256').update(token).digest().subarray(0, 16).toString('base64url')

/** Signs in, then asks again with `wishes`, which must need nobody. */
const goesStraightBack = async (party: RelyingParty, wishes: (idToken: string) => Wishes): Promise<void> => {
  const first = await party.sign()
  party.server.harness.clock.advance(5000)
  const page = await party.ask(wishes(first.idToken))
  expect(page.location.startsWith(callback)).toBe(true)
  const second = await party.tokensOf(new URL(page.location))
  expect([second.claims.sub, second.claims['auth_time']]).toEqual([first.claims.sub, first.claims['auth_time']])
}

/** Signs in, then asks again with `wishes`, which must want a new sign-in. */
const asksAgain = async (party: RelyingParty, wishes: Wishes): Promise<void> => {
  const first = await party.sign()
  party.server.harness.clock.advance(5000)
  const page = await party.ask(wishes)
  expect([page.status, page.location]).toEqual([200, ''])
  const second = await party.tokensOf(await party.signIn(page))
  expect(second.claims.sub).toBe(first.claims.sub)
  expect(Number(second.claims['auth_time'])).toBeGreaterThanOrEqual(Number(first.claims['auth_time']) + 5)
}

/** A request object of nobody's signature. */
const requestObject = (claims: object) =>
  [{ alg: 'none' }, claims]
    .map((part) => Buffer.from(JSON.stringify(part)).toString('base64url'))
    .join('.')
    .concat('.')

/** Sign-in goes on as if the parameter were not there. */
export const ignoring = (wishes: Wishes): Pick<Required<Check>, 'deviates'> => ({
  deviates: async (party) => {
    await party.sign(wishes)
  },
})

/** Checks of the authorization endpoint that hold for every response type. */
export const flowChecks: Checks = {
  'oidcc-server': ofEachType(async (party, type) => {
    const { claims, idToken, accessToken } = await party.sign()
    expect(Math.abs(Number(claims.iat) * 1000 - party.server.harness.clock.now())).toBeLessThan(5000)
    if (accessToken === undefined) {
      expect(claims).not.toHaveProperty('at_hash')
      return
    }
    expect(claims['at_hash']).toBe(leftHalf(accessToken))
    expect(tokenParts(idToken).payload['azp'] ?? party.client.ClientId).toBe(party.client.ClientId)
    expect((await party.server.userInfo(accessToken)).body.sub).toBe(claims.sub)
    if (!isCode(type)) return
    const { status, headers, body } = await party.redeem(membersOf(await party.come())['code'] ?? '')
    expect([status, body.token_type, typeof body.expires_in, headers.get('cache-control')]).toEqual([200, 'Bearer', 'number', 'no-store'])
  }),
  'oidcc-response-type-missing': ofEachType((party) =>
    refusedWith(party, 'code', { response_type: undefined }, ['invalid_request', 'unsupported_response_type']),
  ),
  'oidcc-idtoken-signature': ofEachType(async (party) => {
    const { idToken } = await party.sign()
    await party.verify(idToken)
    const [header, payload, signature = ''] = idToken.split('.')
    const forged = `${header}.${payload}.${signature.startsWith('A') ? 'B' : 'A'}${signature.slice(1)}`
    await expect(party.verify(forged)).rejects.toThrow('signature verification failed')
  }),
  'oidcc-ensure-request-without-nonce-fails': ofEachType((party, type) =>
    refusedWith(party, type, { nonce: undefined }, ['invalid_request']),
  ),
  'oidcc-display-page': tolerates({ display: 'page' }),
  'oidcc-display-popup': tolerates({ display: 'popup' }),
  'oidcc-prompt-login': ofEachType((party) => asksAgain(party, { prompt: 'login' })),
  'oidcc-prompt-none-not-logged-in': ofEachType((party, type) => refusedWith(party, type, { prompt: 'none' }, ['login_required'])),
  'oidcc-prompt-none-logged-in': ofEachType((party) => goesStraightBack(party, () => ({ prompt: 'none' }))),
  'oidcc-max-age-1': ofEachType((party) => asksAgain(party, { max_age: '1' })),
  'oidcc-max-age-10000': ofEachType((party) => goesStraightBack(party, () => ({ max_age: '10000' }))),
  'oidcc-ensure-request-with-unknown-parameter-succeeds': tolerates({ extra: 'foobar', 'mystery[]': '1' }),
  'oidcc-id-token-hint': ofEachType((party) => goesStraightBack(party, (idToken) => ({ prompt: 'none', id_token_hint: idToken }))),
  'oidcc-login-hint': ofEachType(async (party) => {
    const page = await party.ask({ login_hint: 'ana' })
    expect(page.html).toContain('value="ana"')
    await party.tokensOf(await party.signIn(page))
  }),
  'oidcc-ui-locales': tolerates({ ui_locales: 'sv en' }),
  'oidcc-claims-locales': tolerates({ claims_locales: 'se en' }),
  'oidcc-ensure-request-with-acr-values-succeeds': tolerates({ acr_values: '1 2' }),
  'oidcc-ensure-registered-redirect-uri': neverGoes({ redirect_uri: 'https://app.example.com/elsewhere' }),
  'oidcc-request-uri-unsigned-supported-correctly-or-rejected-as-unsupported': {
    ...ofEachType((party, type) =>
      refusedWith(party, type, { request_uri: 'https://app.example.com/request.jwt' }, ['request_uri_not_supported']),
    ),
    ...ignoring({ request_uri: 'https://app.example.com/request.jwt' }),
  },
  'oidcc-unsigned-request-object-supported-correctly-or-rejected-as-unsupported': {
    ...ofEachType((party, type) => refusedWith(party, type, { request: requestObject({ state: 'another' }) }, ['request_not_supported'])),
    ...ignoring({ request: requestObject({ state: 'another' }) }),
  },
  'oidcc-ensure-request-object-with-redirect-uri': neverGoes({
    redirect_uri: 'https://app.example.com/elsewhere',
    request: requestObject({ redirect_uri: callback }),
  }),
}

/** The same tokens by another way to authenticate the client. */
export const bySecretInForm: Check = {
  passes: async (party) => {
    const { ClientId, ClientSecret } = party.client
    const code = membersOf(await party.come())['code'] ?? ''
    const form = { grant_type: 'authorization_code', code, redirect_uri: callback, client_id: ClientId, client_secret: ClientSecret }
    await party.verify((await party.server.post('token', form)).body.id_token)
  },
}

/** A refresh at the token endpoint by one of the applications. */
export const refreshAs = (party: RelyingParty, client: RelyingParty['client'], token: string) =>
  party.server.post('token', { grant_type: 'refresh_token', refresh_token: token }, basic(client))
