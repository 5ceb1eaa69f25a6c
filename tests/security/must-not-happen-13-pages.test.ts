import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { MadePool } from '../support/make-pool.ts'
import { makeUser, password } from '../support/make-user.ts'
import { type OAuthServer, startOAuth } from '../support/oauth-server.ts'
import { openBrowser, type PageBrowser } from '../support/page-browser.ts'
import { redeem } from '../support/page-codes.ts'
import { authorizeQuery, callback, makePagePool } from '../support/page-pool.ts'
import { trackSessions } from '../support/tracked-sessions.ts'

const newPassword = 'Brand-New-Horse-8'

interface SignedIn {
  readonly browser: PageBrowser
  readonly access_token: string
  readonly refresh_token: string
  /** A code that nobody has redeemed yet. */
  readonly pending: string
}

const codeIn = (location: string): string => new URL(location).searchParams.get('code') ?? ''

/** A server with a pool, and what browsers do there. */
const openScene = async (policy: Parameters<typeof startOAuth>[0], tracked: boolean) => {
  const server = await startOAuth(policy)
  const pool = await makePagePool(server.harness)
  if (tracked) await trackSessions(server.harness, pool)
  const query = authorizeQuery(pool, { scope: 'openid aws.cognito.signin.user.admin' })
  const authorize = async (browser: PageBrowser) => (await browser.get(`/oauth2/authorize?${query}`)).location
  return {
    server,
    pool,
    isSignedIn: async (browser: PageBrowser) => {
      const { location } = await browser.get(`/oauth2/authorize?${query}`)
      const page = await browser.get(`/login?${query}`)
      const posted = await browser.submit(page, { continue: 'yes' })
      const ways = [location.startsWith(callback), page.heading !== 'Sign in', posted.location.startsWith(callback)]
      expect(new Set(ways).size, 'all pages agree').toBe(1)
      return ways[0]
    },
    signIn: async (username: string): Promise<SignedIn> => {
      const browser = openBrowser(server.url)
      const name = await browser.submit(await browser.get(`/login?${query}`), { username })
      const { location } = await browser.submit(name, { username, password })
      const { body } = await redeem(server, pool, codeIn(location), { redirect_uri: callback })
      return { browser, ...body, pending: codeIn(await authorize(browser)) }
    },
    newUser: (username: string) =>
      makeUser(server.harness, pool.UserPoolId, username, { email: `${username}@example.org`, email_verified: 'true' }),
  }
}
type Scene = Awaited<ReturnType<typeof openScene>>

type End = (server: OAuthServer, pool: MadePool, username: string, signedIn: SignedIn) => Promise<unknown>

const admin =
  (operation: 'AdminUserGlobalSignOut' | 'AdminDisableUser' | 'AdminResetUserPassword' | 'AdminDeleteUser'): End =>
  ({ harness }, { UserPoolId }, Username) =>
    harness.ok(operation, { UserPoolId, Username })

const ends: Record<string, End> = {
  GlobalSignOut: ({ harness }, _, __, { access_token }) => harness.ok('GlobalSignOut', { AccessToken: access_token }),
  AdminUserGlobalSignOut: admin('AdminUserGlobalSignOut'),
  AdminDisableUser: admin('AdminDisableUser'),
  'AdminDisableUser and AdminEnableUser': async ({ harness }, { UserPoolId }, Username) => {
    await harness.ok('AdminDisableUser', { UserPoolId, Username })
    await harness.ok('AdminEnableUser', { UserPoolId, Username })
  },
  AdminResetUserPassword: admin('AdminResetUserPassword'),
  'AdminSetUserPassword, permanent': ({ harness }, { UserPoolId }, Username) =>
    harness.ok('AdminSetUserPassword', { UserPoolId, Username, Password: newPassword, Permanent: true }),
  'AdminSetUserPassword, temporary': ({ harness }, { UserPoolId }, Username) =>
    harness.ok('AdminSetUserPassword', { UserPoolId, Username, Password: newPassword, Permanent: false }),
  'ForgotPassword and its confirmation': async ({ harness }, { ClientId }, Username) => {
    await harness.ok('ForgotPassword', { ClientId, Username })
    const ConfirmationCode = harness.codeSentTo(`${Username}@example.org`)
    await harness.ok('ConfirmForgotPassword', { ClientId, Username, ConfirmationCode, Password: newPassword })
  },
  DeleteUser: ({ harness }, _, __, { access_token }) => harness.ok('DeleteUser', { AccessToken: access_token }),
  AdminDeleteUser: admin('AdminDeleteUser'),
  'a user made again under the name': async ({ harness }, { UserPoolId }, Username) => {
    await harness.ok('AdminDeleteUser', { UserPoolId, Username })
    await makeUser(harness, UserPoolId, Username)
  },
}

describe.each([
  ['tracks sessions', true],
  ['does not', false],
])('must-not-happen 13: no cookie of before signs in, from the next request on, in a pool that %s,', (_, tracked) => {
  let scene: Scene
  beforeAll(async () => {
    scene = await openScene({}, tracked)
  })
  afterAll(() => scene.server.stop())

  it.each(Object.keys(ends))('after %s', async (name) => {
    const username = name.replaceAll(/\W+/g, '-')
    const other = `other-of-${username}`
    await scene.newUser(username)
    await scene.newUser(other)
    const [first, second, stranger] = [await scene.signIn(username), await scene.signIn(username), await scene.signIn(other)]
    for (const { browser } of [first, second, stranger]) expect(await scene.isSignedIn(browser)).toBe(true)
    const { server, pool } = scene
    await ends[name]?.(server, pool, username, first)
    for (const { browser, pending } of [first, second]) {
      expect(await scene.isSignedIn(browser)).toBe(false)
      expect((await redeem(server, pool, pending, { redirect_uri: callback })).body.error).toBe('invalid_grant')
    }
    expect(await scene.isSignedIn(stranger.browser)).toBe(true)
    if (!tracked || name.includes('elete') || name.includes('made again')) return
    const { Sessions } = await server.harness.ok('AdminListUserSessions', { UserPoolId: pool.UserPoolId, Username: username })
    expect(Sessions).toEqual([])
  })

  it.each([
    ['RevokeToken', (token: string) => ({ Token: token })],
    ['RevokeToken with NONE', (token: string) => ({ Token: token, RevokeAssociatedSessions: 'NONE' as const })],
  ])('but %s leaves the cookie', async (name, input) => {
    const username = name.replaceAll(/\W+/g, '-')
    await scene.newUser(username)
    const { browser, refresh_token } = await scene.signIn(username)
    await scene.server.harness.ok('RevokeToken', { ClientId: scene.pool.ClientId, ...input(refresh_token) })
    expect(await scene.isSignedIn(browser)).toBe(true)
  })

  it('and a sign-in of afterwards is good, in the same browser too', async () => {
    await scene.newUser('again')
    const { browser } = await scene.signIn('again')
    await scene.server.harness.ok('AdminUserGlobalSignOut', { UserPoolId: scene.pool.UserPoolId, Username: 'again' })
    const page = await browser.get(`/login?${authorizeQuery(scene.pool)}`)
    const name = await browser.submit(page, { username: 'again' })
    await browser.submit(name, { username: 'again', password })
    expect(await scene.isSignedIn(browser)).toBe(true)
  })
})

describe.each([
  ['keep', true],
  ['end', false],
] as const)('must-not-happen 13: with sessions-on-password-change "%s"', (sessionsOnPasswordChange, stays) => {
  it(`ChangePassword ${stays ? 'leaves' : 'ends'} the cookies, as it does tokens`, async () => {
    const scene = await openScene({ sessionsOnPasswordChange }, true)
    await scene.newUser('ana')
    const [first, second] = [await scene.signIn('ana'), await scene.signIn('ana')]
    await scene.server.harness.ok('ChangePassword', {
      AccessToken: first.access_token,
      PreviousPassword: password,
      ProposedPassword: newPassword,
    })
    for (const { browser } of [first, second]) expect(await scene.isSignedIn(browser)).toBe(stays)
    expect((await scene.server.userInfo(second.access_token)).status).toBe(stays ? 200 : 401)
    await scene.server.stop()
  })
})
