import { Auth, type AuthConfig } from '@auth/core'
import Cognito, { type CognitoProfile } from '@auth/core/providers/cognito'
import type { OIDCUserConfig } from '@auth/core/providers/oauth'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Poolhouse, startPoolhouse } from '../../src/lib.ts'
import { openBrowser } from '../support/page-browser.ts'
import { openShop, type Shop } from '../support/shop.ts'
import { signInByPages } from '../support/sign-in-by-pages.ts'

const origin = 'http://localhost:3000'
let server: Poolhouse
let shop: Shop

beforeAll(async () => {
  server = await startPoolhouse()
  shop = await openShop(server, origin, '/auth/callback/cognito')
})
afterAll(() => server.stop())

/** An application with Auth.js, and a browser that keeps its cookies and follows nothing. */
const openApplication = (provider: OIDCUserConfig<CognitoProfile>) => {
  const errors: Error[] = []
  const config: AuthConfig = {
    basePath: '/auth',
    secret: 'what the cookies of the application are sealed with',
    trustHost: true,
    providers: [Cognito(provider)],
    callbacks: {
      jwt: ({ token, account }) => (account ? { ...token, account } : token),
      session: ({ session, token }) => ({ ...session, account: token['account'] }),
    },
    logger: { error: (error) => errors.push(error) },
  }
  const cookies = new Map<string, string>()
  const send = async (url: string | URL, form?: Record<string, string>) => {
    const cookie = [...cookies].map(([name, value]) => `${name}=${value}`).join('; ')
    const body = form && { method: 'POST', body: new URLSearchParams(form) }
    const reply = await Auth(new Request(new URL(url, origin), { ...body, headers: { cookie } }), config)
    for (const header of reply.headers.getSetCookie()) {
      const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(header) ?? []
      cookies.set(name, value)
    }
    return reply
  }
  /** What its sign-in button does; answers where the browser is sent. */
  const beginSignIn = async () => {
    const { csrfToken } = (await (await send('/auth/csrf')).json()) as { csrfToken: string }
    const reply = await send('/auth/signin/cognito', { csrfToken, callbackUrl: `${origin}/cart` })
    return new URL(reply.headers.get('location') ?? '')
  }
  const session = async (): Promise<unknown> => (await send('/auth/session')).json()
  return { send, beginSignIn, session, errors }
}

describe.each([
  ['with a secret', () => ({ clientId: shop.site, clientSecret: shop.secret })],
  ['without a secret', () => ({ clientId: shop.web, client: { token_endpoint_auth_method: 'none' } })],
])('Auth.js with its Cognito provider, %s', (_, credentials) => {
  it('signs in by the endpoints that discovery names, and keeps who it is', async () => {
    const application = openApplication({ ...credentials(), issuer: shop.issuer })
    const request = await application.beginSignIn()
    expect(`${request.origin}${request.pathname}`).toBe(`${server.url}/oauth2/authorize`)
    expect(request.searchParams.get('code_challenge_method')).toBe('S256')
    const done = await application.send(await signInByPages(request))
    expect([done.headers.get('location'), application.errors]).toEqual([`${origin}/cart`, []])
    expect(await application.session()).toMatchObject({
      user: { name: 'Ana', email: 'ana@example.org' },
      account: { provider: 'cognito', token_type: 'bearer', refresh_token: expect.any(String), id_token: expect.any(String) },
    })
  })

  it('signs nobody in by the answer that another browser got', async () => {
    const [application, other] = [1, 2].map(() => openApplication({ ...credentials(), issuer: shop.issuer }))
    const back = await signInByPages((await application?.beginSignIn()) ?? '')
    await other?.beginSignIn()
    expect((await other?.send(back))?.headers.get('location')).toBe(`${origin}/auth/error?error=Configuration`)
    expect(other?.errors).toMatchObject([{ cause: { err: { error: 'invalid_grant' } } }])
    expect(await other?.session()).toBe(null)
  })
})

describe('Auth.js with its Cognito provider', () => {
  it('is told that nobody is signed in', async () => {
    const authorization = { params: { scope: 'openid', prompt: 'none' } }
    const application = openApplication({ clientId: shop.site, clientSecret: shop.secret, issuer: shop.issuer, authorization })
    const request = await application.beginSignIn()
    const { location } = await openBrowser(server.url).get(request.pathname + request.search)
    expect(location).toContain('error=login_required')
    await application.send(location)
    expect(application.errors.map(({ name }) => name)).toEqual(['OAuthCallbackError'])
    expect(await application.session()).toBe(null)
  })
})
