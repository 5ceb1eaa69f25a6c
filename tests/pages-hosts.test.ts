import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { MadePool } from './support/make-pool.ts'
import { makeUser, password } from './support/make-user.ts'
import { type OAuthServer, startOAuth } from './support/oauth-server.ts'
import { openBrowser } from './support/page-browser.ts'
import { authorizeQuery, callback, makePagePool } from './support/page-pool.ts'

let server: OAuthServer
let pool: MadePool
let other: MadePool

const certificate = { CertificateArn: 'arn:aws:acm:us-east-1:000000000000:certificate/1' }

beforeAll(async () => {
  server = await startOAuth({ publicUrl: 'https://id.example.com' })
  pool = await makePagePool(server.harness)
  other = await makePagePool(server.harness)
  await makeUser(server.harness, pool.UserPoolId, 'ana')
  const { UserPoolId } = pool
  await server.harness.ok('CreateUserPoolDomain', { UserPoolId, Domain: 'shop', ManagedLoginVersion: 1 })
  await server.harness.ok('CreateUserPoolDomain', {
    UserPoolId,
    Domain: 'login.shop.example',
    CustomDomainConfig: certificate,
    ManagedLoginVersion: 2,
  })
})
afterAll(() => server.stop())

const at = (host: string) => openBrowser(server.url, host)

describe('the host of a request', () => {
  it.each(['shop.auth.us-east-1.id.example.com', 'SHOP.auth.us-east-1.id.example.com:443', 'login.shop.example', 'login.shop.example.'])(
    'selects the pool whose domain it is: %s',
    async (host) => {
      expect((await at(host).get(`/login?${authorizeQuery(pool)}`)).heading).toBe('Sign in')
      expect((await at(host).get(`/login?${authorizeQuery(other)}`)).location).toContain('/error?error=client_mismatch')
    },
  )

  it.each(['id.example.com', 'localhost', '127.0.0.1', 'nobody.example', 'shop.auth.eu-west-1.id.example.com', 'shop'])(
    'leaves the client id to find the pool where it is no domain of one: %s',
    async (host) => {
      expect((await at(host).get(`/login?${authorizeQuery(other)}`)).heading).toBe('Sign in')
    },
  )

  it('decides which pages are shown: classic ones at the prefix, managed login at the custom domain', async () => {
    const classic = await at('shop.auth.us-east-1.id.example.com').get(`/login?${authorizeQuery(pool)}`)
    const managed = await at('login.shop.example').get(`/login?${authorizeQuery(pool)}`)
    expect([classic, managed].map(({ html }) => /data-version="(\d)"/.exec(html)?.[1])).toEqual(['1', '2'])
    // At the server's own address as at the custom domain.
    expect((await at('id.example.com').get(`/login?${authorizeQuery(pool)}`)).html).toContain('data-version="2"')
  })

  it('signs in there, and does not keep sessions from one version of the pages to the other', async () => {
    const browser = at('shop.auth.us-east-1.id.example.com')
    const page = await browser.get(`/login?${authorizeQuery(pool)}`)
    expect((await browser.submit(page, { username: 'ana', password })).location).toContain(`${callback}?code=`)
    expect((await browser.get(`/oauth2/authorize?${authorizeQuery(pool)}`)).location).toContain(`${callback}?code=`)
    const elsewhere = at('login.shop.example')
    for (const [name, value] of browser.cookies) elsewhere.cookies.set(name, value)
    expect((await elsewhere.get(`/oauth2/authorize?${authorizeQuery(pool)}`)).location).toMatch(/^\/login\?/)
  })

  it('answers programs for its own pool alone', async () => {
    const body = (made: MadePool) => `grant_type=refresh_token&refresh_token=x&client_id=${made.ClientId}`
    const errorAt = async (host: string, made: MadePool) => JSON.parse((await at(host).post('/oauth2/token', body(made))).html).error
    expect(await errorAt('login.shop.example', pool)).toBe('invalid_grant')
    expect(await errorAt('login.shop.example', other)).toBe('invalid_client')
    expect(await errorAt('id.example.com', other)).toBe('invalid_grant')
  })

  it('is what discovery publishes: the custom domain before the prefix, the server’s own address without one', async () => {
    const published = async ({ UserPoolId }: MadePool) =>
      (await server.send(`/${UserPoolId}/.well-known/openid-configuration`, {})).body.authorization_endpoint
    expect(await published(pool)).toBe('https://login.shop.example/oauth2/authorize')
    expect(await published(other)).toBe('https://id.example.com/oauth2/authorize')
  })
})
