import { SignJWT } from 'jose'
import { expect } from 'vitest'
import type { Check, Checks } from './check.ts'
import type { RelyingParty, Wishes } from './relying-party.ts'

const bye = 'https://app.example.com/bye'
const state = 'bye for now'

const out = (party: RelyingParty, wishes: Wishes) => {
  const given = Object.entries(wishes).filter((entry): entry is [string, string] => entry[1] !== undefined)
  return party.browser.get(`/logout${given.length === 0 ? '' : `?${new URLSearchParams(given)}`}`)
}

/** Whether somebody is signed in, as `prompt=none` tells it on a page's own version 2. */
const isSignedIn = async (party: RelyingParty): Promise<boolean> => {
  const { location } = await party.ask({ prompt: 'none', response_type: 'code' })
  expect(location).toMatch(/[?&](code|error=login_required)/)
  return location.includes('code=')
}

/** Signed out, and back at the application with nothing but the state. */
const returns =
  (wishes: Wishes): Check['passes'] =>
  async (party) => {
    const { idToken } = await party.sign()
    const { location } = await out(party, { id_token_hint: idToken, post_logout_redirect_uri: bye, ...wishes })
    expect(location).toBe(wishes['state'] === undefined ? bye : `${bye}?${new URLSearchParams({ state: wishes['state'] })}`)
    expect(await isSignedIn(party)).toBe(false)
  }

/** Signed out, at most after a question, on a page that says so. */
const staysHere =
  (wishes: (idToken: string) => Wishes): Check['passes'] =>
  async (party) => {
    const { idToken } = await party.sign()
    const page = await out(party, wishes(idToken))
    const asked = page.heading === 'Do you want to sign out?'
    const last = asked ? await party.browser.submit(page, { agreed: 'yes' }) : page
    expect([last.status, last.location, last.heading]).toEqual([200, '', 'You’re signed out'])
    expect(await isSignedIn(party)).toBe(false)
  }

/** The error page, and nobody is signed out. */
const isRefused =
  (wishes: (idToken: string, party: RelyingParty) => Wishes | Promise<Wishes>): Check['passes'] =>
  async (party) => {
    const { idToken } = await party.sign()
    const page = await party.browser.follow(await out(party, await wishes(idToken, party)))
    expect([page.status, page.location]).toEqual([400, ''])
    expect(await isSignedIn(party)).toBe(true)
  }

const withoutAlgorithm = (token: string): string => {
  const [, payload] = token.split('.')
  return `${Buffer.from('{"alg":"none"}').toString('base64url')}.${payload}.`
}

const bySomebodyElse = (party: RelyingParty): Promise<string> =>
  new SignJWT({ sub: 'ana', token_use: 'id' })
    .setProtectedHeader({ alg: 'HS256' })
    .setIssuer(party.issuer)
    .setAudience(party.client.ClientId)
    .sign(new TextEncoder().encode(party.client.ClientSecret))

const all = { post_logout_redirect_uri: bye, state }

/** Checks of the sign-out that an application begins. */
export const logoutChecks: Checks = {
  'oidcc-rp-initiated-logout-discovery-endpoint-verification': {
    passes: async (party) => {
      expect((await party.configuration())['end_session_endpoint']).toBe('https://id.example.com/logout')
    },
  },
  'oidcc-rp-initiated-logout': { passes: returns({ state }), deviates: isRefused((hint) => ({ id_token_hint: hint, ...all })) },
  'oidcc-rp-initiated-logout-bad-post-logout-redirect-uri': {
    passes: isRefused((hint) => ({ id_token_hint: hint, state, post_logout_redirect_uri: 'https://app.example.com/other' })),
  },
  'oidcc-rp-initiated-logout-modified-id-token-hint': {
    passes: isRefused((hint) => ({ id_token_hint: withoutAlgorithm(hint), ...all })),
  },
  'oidcc-rp-initiated-logout-no-id-token-hint': { passes: isRefused(() => all) },
  'oidcc-rp-initiated-logout-no-params': { passes: staysHere(() => ({})), deviates: isRefused(() => ({})) },
  'oidcc-rp-initiated-logout-no-post-logout-redirect-uri': {
    passes: staysHere((hint) => ({ id_token_hint: hint, state })),
    deviates: isRefused((hint) => ({ id_token_hint: hint, state })),
  },
  'oidcc-rp-initiated-logout-no-state': {
    passes: returns({}),
    deviates: isRefused((hint) => ({ id_token_hint: hint, post_logout_redirect_uri: bye })),
  },
  'oidcc-rp-initiated-logout-only-state': { passes: staysHere(() => ({ state })), deviates: isRefused(() => ({ state })) },
  'oidcc-rp-initiated-logout-query-added-to-post-logout-redirect-uri': {
    passes: isRefused((hint) => ({ id_token_hint: hint, state, post_logout_redirect_uri: `${bye}?foo=bar` })),
  },
  'oidcc-rp-initiated-logout-bad-id-token-hint': {
    passes: isRefused(async (_, party) => ({ id_token_hint: await bySomebodyElse(party), ...all })),
  },
}
