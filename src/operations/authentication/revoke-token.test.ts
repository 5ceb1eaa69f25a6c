import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { changeClient } from '../../../tests/support/change-settings.ts'
import { createHarness, type Harness } from '../../../tests/support/harness.ts'
import { type MadePool, makeClient, makePool } from '../../../tests/support/make-pool.ts'
import { makeUser } from '../../../tests/support/make-user.ts'
import { tokensOf } from '../../../tests/support/sign-in.ts'

let server: Harness
let pool: MadePool

const day = 86_400_000
const revoked = ['NotAuthorizedException', 'Refresh Token has been revoked']
const accessRevoked = ['NotAuthorizedException', 'Access Token has been revoked']

beforeAll(async () => {
  server = await createHarness()
  pool = await makePool(server)
})
afterAll(() => server.close())

const signIn = (made: MadePool, username: string) => tokensOf(server, made, username)

const refresh = ({ ClientId }: MadePool, REFRESH_TOKEN: string) => ({
  ClientId,
  AuthFlow: 'REFRESH_TOKEN_AUTH',
  AuthParameters: { REFRESH_TOKEN },
})

describe('RevokeToken', () => {
  it('ends the refresh token and every token made from it, and nothing else', async () => {
    await makeUser(server, pool.UserPoolId, 'ana')
    const ended = await signIn(pool, 'ana')
    const kept = await signIn(pool, 'ana')
    const { AuthenticationResult: refreshed } = await server.ok('InitiateAuth', refresh(pool, ended.RefreshToken))

    const answer = await server.call('RevokeToken', { ClientId: pool.ClientId, Token: ended.RefreshToken }, { unsigned: true })
    expect([answer.status, answer.body]).toEqual([200, {}])

    expect(await server.refused('InitiateAuth', refresh(pool, ended.RefreshToken))).toEqual(revoked)
    expect(await server.refused('GetTokensFromRefreshToken', { ClientId: pool.ClientId, RefreshToken: ended.RefreshToken })).toEqual(
      revoked,
    )
    for (const { AccessToken } of [ended, refreshed]) {
      expect(await server.refused('GetUser', { AccessToken })).toEqual(accessRevoked)
    }
    await server.ok('InitiateAuth', refresh(pool, kept.RefreshToken))
    await server.ok('GetUser', { AccessToken: kept.AccessToken })
  })

  it('is no error for a token that is over already, or that is none', async () => {
    await makeUser(server, pool.UserPoolId, 'eva')
    const { RefreshToken } = await signIn(pool, 'eva')
    for (const Token of [RefreshToken, RefreshToken, 'garbage', 'a.b.c.d.e', `${RefreshToken.slice(0, -2)}AA`]) {
      expect((await server.call('RevokeToken', { ClientId: pool.ClientId, Token })).status).toBe(200)
    }
  })

  it('does nothing to a token of another client', async () => {
    await makeUser(server, pool.UserPoolId, 'kim')
    const sibling = await makeClient(server, pool.UserPoolId)
    const { RefreshToken } = await signIn(pool, 'kim')
    expect((await server.call('RevokeToken', { ClientId: sibling.ClientId, Token: RefreshToken })).status).toBe(200)
    await server.ok('InitiateAuth', refresh(pool, RefreshToken))
  })

  it('ends an access token that outlives its refresh token', async () => {
    const made = await makeClient(server, pool.UserPoolId, {
      RefreshTokenValidity: 1,
      TokenValidityUnits: { RefreshToken: 'days', AccessToken: 'days' },
      AccessTokenValidity: 1,
    })
    await makeUser(server, pool.UserPoolId, 'lea')
    const { RefreshToken } = await signIn(made, 'lea')
    server.clock.advance(day - 1000)
    const { AuthenticationResult } = await server.ok('InitiateAuth', refresh(made, RefreshToken))
    server.clock.advance(3_600_000)
    await server.ok('GetUser', { AccessToken: AuthenticationResult.AccessToken })
    await server.ok('RevokeToken', { ClientId: made.ClientId, Token: RefreshToken })
    expect(await server.refused('GetUser', { AccessToken: AuthenticationResult.AccessToken })).toEqual(accessRevoked)
    server.clock.reset()
  })

  it('stays in force when the client stops revoking', async () => {
    const made = await makeClient(server, pool.UserPoolId)
    await makeUser(server, pool.UserPoolId, 'mia')
    const { RefreshToken, AccessToken } = await signIn(made, 'mia')
    await server.ok('RevokeToken', { ClientId: made.ClientId, Token: RefreshToken })
    await changeClient(server, made.ClientId, { EnableTokenRevocation: false })
    expect(await server.refused('InitiateAuth', refresh(made, RefreshToken))).toEqual(revoked)
    expect(await server.refused('GetUser', { AccessToken })).toEqual(accessRevoked)
  })

  it('is refused where the client has it switched off', async () => {
    const made = await makeClient(server, pool.UserPoolId, { EnableTokenRevocation: false })
    await makeUser(server, pool.UserPoolId, 'nia')
    const { RefreshToken } = await signIn(made, 'nia')
    expect((await server.refused('RevokeToken', { ClientId: made.ClientId, Token: RefreshToken }))[0]).toBe('UnsupportedOperationException')
    await server.ok('InitiateAuth', refresh(made, RefreshToken))
  })

  it('refuses ID and access tokens', async () => {
    await makeUser(server, pool.UserPoolId, 'ole')
    const { IdToken, AccessToken } = await signIn(pool, 'ole')
    for (const Token of [IdToken, AccessToken]) {
      expect((await server.refused('RevokeToken', { ClientId: pool.ClientId, Token }))[0]).toBe('UnsupportedTokenTypeException')
    }
    await server.ok('GetUser', { AccessToken })
  })

  it("wants the client's secret, either of them", async () => {
    const made = await makeClient(server, pool.UserPoolId, { GenerateSecret: true })
    const second = 'secondsecretsecondsecretsecondsecret'
    await server.ok('AddUserPoolClientSecret', { UserPoolId: made.UserPoolId, ClientId: made.ClientId, ClientSecret: second })
    await makeUser(server, pool.UserPoolId, 'pia')
    const { AccessToken, RefreshToken: Token } = await signIn(made, 'pia')
    for (const wrong of [{}, { ClientSecret: 'thirdsecretthirdsecretthirdsecret' }]) {
      expect((await server.refused('RevokeToken', { ClientId: made.ClientId, Token, ...wrong }))[0]).toBe('UnauthorizedException')
    }
    await server.ok('GetUser', { AccessToken })
    await server.ok('RevokeToken', { ClientId: made.ClientId, Token, ClientSecret: second })
    expect(await server.refused('GetUser', { AccessToken })).toEqual(accessRevoked)
  })

  it('refuses an app client that does not exist, and a secret that the client does not have', async () => {
    expect((await server.refused('RevokeToken', { ClientId: 'nosuchclient', Token: 'x' }))[0]).toBe('UnauthorizedException')
    const withSecret = { ClientId: pool.ClientId, Token: 'x', ClientSecret: 'thirdsecretthirdsecretthirdsecret' }
    expect((await server.refused('RevokeToken', withSecret))[0]).toBe('UnauthorizedException')
  })
})
