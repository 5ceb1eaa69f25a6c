import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { everyPage } from '../support/every-page.ts'
import type { MadePool } from '../support/make-pool.ts'
import { makeUser, password } from '../support/make-user.ts'
import { type OAuthServer, startOAuth } from '../support/oauth-server.ts'
import { openBrowser } from '../support/page-browser.ts'
import { authorizeQuery, callback, makePagePool } from '../support/page-pool.ts'

const servers: Record<'http' | 'https', { server: OAuthServer; pool: MadePool }> = {} as never

const start = async (publicUrl: string) => {
  const server = await startOAuth({ publicUrl })
  const pool = await makePagePool(server.harness)
  await makeUser(server.harness, pool.UserPoolId, 'ana')
  return { server, pool }
}

beforeAll(async () => {
  servers.http = await start('http://localhost:9339')
  servers.https = await start('https://id.example.com')
})
afterAll(async () => {
  for (const { server } of Object.values(servers)) await server.stop()
})

const signIn = async ({ server, pool }: (typeof servers)['http']) => {
  const browser = openBrowser(server.url)
  const name = await browser.submit(await browser.get(`/login?${authorizeQuery(pool)}`), { username: 'ana' })
  const done = await browser.submit(name, { username: 'ana', password })
  expect(done.location).toContain(`${callback}?code=`)
  return { browser, done }
}

describe('must-not-happen 39: what browsers are told', () => {
  it.each(['http', 'https'] as const)('every page says what it must over %s', async (scheme) => {
    const { server, pool } = servers[scheme]
    for (const path of everyPage(pool)) {
      const { headers, html } = await openBrowser(server.url).get(path)
      const said = JSON.stringify([path, headers])
      expect(said).toContain('"x-content-type-options":"nosniff"')
      expect(said).toContain('"x-frame-options":"DENY"')
      expect(headers['referrer-policy']).toMatch(/^(?:same-origin|no-referrer)$/)
      const policy = String(headers['content-security-policy'])
      expect(policy).toMatch(/default-src 'none'/)
      expect(policy).toMatch(/frame-ancestors 'none'/)
      expect(policy).not.toMatch(/unsafe|\*/)
      expect(Boolean(headers['strict-transport-security'])).toBe(scheme === 'https' && !path.includes('.well-known'))
      if (path.includes('.well-known')) continue
      expect([path, headers['cache-control']]).toEqual([path, 'no-store'])
      expect([path, headers['cross-origin-opener-policy']]).toEqual([path, 'same-origin'])
      expect(html).not.toMatch(/<script(?![^>]*\bsrc=)|<style|\son\w+=|\sstyle=|javascript:/i)
    }
  })

  it('nothing makes browsers use HTTPS for localhost, where the programs of others are too', async () => {
    const server = await startOAuth({ publicUrl: 'https://localhost:9339' })
    const { headers } = await openBrowser(server.url).get('/error')
    expect(headers).not.toHaveProperty('strict-transport-security')
    await server.stop()
  })

  it('cookies are __Host-, Secure, HttpOnly and Lax over https, and neither __Host- nor Secure over plain http', async () => {
    const over = async (scheme: 'http' | 'https') => {
      const { done } = await signIn(servers[scheme])
      return (done.headers['set-cookie'] as string[]).map((cookie) => cookie.replace(/=[^;]*/, ''))
    }
    expect(await over('https')).toEqual([
      `__Host-cognito.${servers.https.pool.UserPoolId}; Path=/; HttpOnly; SameSite=Lax; Secure; Max-Age=3600`,
      'XSRF-TOKEN; Path=/; HttpOnly; SameSite=Lax; Secure',
    ])
    expect(await over('http')).toEqual([
      `cognito.${servers.http.pool.UserPoolId}; Path=/; HttpOnly; SameSite=Lax; Max-Age=3600`,
      'XSRF-TOKEN; Path=/; HttpOnly; SameSite=Lax',
    ])
  })

  it('a GET changes nothing: nobody is signed in, confirmed, mailed to or registered by one', async () => {
    const { server, pool } = servers.http
    const { UserPoolId } = pool
    const users = async () => (await server.harness.ok('ListUsers', { UserPoolId })).Users
    const before = await users()
    const form = new URLSearchParams({ username: 'ana', password, 'custom:x': '1', email: 'new@example.com', _csrf: 'x' })
    for (const path of everyPage(pool)) await openBrowser(server.url).get(`${path}${path.includes('?') ? '&' : '?'}${form}`)
    expect(await users()).toEqual(before)
    expect(server.harness.mailbox?.messages('new@example.com')).toEqual([])
  })
})

describe('must-not-happen 38: what changes when somebody signs in or out', () => {
  it('the form token and the session are others after each sign-in', async () => {
    const { server, pool } = servers.http
    const { browser } = await signIn(servers.http)
    const first = new Map(browser.cookies)
    const page = await browser.get(`/login?${authorizeQuery(pool)}&other=1`)
    const name = await browser.submit(page, { username: 'ana' })
    await browser.submit(name, { username: 'ana', password })
    for (const [cookie, value] of browser.cookies) expect([cookie, first.get(cookie)]).not.toEqual([cookie, value])
    expect([...browser.cookies.keys()].sort()).toEqual([...first.keys()].sort())
    await server.harness.ok('DescribeUserPool', { UserPoolId: pool.UserPoolId })
  })

  it('a session that somebody planted before is not taken over', async () => {
    const { server, pool } = servers.http
    const browser = openBrowser(server.url)
    const page = await browser.get(`/login?${authorizeQuery(pool)}`)
    const planted = browser.cookies.get('XSRF-TOKEN')
    const name = await browser.submit(page, { username: 'ana' })
    await browser.submit(name, { username: 'ana', password })
    expect(browser.cookies.get('XSRF-TOKEN')).not.toBe(planted)
  })

  it('a sign-out ends the session for copies of the cookie too, and works without any', async () => {
    const { server, pool } = servers.http
    const { browser } = await signIn(servers.http)
    const thief = openBrowser(server.url)
    for (const [name, value] of browser.cookies) thief.cookies.set(name, value)
    const out = `/logout?client_id=${pool.ClientId}&logout_uri=https://app.example.com/bye`
    expect((await browser.get(out)).location).toBe('https://app.example.com/bye')
    expect((await thief.get(`/oauth2/authorize?${authorizeQuery(pool)}`)).location).toMatch(/^\/login\?/)
    expect((await openBrowser(server.url).get(out)).location).toBe('https://app.example.com/bye')
  })
})

it('must-not-happen 39: the opener of a pop-up is cut off unless the operator keeps it', async () => {
  const server = await startOAuth({ pageOpener: 'keep' })
  const { headers } = await openBrowser(server.url).get('/error')
  expect(headers['cross-origin-opener-policy']).toBe('unsafe-none')
  await server.stop()
})
