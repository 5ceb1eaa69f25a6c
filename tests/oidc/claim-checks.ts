import { expect } from 'vitest'
import { callback } from '../support/page-pool.ts'
import type { Check, Checks } from './check.ts'
import { ofEachType } from './flow-checks.ts'
import { membersOf, type RelyingParty, type Signed } from './relying-party.ts'
import { profile } from './surroundings.ts'

type Members = Record<string, unknown>

/** What a sign-in shows of the user: in userInfo, or in the ID token where that is all there is. */
const shown = async (party: RelyingParty, { claims, accessToken }: Signed): Promise<Members> =>
  accessToken === undefined ? claims : (await party.server.userInfo(accessToken)).body

const ofScope: Readonly<Record<string, Members>> = {
  profile: { ...profile, updated_at: Number(profile.updated_at) },
  email: { email: 'ana@example.com', email_verified: true },
  phone: { phone_number: '+15550100', phone_number_verified: true },
  address: { address: { formatted: '1 Main Street' } },
}

/** The claims of these scopes are there; of all others none, unless `profile`, which opens more on Cognito, is among them. */
const opens = (scopes: readonly string[], scope = ['openid', ...scopes].join(' ')): Check =>
  ofEachType(async (party) => {
    const claims = await shown(party, await party.sign({ scope }))
    expect(claims).toMatchObject(Object.assign({}, ...scopes.map((name) => ofScope[name])))
    const closed = Object.keys(ofScope).filter((name) => !scopes.includes(name) && !scopes.includes('profile'))
    for (const name of closed.flatMap((each) => Object.keys(ofScope[each] ?? {}))) expect(claims).not.toHaveProperty(name)
  })

/** The same claims, every one of them a text. */
const opensTexts = (...scopes: readonly string[]): Pick<Required<Check>, 'deviates'> => ({
  deviates: async (party) => {
    const claims = await shown(party, await party.sign({ scope: ['openid', ...scopes].join(' ') }))
    const expected = Object.assign({}, ...scopes.map((name) => ofScope[name]))
    expect(claims).toMatchObject(Object.fromEntries(Object.entries(expected).map(([name, value]) => [name, String(value)])))
  },
})

const refusesScope = (scope: string): Pick<Required<Check>, 'deviates'> => ({
  deviates: async (party) => {
    const back = await party.come({ scope })
    expect([back.origin + back.pathname, membersOf(back)['error']]).toEqual([callback, 'invalid_scope'])
  },
})

/** The types of OpenID Connect Core 5.1, of a user of whom everything is known. */
const standardTypes: Members = {
  ...ofScope['profile'],
  ...ofScope['email'],
  ...ofScope['phone'],
  ...ofScope['address'],
}

const withAccessToken = (passes: (party: RelyingParty, signed: Signed, accessToken: string) => Promise<void>): Check =>
  ofEachType(async (party) => {
    const signed = await party.sign()
    if (signed.accessToken !== undefined) await passes(party, signed, signed.accessToken)
  })

const bearer = (token: string) => ({ authorization: `Bearer ${token}` })

const refusesPost: Pick<Required<Check>, 'deviates'> = {
  deviates: async (party) => {
    const { accessToken = '' } = await party.sign()
    expect((await party.server.send('/oauth2/userInfo', { method: 'POST', headers: bearer(accessToken) })).status).toBe(405)
    expect((await party.server.post('userInfo', { access_token: accessToken })).status).toBe(405)
  },
}

/** Checks of what applications learn of a user, for every response type. */
export const claimChecks: Checks = {
  'oidcc-userinfo-get': {
    ...withAccessToken(async (party, { claims }, accessToken) => {
      const { status, headers, body } = await party.server.userInfo(accessToken)
      expect([status, headers.get('content-type')?.startsWith('application/json')]).toEqual([200, true])
      expect(body).toMatchObject({ sub: claims.sub, ...standardTypes })
    }),
    ...opensTexts('profile', 'email', 'phone'),
  },
  'oidcc-userinfo-post-header': {
    ...withAccessToken(async (party, { claims }, accessToken) => {
      const { status, body } = await party.server.send('/oauth2/userInfo', { method: 'POST', headers: bearer(accessToken) })
      expect([status, body.sub]).toEqual([200, claims.sub])
    }),
    ...refusesPost,
  },
  'oidcc-userinfo-post-body': {
    ...withAccessToken(async (party, { claims }, accessToken) => {
      const { status, body } = await party.server.post('userInfo', { access_token: accessToken })
      expect([status, body.sub]).toEqual([200, claims.sub])
    }),
    ...refusesPost,
  },
  'oidcc-scope-profile': { ...opens(['profile']), ...opensTexts('profile') },
  'oidcc-scope-email': { ...opens(['email']), ...opensTexts('email') },
  'oidcc-scope-address': { ...opens(['address']), ...refusesScope('openid address') },
  'oidcc-scope-phone': { ...opens(['phone']), ...opensTexts('phone') },
  'oidcc-scope-all': {
    ...opens(['profile', 'email', 'address', 'phone']),
    ...refusesScope('openid profile email address phone'),
  },
  'oidcc-ensure-other-scope-order-succeeds': { ...opens(['email'], 'email openid'), ...opensTexts('email') },
  'oidcc-claims-essential': ofEachType(async (party) => {
    const name = { name: { essential: true } }
    const signed = await party.sign({ claims: JSON.stringify({ userinfo: name, id_token: name }) })
    expect(await shown(party, signed)).toHaveProperty('name', 'Ana Example')
  }),
}
