import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { type MadePool, makeClient } from './support/make-pool.ts'
import { makeUser, password } from './support/make-user.ts'
import { type OAuthServer, startOAuth } from './support/oauth-server.ts'
import { openBrowser, type PageBrowser } from './support/page-browser.ts'
import { redeem } from './support/page-codes.ts'
import { authorizeQuery, callback, makePagePool, pageClient } from './support/page-pool.ts'
import { trackSessions } from './support/tracked-sessions.ts'

let server: OAuthServer
let pool: MadePool
let other: MadePool
let username: string
let users = 0

const minute = 60_000

beforeAll(async () => {
  server = await startOAuth()
  pool = await makePagePool(server.harness)
  other = await makeClient(server.harness, pool.UserPoolId, pageClient)
  await trackSessions(server.harness, pool, 3)
})
afterAll(() => server.stop())
beforeEach(async () => {
  server.harness.clock.reset()
  users += 1
  username = `user-${users}`
  await makeUser(server.harness, pool.UserPoolId, username)
})

interface Listed {
  readonly SessionId: string
  readonly SessionType: 'SSO' | 'TOKEN'
  readonly ClientId: string
  readonly CreateDate: number
  readonly LastActiveDate: number
  readonly OriginSessionId?: string
}

const list = async (): Promise<Listed[]> =>
  (await server.harness.ok('AdminListUserSessions', { UserPoolId: pool.UserPoolId, Username: username })).Sessions
const ofType = async (type: Listed['SessionType']) => (await list()).filter(({ SessionType }) => SessionType === type)

/** What a form of the sign-in page answers. */
const answerForm = async (browser: PageBrowser, path: string): Promise<string> => {
  const name = await browser.submit(await browser.get(path), { username })
  return (await browser.submit(name, { username, password })).location
}
const codeIn = (location: string): string => new URL(location).searchParams.get('code') ?? ''

/** Signs in at an application with a form, and gets its tokens. */
const signIn = async (browser: PageBrowser, made = pool) => {
  const code = codeIn(
    await answerForm(browser, `/login?${authorizeQuery(made, { scope: 'openid aws.cognito.signin.user.admin', prompt: 'login' })}`),
  )
  const { body } = await redeem(server, made, code, { redirect_uri: callback })
  server.harness.clock.advance(1000)
  return body as { access_token: string; refresh_token: string }
}

/** Where the authorization endpoint sends a browser: back with a code when it is signed in. */
const authorize = async (browser: PageBrowser, made = pool) => (await browser.get(`/oauth2/authorize?${authorizeQuery(made)}`)).location
const isSignedIn = async (browser: PageBrowser, made = pool) => (await authorize(browser, made)).startsWith(callback)
const silently = async (browser: PageBrowser, made = pool) => {
  const { body } = await redeem(server, made, codeIn(await authorize(browser, made)), { redirect_uri: callback })
  server.harness.clock.advance(1000)
  return body as { access_token: string; refresh_token: string }
}
const refreshes = async ({ refresh_token }: { refresh_token: string }, { ClientId } = pool) =>
  (await server.post('token', { grant_type: 'refresh_token', client_id: ClientId, refresh_token })).status === 200
const bounds = (ClientId: string, MaxValidityMinutes: number) =>
  server.harness.ok('SetUserPoolClientSessionConfiguration', {
    UserPoolId: pool.UserPoolId,
    ClientId,
    SSOSession: { MaxValidityMinutes },
  })

describe('a login of a browser', () => {
  it('is listed as an SSO session, and its token sessions name it', async () => {
    const browser = openBrowser(server.url)
    const began = server.harness.clock.now() / 1000
    const { access_token } = await signIn(browser)
    await silently(browser, other)
    const [sso, ...more] = await ofType('SSO')
    expect(more).toEqual([])
    expect(sso).toEqual({
      SessionId: expect.stringMatching(/^sso[a-z0-9]{25}$/),
      SessionType: 'SSO',
      ClientId: pool.ClientId,
      CreateDate: began,
      LastActiveDate: began + 1,
      DeviceType: 'unknown',
      LastIPAddress: '127.0.0.1',
      IsCurrentSession: false,
    })
    const OriginSessionId = sso?.SessionId
    expect(await ofType('TOKEN')).toMatchObject([
      { ClientId: other.ClientId, OriginSessionId },
      { ClientId: pool.ClientId, OriginSessionId },
    ])
    const own = await server.harness.ok('ListUserSessions', { AccessToken: access_token })
    expect(own.Sessions.map(({ SessionId }: Listed) => SessionId)).toEqual((await list()).map(({ SessionId }) => SessionId))
    expect(own.Sessions.filter(({ IsCurrentSession }: { IsCurrentSession: boolean }) => IsCurrentSession)).toMatchObject([
      { ClientId: pool.ClientId, SessionType: 'TOKEN' },
    ])
  })

  it('is used by whoever is let in silently, and by tokens that rotate', async () => {
    const rotating = await makeClient(server.harness, pool.UserPoolId, {
      ...pageClient,
      ExplicitAuthFlows: [],
      RefreshTokenRotation: { Feature: 'ENABLED', RetryGracePeriodSeconds: 0 },
    })
    const browser = openBrowser(server.url)
    const tokens = await signIn(browser, rotating)
    const lastUse = async () => (await ofType('SSO'))[0]?.LastActiveDate ?? 0
    const first = await lastUse()
    server.harness.clock.advance(minute)
    await isSignedIn(browser)
    expect(await lastUse()).toBe(first + 61)
    server.harness.clock.advance(minute)
    expect(await refreshes(tokens, rotating)).toBe(true)
    expect(await lastUse()).toBe(first + 121)
  })

  it('stays one session when its user signs in again, and is another one for somebody else', async () => {
    const browser = openBrowser(server.url)
    await signIn(browser)
    const [first] = await ofType('SSO')
    server.harness.clock.advance(30 * minute)
    await signIn(browser, other)
    expect(await ofType('SSO')).toMatchObject([{ SessionId: first?.SessionId, CreateDate: first?.CreateDate, ClientId: other.ClientId }])
    // The hour counts from the last sign-in.
    server.harness.clock.advance(59 * minute)
    expect(await isSignedIn(browser)).toBe(true)
    expect(await ofType('SSO')).toHaveLength(1)
    const before = username
    username = `${before}-else`
    await makeUser(server.harness, pool.UserPoolId, username)
    await signIn(browser)
    expect((await ofType('SSO'))[0]?.SessionId).not.toBe(first?.SessionId)
  })

  it('leaves the list when it is over, and when the browser signs out', async () => {
    const [left, over] = [openBrowser(server.url), openBrowser(server.url)]
    await signIn(left)
    await signIn(over)
    expect(await ofType('SSO')).toHaveLength(2)
    const { UserPoolId, ClientId } = pool
    const stolen = new Map(left.cookies)
    await left.get(`/logout?${new URLSearchParams({ client_id: ClientId, logout_uri: 'https://app.example.com/bye' })}`)
    expect(await ofType('SSO')).toHaveLength(1)
    for (const [name, value] of stolen) left.cookies.set(name, value)
    expect(await isSignedIn(left)).toBe(false)
    server.harness.clock.advance(60 * minute)
    expect(await ofType('SSO')).toEqual([])
    expect(await ofType('TOKEN')).toHaveLength(2)
    await server.harness.ok('AdminUserGlobalSignOut', { UserPoolId, Username: username })
    expect(await list()).toEqual([])
  })

  it('outlives the app client that it began with, for the others', async () => {
    const gone = await makeClient(server.harness, pool.UserPoolId, pageClient)
    const browser = openBrowser(server.url)
    await signIn(browser, gone)
    await server.harness.ok('DeleteUserPoolClient', { UserPoolId: pool.UserPoolId, ClientId: gone.ClientId })
    expect(await list()).toMatchObject([{ SessionType: 'SSO', ClientId: gone.ClientId }])
    expect(await isSignedIn(browser)).toBe(true)
  })

  it('is pushed out by no token session, and pushes none out', async () => {
    const browser = openBrowser(server.url)
    await signIn(browser)
    for (let n = 0; n < 5; n += 1) await silently(browser)
    expect([(await ofType('SSO')).length, (await ofType('TOKEN')).length]).toEqual([1, 3])
    expect(await isSignedIn(browser)).toBe(true)
    for (let n = 0; n < 3; n += 1) await signIn(openBrowser(server.url))
    expect([(await ofType('SSO')).length, (await ofType('TOKEN')).length]).toEqual([4, 3])
  })

  it('is not listed, and leaves no row, where sessions are not tracked', async () => {
    const plain = await makePagePool(server.harness)
    await makeUser(server.harness, plain.UserPoolId, username)
    await signIn(openBrowser(server.url), plain)
    const { uid } = (await server.harness.store.pools.byId(plain.UserPoolId)) ?? expect.fail('no pool')
    const { UserAttributes } = await server.harness.ok('AdminGetUser', { UserPoolId: plain.UserPoolId, Username: username })
    const id = UserAttributes.find(({ Name }: { Name: string }) => Name === 'sub').Value
    expect(await server.harness.store.userSessions.ofUser(uid, id, server.harness.clock.now())).toEqual([])
  })
})

describe('ending sessions', () => {
  const revoke = (SessionId: string | undefined, RevokeAssociatedSessions?: 'LINKED' | 'NONE') =>
    server.harness.ok('AdminRevokeUserSession', {
      UserPoolId: pool.UserPoolId,
      Username: username,
      SessionId,
      RevokeAssociatedSessions,
    })

  /** A browser with tokens of two applications, and another browser with tokens of one. */
  const scene = async () => {
    const [browser, elsewhere] = [openBrowser(server.url), openBrowser(server.url)]
    const here = [await signIn(browser), await silently(browser)] as const
    const there = await signIn(elsewhere)
    const [, login] = await ofType('SSO')
    return { browser, elsewhere, here, there, login }
  }

  it.each([undefined, 'NONE' as const])('of the SSO session ends the cookie at once, and no tokens: %s', async (associated) => {
    const { browser, elsewhere, here, there, login } = await scene()
    const pending = codeIn(await authorize(browser))
    await revoke(login?.SessionId, associated)
    expect([await isSignedIn(browser), await isSignedIn(elsewhere)]).toEqual([false, true])
    expect((await browser.get(`/login?${authorizeQuery(pool)}`)).heading).toBe('Sign in')
    for (const tokens of [...here, there]) expect(await refreshes(tokens)).toBe(true)
    expect((await redeem(server, pool, pending, { redirect_uri: callback })).status).toBe(400)
    expect(await ofType('SSO')).toHaveLength(1)
    // The browser begins a new one.
    await signIn(browser)
    expect(await isSignedIn(browser)).toBe(true)
    expect((await ofType('SSO')).map(({ SessionId }) => SessionId)).not.toContain(login?.SessionId)
  })

  it('of the SSO session ends its token sessions too with LINKED', async () => {
    const { browser, elsewhere, here, there, login } = await scene()
    await revoke(login?.SessionId, 'LINKED')
    expect([await isSignedIn(browser), await isSignedIn(elsewhere)]).toEqual([false, true])
    for (const tokens of here) {
      expect(await refreshes(tokens)).toBe(false)
      expect((await server.userInfo(tokens.access_token)).status).toBe(401)
    }
    expect(await refreshes(there)).toBe(true)
    expect((await list()).map(({ SessionType }) => SessionType).sort()).toEqual(['SSO', 'TOKEN'])
  })

  it('of a token session ends the login that it came through with LINKED, and no other token session', async () => {
    const { browser, elsewhere, here, there } = await scene()
    const [, second] = await ofType('TOKEN')
    await revoke(second?.SessionId)
    expect([await refreshes(here[0]), await refreshes(here[1]), await isSignedIn(browser)]).toEqual([true, false, true])
    const first = (await ofType('TOKEN')).find(({ OriginSessionId }) => OriginSessionId === second?.OriginSessionId)
    const third = await silently(browser)
    await revoke(first?.SessionId, 'LINKED')
    expect([await refreshes(here[0]), await refreshes(third), await refreshes(there)]).toEqual([false, true, true])
    expect([await isSignedIn(browser), await isSignedIn(elsewhere)]).toEqual([false, true])
    expect(await ofType('SSO')).toHaveLength(1)
  })

  it('by the user: any SSO session, but not with a token of somebody else', async () => {
    const { browser, here, login } = await scene()
    const { access_token: AccessToken } = here[0]
    const SessionId = login?.SessionId
    const before = username
    username = `${before}-else`
    await makeUser(server.harness, pool.UserPoolId, username)
    const { access_token: foreign } = await signIn(openBrowser(server.url))
    const refusal = await server.harness.refused('RevokeUserSession', { AccessToken: foreign, SessionId })
    expect(refusal[0]).toBe('ResourceNotFoundException')
    expect(await isSignedIn(browser)).toBe(true)
    await server.harness.ok('RevokeUserSession', { AccessToken, SessionId }, { unsigned: true })
    expect([await isSignedIn(browser), await refreshes(here[0])]).toEqual([false, true])
    expect((await server.harness.refused('RevokeUserSession', { AccessToken, SessionId }))[0]).toBe('ResourceNotFoundException')
  })

  it('by the user with LINKED ends the caller’s own tokens where they came through it', async () => {
    const { here, there, login } = await scene()
    const { access_token: AccessToken } = here[0]
    await server.harness.ok('RevokeUserSession', { AccessToken, SessionId: login?.SessionId, RevokeAssociatedSessions: 'LINKED' })
    expect((await server.userInfo(AccessToken)).status).toBe(401)
    expect(await refreshes(there)).toBe(true)
  })

  it('by RevokeToken with LINKED ends the login, and its other token sessions live on', async () => {
    const { browser, here } = await scene()
    const { ClientId } = pool
    await server.harness.ok('RevokeToken', { ClientId, Token: here[0].refresh_token })
    expect(await isSignedIn(browser)).toBe(true)
    await server.harness.ok('RevokeToken', { ClientId, Token: here[1].refresh_token, RevokeAssociatedSessions: 'LINKED' })
    expect(await isSignedIn(browser)).toBe(false)
    expect(await ofType('SSO')).toHaveLength(1)
  })

  it('with LINKED leaves no token session of a code that is redeemed meanwhile', async () => {
    const { browser, login } = await scene()
    const codes = await Promise.all(Array.from({ length: 8 }, async () => codeIn(await authorize(browser))))
    const redemptions = codes.map((code) => redeem(server, pool, code, { redirect_uri: callback }))
    // Were all of them too late, this would show nothing.
    await Promise.race(redemptions)
    await revoke(login?.SessionId, 'LINKED')
    const redeemed = (await Promise.all(redemptions)).filter(({ status }) => status === 200)
    expect(redeemed).not.toEqual([])
    for (const { body } of redeemed) expect(await refreshes(body)).toBe(false)
    expect((await ofType('TOKEN')).filter(({ OriginSessionId }) => OriginSessionId === login?.SessionId)).toEqual([])
  })
})

describe('MaxValidityMinutes of an app client', () => {
  it('0 takes no login silently, and leaves it to the others', async () => {
    const strict = await makeClient(server.harness, pool.UserPoolId, pageClient)
    await bounds(strict.ClientId, 0)
    const browser = openBrowser(server.url)
    await signIn(browser, strict)
    expect([await isSignedIn(browser, strict), await isSignedIn(browser)]).toEqual([false, true])
    expect(await ofType('SSO')).toHaveLength(1)
    // Who says on the page to go on as who they are is asked for the password, too.
    const page = await browser.get(`/login?${authorizeQuery(strict)}`)
    const asked = await browser.submit(page, { continue: 'yes' })
    expect([asked.status, asked.location]).toEqual([200, ''])
  })

  it('counts from the last sign-in, for each app client its own', async () => {
    const [short, long] = [
      await makeClient(server.harness, pool.UserPoolId, pageClient),
      await makeClient(server.harness, pool.UserPoolId, pageClient),
    ]
    await bounds(short.ClientId, 5)
    await bounds(long.ClientId, 600)
    const browser = openBrowser(server.url)
    await signIn(browser, long)
    server.harness.clock.advance(5 * minute - 1001)
    expect(await isSignedIn(browser, short)).toBe(true)
    server.harness.clock.advance(1)
    expect([await isSignedIn(browser, short), await isSignedIn(browser)]).toEqual([false, true])
    server.harness.clock.advance(55 * minute)
    expect([await isSignedIn(browser), await isSignedIn(browser, long)]).toEqual([false, true])
    server.harness.clock.advance(540 * minute - 1)
    expect(await isSignedIn(browser, long)).toBe(true)
    server.harness.clock.advance(1)
    expect(await isSignedIn(browser, long)).toBe(false)
    expect(await ofType('SSO')).toEqual([])
  })

  it('has the browser keep the cookie as long', async () => {
    const long = await makeClient(server.harness, pool.UserPoolId, pageClient)
    await bounds(long.ClientId, 129_600)
    for (const [made, seconds] of [
      [pool, 3600],
      [long, 129_600 * 60],
    ] as const) {
      const browser = openBrowser(server.url)
      const name = await browser.submit(await browser.get(`/login?${authorizeQuery(made)}`), { username })
      const { headers } = await browser.submit(name, { username, password })
      expect([headers['set-cookie']].flat().find((cookie) => cookie?.startsWith('cognito.'))).toContain(`Max-Age=${seconds}`)
    }
  })
})

describe('an address that an app client always blocks', () => {
  it('is let in by no login of the browser either, and by the form as little', async () => {
    const { harness, url } = server
    const own = await makePagePool(harness, { UserPoolTier: 'PLUS', UserPoolAddOns: { AdvancedSecurityMode: 'ENFORCED' } })
    const { UserPoolId } = own
    const strict = await makeClient(harness, UserPoolId, pageClient)
    const risk = { RiskExceptionConfiguration: { BlockedIPRangeList: ['127.0.0.0/8'] } }
    await harness.ok('SetRiskConfiguration', { UserPoolId, ClientId: strict.ClientId, ...risk })
    await makeUser(harness, UserPoolId, username)
    const browser = openBrowser(url)
    await signIn(browser, own)
    expect(await isSignedIn(browser, own)).toBe(true)
    expect(await isSignedIn(browser, strict)).toBe(false)
    const asked = await browser.submit(await browser.get(`/login?${authorizeQuery(strict)}`), { continue: 'yes' })
    expect([asked.heading, asked.location]).toEqual(['Sign in', ''])
    expect(await answerForm(browser, `/login?${authorizeQuery(strict, { prompt: 'login' })}`)).toBe('')
  })
})
