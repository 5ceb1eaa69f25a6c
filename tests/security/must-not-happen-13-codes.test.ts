import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { issueImplicitTokens } from '../../src/flows/authorization.ts'
import { type MadePool, makeClient, makePool } from '../support/make-pool.ts'
import { makeUser, password } from '../support/make-user.ts'
import { type OAuthServer, startOAuth } from '../support/oauth-server.ts'
import { authorization, codeFor, pageContext, pageSettings, pageSignIn, redeem, refusal } from '../support/page-codes.ts'
import { atOnce } from '../support/parallel.ts'
import { accessTokenOf } from '../support/sign-in.ts'

let server: OAuthServer
let pool: MadePool
let unrevocable: MadePool
let users = 0

beforeAll(async () => {
  server = await startOAuth()
  pool = await makePool(server.harness, { AutoVerifiedAttributes: ['email'] }, pageSettings)
  unrevocable = await makeClient(server.harness, pool.UserPoolId, { ...pageSettings, EnableTokenRevocation: false })
})
afterAll(() => server.stop())

const nextUser = async (): Promise<string> => {
  users += 1
  await makeUser(server.harness, pool.UserPoolId, `user-${users}`, { email: `user-${users}@example.org`, email_verified: 'true' })
  return `user-${users}`
}
const named = (Username: string) => ({ UserPoolId: pool.UserPoolId, Username })

const ends: Record<string, (username: string) => Promise<unknown>> = {
  GlobalSignOut: async (username) => {
    await server.harness.ok('GlobalSignOut', { AccessToken: await accessTokenOf(server.harness, pool, username) })
  },
  AdminUserGlobalSignOut: (username) => server.harness.ok('AdminUserGlobalSignOut', named(username)),
  AdminDisableUser: (username) => server.harness.ok('AdminDisableUser', named(username)),
  AdminSetUserPassword: (username) =>
    server.harness.ok('AdminSetUserPassword', { ...named(username), Password: `${password}!`, Permanent: true }),
  AdminResetUserPassword: (username) => server.harness.ok('AdminResetUserPassword', named(username)),
  AdminDeleteUser: (username) => server.harness.ok('AdminDeleteUser', named(username)),
  'ForgotPassword and its confirmation': async (username) => {
    await server.harness.ok('ForgotPassword', { ClientId: pool.ClientId, Username: username })
    const ConfirmationCode = server.harness.codeSentTo(`${username}@example.org`)
    const asked = { ClientId: pool.ClientId, Username: username, ConfirmationCode, Password: `${password}?` }
    await server.harness.ok('ConfirmForgotPassword', asked)
  },
}

const scopes = ['openid', 'aws.cognito.signin.user.admin']

describe.each(Object.entries(ends))('must-not-happen 13: %s', (_, end) => {
  it('ends codes, and what codes and the implicit grant gave, at once', async () => {
    const username = await nextUser()
    for (const made of [pool, unrevocable])
      expect((await redeem(server, made, await codeFor(server.harness, made, username))).status).toBe(200)
    const held = await Promise.all(
      [pool, unrevocable].map(async (made) => ({
        made,
        pending: await codeFor(server.harness, made, username, { scopes }),
        tokens: (await redeem(server, made, await codeFor(server.harness, made, username, { scopes }))).body,
        implicit: await issueImplicitTokens(
          pageContext(server.harness),
          await pageSignIn(server.harness, made, username),
          authorization({ scopes }),
        ),
      })),
    )
    await end(username)
    for (const { made, pending, tokens, implicit } of held) {
      expect(await refusal(redeem(server, made, pending))).toEqual([400, 'invalid_grant'])
      const { refresh_token } = tokens
      const { ClientId } = made
      expect(await refusal(server.post('token', { grant_type: 'refresh_token', client_id: ClientId, refresh_token }))).toEqual([
        400,
        'invalid_grant',
      ])
      expect((await server.harness.call('GetTokensFromRefreshToken', { ClientId, RefreshToken: refresh_token })).status).toBe(400)
      for (const AccessToken of [tokens.access_token, implicit.AccessToken ?? '']) {
        expect((await server.userInfo(AccessToken)).status).toBe(401)
        expect((await server.harness.call('GetUser', { AccessToken })).status).toBe(400)
      }
    }
  })
})

describe('must-not-happen 13: a revoked refresh token of a page', () => {
  it.each(['RevokeToken', '/oauth2/revoke'])('ends all tokens of its code: %s', async (way) => {
    const username = await nextUser()
    const { body } = await redeem(server, pool, await codeFor(server.harness, pool, username))
    const { ClientId } = pool
    if (way === 'RevokeToken') await server.harness.ok('RevokeToken', { ClientId, Token: body.refresh_token })
    else expect((await server.post('revoke', { client_id: ClientId, token: body.refresh_token })).status).toBe(200)
    expect((await server.userInfo(body.access_token)).status).toBe(401)
    const form = { grant_type: 'refresh_token', client_id: ClientId, refresh_token: body.refresh_token }
    expect(await refusal(server.post('token', form))).toEqual([400, 'invalid_grant'])
  })
})

describe('must-not-happen 13: a sign-out everywhere in the middle of redemptions', () => {
  it('leaves no token that works', async () => {
    const username = await nextUser()
    const codes = await Promise.all(Array.from({ length: atOnce }, () => codeFor(server.harness, pool, username)))
    const redemptions = codes.map((code) => redeem(server, pool, code))
    await server.harness.ok('AdminUserGlobalSignOut', named(username))
    for (const { status, body } of await Promise.all(redemptions)) {
      if (status === 200) expect((await server.userInfo(body.access_token)).status).toBe(401)
      else expect(body).toEqual({ error: 'invalid_grant' })
    }
  })
})
