import { createLocalJWKSet, type JWTPayload, jwtVerify } from 'jose'
import { expect } from 'vitest'
import type { MadePool } from '../support/make-pool.ts'
import { basic, type OAuthAnswer, type OAuthServer } from '../support/oauth-server.ts'
import { openBrowser, type PageBrowser, type SeenPage } from '../support/page-browser.ts'
import { callback } from '../support/page-pool.ts'
import { password } from '../support/start-app.ts'

/** The names and values of a request; undefined leaves one out. */
export type Wishes = Readonly<Record<string, string | undefined>>

/** Tokens of one sign-in, as far as its response type gives them. */
export interface Signed {
  /** The claims of the ID token, verified as a relying party must. */
  readonly claims: JWTPayload
  readonly idToken: string
  readonly accessToken: string | undefined
  readonly refreshToken: string | undefined
}

/** An application at one server, and a browser that is its user's. */
export interface RelyingParty {
  readonly server: OAuthServer
  readonly client: MadePool
  /** Another application of the pool. */
  readonly other: MadePool
  readonly browser: PageBrowser
  readonly issuer: string
  /** The response types of the profile. */
  readonly types: readonly string[]
  /** The published configuration. */
  configuration(): Promise<Record<string, unknown>>
  /** Asks the authorization endpoint, and follows our own redirects. */
  ask(wishes?: Wishes): Promise<SeenPage>
  /** The same, and signs in where a page wants it; the address at which the browser comes back. */
  come(wishes?: Wishes): Promise<URL>
  /** Signs in on a page. */
  signIn(page: SeenPage, username?: string): Promise<URL>
  /** A whole sign-in, up to verified tokens. */
  sign(wishes?: Wishes): Promise<Signed>
  /** The tokens that an answer at the callback stands for. */
  tokensOf(back: URL, nonce?: string): Promise<Signed>
  redeem(code: string, more?: Wishes): Promise<OAuthAnswer>
  verify(idToken: string): Promise<JWTPayload>
}

const state = 'a state of mind'
const nonce = 'n-0S6_WzA2Mj'

/** The members of an answer: behind the `#` for everything but a code. */
export const membersOf = (back: URL): Record<string, string> =>
  Object.fromEntries(back.hash === '' ? back.searchParams : new URLSearchParams(back.hash.slice(1)))

const given = (wishes: Wishes) => Object.entries(wishes).filter((entry): entry is [string, string] => entry[1] !== undefined)

/** What every party needs of its server. */
export interface Surroundings {
  readonly server: OAuthServer
  readonly client: MadePool
  readonly other: MadePool
}

/** A new browser for an application; `type` is what it asks for unless it says otherwise. */
export const openParty = ({ server, client, other }: Surroundings, types: readonly string[], type = types[0] ?? 'code'): RelyingParty => {
  const browser = openBrowser(server.url)
  const issuer = `${server.harness.policy.publicUrl}/${client.UserPoolId}`
  const fetchJson = async (url: string) => (await fetch(url.replace(server.harness.policy.publicUrl, server.url))).json()
  const configuration = () => fetchJson(`${issuer}/.well-known/openid-configuration`)

  const verify = async (idToken: string): Promise<JWTPayload> => {
    const { jwks_uri } = await configuration()
    const currentDate = new Date(server.harness.clock.now())
    const expected = { issuer, audience: client.ClientId, algorithms: ['RS256'], currentDate, requiredClaims: ['iat', 'exp', 'sub'] }
    const { payload, protectedHeader } = await jwtVerify(idToken, createLocalJWKSet(await fetchJson(jwks_uri)), expected)
    expect(protectedHeader.kid).toBeTypeOf('string')
    return payload
  }

  const queryOf = (wishes: Wishes) =>
    new URLSearchParams(
      given({ response_type: type, client_id: client.ClientId, redirect_uri: callback, scope: 'openid', state, nonce, ...wishes }),
    )

  const ask: RelyingParty['ask'] = async (wishes = {}) => browser.follow(await browser.get(`/oauth2/authorize?${queryOf(wishes)}`))

  const signIn: RelyingParty['signIn'] = async (first, username = 'ana') => {
    let page = first
    for (let step = 0; step < 3 && page.location === ''; step += 1) {
      // Who is signed in already is asked whether to go on, and goes the other way.
      const asked = page.heading === 'Choose an account' ? page.html : ''
      const other = /href="([^"]*other=1)"/.exec(asked)?.[1]?.replaceAll('&amp;', '&')
      page = other === undefined ? await browser.submit(page, { username, password }) : await browser.get(other)
    }
    expect(page.faults).toEqual([])
    return new URL(page.location, server.url)
  }

  const come: RelyingParty['come'] = async (wishes) => {
    const page = await ask(wishes)
    return page.location === '' ? signIn(page) : new URL(page.location, server.url)
  }

  const redeem: RelyingParty['redeem'] = (code, more = {}) =>
    server.post(
      'token',
      Object.fromEntries(given({ grant_type: 'authorization_code', code, redirect_uri: callback, ...more })),
      basic(client),
    )

  const tokensOf: RelyingParty['tokensOf'] = async (back, wanted = nonce) => {
    expect(back.href.startsWith(callback)).toBe(true)
    const members = membersOf(back)
    expect(members).not.toHaveProperty('error')
    expect(members['state']).toBe(state)
    const body = members['code'] === undefined ? members : (await redeem(members['code'])).body
    const claims = await verify(body.id_token)
    expect(claims['nonce']).toBe(wanted === '' ? undefined : wanted)
    return { claims, idToken: body.id_token, accessToken: body.access_token, refreshToken: body.refresh_token }
  }

  const sign: RelyingParty['sign'] = async (wishes) => tokensOf(await come(wishes))
  return { server, client, other, browser, issuer, types, configuration, ask, come, signIn, sign, tokensOf, redeem, verify }
}
