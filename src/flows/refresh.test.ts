import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { changeClient, changePool } from '../../tests/support/change-settings.ts'
import { createHarness, type Harness } from '../../tests/support/harness.ts'
import { type MadePool, makeClient, makePool } from '../../tests/support/make-pool.ts'
import { makeUser, password } from '../../tests/support/make-user.ts'
import { tokenParts } from '../../tests/support/token-parts.ts'
import { secretHash } from '../crypto/secret-hash.ts'

let server: Harness
let pool: MadePool

const day = 86_400_000

beforeAll(async () => {
  server = await createHarness()
  pool = await makePool(server)
})
afterAll(() => server.close())

const signIn = async ({ ClientId, ClientSecret }: MadePool, USERNAME: string) => {
  const hash = ClientSecret === '' ? {} : { SECRET_HASH: secretHash(USERNAME, ClientId, ClientSecret) }
  const AuthParameters = { USERNAME, PASSWORD: password, ...hash }
  return (await server.ok('InitiateAuth', { ClientId, AuthFlow: 'USER_PASSWORD_AUTH', AuthParameters })).AuthenticationResult
}

type Way = readonly [name: string, call: (made: MadePool, token: string) => ReturnType<Harness['call']>]

/** Every way to refresh by the API. */
const ways: readonly Way[] = [
  ...['REFRESH_TOKEN_AUTH', 'REFRESH_TOKEN'].map(
    (AuthFlow): Way => [
      `InitiateAuth ${AuthFlow}`,
      ({ ClientId }, REFRESH_TOKEN) => server.call('InitiateAuth', { ClientId, AuthFlow, AuthParameters: { REFRESH_TOKEN } }),
    ],
  ),
  [
    'AdminInitiateAuth',
    ({ UserPoolId, ClientId }, REFRESH_TOKEN) =>
      server.call('AdminInitiateAuth', { UserPoolId, ClientId, AuthFlow: 'REFRESH_TOKEN_AUTH', AuthParameters: { REFRESH_TOKEN } }),
  ],
  ['GetTokensFromRefreshToken', ({ ClientId }, RefreshToken) => server.call('GetTokensFromRefreshToken', { ClientId, RefreshToken })],
]

const refusedEverywhere = async (made: MadePool, token: string, type: string, message: string) => {
  for (const [name, call] of ways) {
    const { status, body } = await call(made, token)
    expect([status, body.__type, body.message], name).toEqual([400, type, message])
  }
}

describe.each(ways)('refreshing by %s', (name, call) => {
  it('keeps the session and the moment of sign-in, and tells the present state of the user', async () => {
    const username = `keeps ${name}`.replaceAll(' ', '-')
    const sub = await makeUser(server, pool.UserPoolId, username, { given_name: 'Old' })
    const first = await signIn(pool, username)
    await server.ok('AdminUpdateUserAttributes', {
      UserPoolId: pool.UserPoolId,
      Username: username,
      UserAttributes: [{ Name: 'given_name', Value: 'New' }],
    })
    server.clock.advance(60_000)
    const { status, body } = await call(pool, first.RefreshToken)
    expect(status).toBe(200)
    const [before, after] = [first, body.AuthenticationResult].map((result) => ({
      id: tokenParts(result.IdToken).payload,
      access: tokenParts(result.AccessToken).payload,
    }))
    for (const use of ['id', 'access'] as const) {
      expect(after?.[use]).toMatchObject({
        sub,
        origin_jti: before?.[use]['origin_jti'],
        auth_time: before?.[use]['auth_time'],
        amr: ['pwd'],
        acr: 'urn:cognito:loa:1',
        iat: before?.[use]['iat'] + 60,
        exp: before?.[use]['exp'] + 60,
      })
      expect(after?.[use]['jti']).not.toBe(before?.[use]['jti'])
      expect(after?.[use]['event_id']).not.toBe(before?.[use]['event_id'])
    }
    expect(after?.access['scope']).toBe('aws.cognito.signin.user.admin')
    expect(after?.id['given_name']).toBe('New')
    server.clock.reset()
  })
})

describe('a refresh token', () => {
  it.each<[string, Record<string, unknown>, number]>([
    ['30 days by default', {}, 30 * day],
    ['the days of the client', { RefreshTokenValidity: 2 }, 2 * day],
    ['the unit of the client', { RefreshTokenValidity: 90, TokenValidityUnits: { RefreshToken: 'minutes' } }, 90 * 60_000],
    ['zero, which is 30 days', { RefreshTokenValidity: 0 }, 30 * day],
  ])('lives as long as it should: %s', async (name, settings, life) => {
    const made = await makeClient(server, pool.UserPoolId, settings)
    const username = `life ${name}`.replaceAll(/\W/g, '-')
    await makeUser(server, pool.UserPoolId, username)
    const { RefreshToken } = await signIn(made, username)
    server.clock.advance(life - 1)
    for (const [way, call] of ways) expect((await call(made, RefreshToken)).status, way).toBe(200)
    server.clock.advance(1)
    await refusedEverywhere(made, RefreshToken, 'NotAuthorizedException', 'Refresh Token has expired')
    server.clock.reset()
  })

  it('is good for its own client only', async () => {
    await makeUser(server, pool.UserPoolId, 'own')
    const { RefreshToken } = await signIn(pool, 'own')
    const sibling = await makeClient(server, pool.UserPoolId)
    const stranger = await makePool(server)
    for (const made of [sibling, stranger]) {
      await refusedEverywhere(made, RefreshToken, 'NotAuthorizedException', 'Invalid Refresh Token.')
    }
  })

  it('is refused when it is none', async () => {
    await makeUser(server, pool.UserPoolId, 'none')
    const { RefreshToken, AccessToken, IdToken } = await signIn(pool, 'none')
    const last = RefreshToken.at(-1) === 'A' ? 'B' : 'A'
    const parts = RefreshToken.split('.')
    const swapped = [parts[0], parts[1], parts[2], `${parts[3]?.slice(0, 10)}${parts[3]?.slice(10).replace(/^./, '_')}`, parts[4]].join('.')
    for (const token of ['abc', AccessToken, IdToken, RefreshToken.slice(0, -1) + last, swapped, `${RefreshToken}.`, 'a.b.c.d.e']) {
      await refusedEverywhere(pool, token, 'NotAuthorizedException', 'Invalid Refresh Token.')
    }
  })

  it('of a disabled user says so, and is dead for good', async () => {
    await makeUser(server, pool.UserPoolId, 'disabled')
    const { RefreshToken } = await signIn(pool, 'disabled')
    const user = { UserPoolId: pool.UserPoolId, Username: 'disabled' }
    await server.ok('AdminDisableUser', user)
    await refusedEverywhere(pool, RefreshToken, 'NotAuthorizedException', 'User is disabled.')
    await server.ok('AdminEnableUser', user)
    await refusedEverywhere(pool, RefreshToken, 'NotAuthorizedException', 'Refresh Token has been revoked')
  })

  it('does not survive its user, who may be made again', async () => {
    await makeUser(server, pool.UserPoolId, 'again')
    const { RefreshToken } = await signIn(pool, 'again')
    await server.ok('AdminDeleteUser', { UserPoolId: pool.UserPoolId, Username: 'again' })
    await refusedEverywhere(pool, RefreshToken, 'NotAuthorizedException', 'Invalid Refresh Token.')
    await makeUser(server, pool.UserPoolId, 'again')
    await refusedEverywhere(pool, RefreshToken, 'NotAuthorizedException', 'Invalid Refresh Token.')
  })

  it.each<[string, Parameters<typeof changePool>[2]]>([
    ['MfaConfiguration ON', { MfaConfiguration: 'ON' }],
    ['DeviceConfiguration', { DeviceConfiguration: { ChallengeRequiredOnNewDevice: true } }],
    ['AdvancedSecurityMode ENFORCED', { UserPoolAddOns: { AdvancedSecurityMode: 'ENFORCED' } }],
  ])('gets no tokens while the pool wants what can not be enforced: %s', async (name, change) => {
    const made = await makePool(server)
    await makeUser(server, made.UserPoolId, 'una')
    const { RefreshToken } = await signIn(made, 'una')
    await changePool(server, made.UserPoolId, change)
    for (const [way, call] of ways) {
      const { status, body } = await call(made, RefreshToken)
      expect([status, body.__type], way).toEqual([400, 'OperationNotEnabledException'])
      expect(body.message, way).toContain(name)
    }
  })

  it('gets no tokens past a PreTokenGeneration trigger', async () => {
    const made = await makePool(server)
    await makeUser(server, made.UserPoolId, 'una')
    const { RefreshToken } = await signIn(made, 'una')
    await changePool(server, made.UserPoolId, {
      LambdaConfig: { PreTokenGenerationConfig: { LambdaArn: 'arn:aws:lambda:us-east-1:000000000000:function:f', LambdaVersion: 'V2_0' } },
    })
    for (const [way, call] of ways) {
      const { status, body } = await call(made, RefreshToken)
      expect([status, body.__type], way).toEqual([400, 'UnexpectedLambdaException'])
    }
  })

  it('gets no tokens once its client rotates', async () => {
    const made = await makeClient(server, pool.UserPoolId)
    await makeUser(server, pool.UserPoolId, 'rotates')
    const { RefreshToken } = await signIn(made, 'rotates')
    await changeClient(server, made.ClientId, { RefreshTokenRotation: { Feature: 'ENABLED', RetryGracePeriodSeconds: 0 } })
    const answers = await Promise.all(ways.map(([, call]) => call(made, RefreshToken)))
    expect(answers.map(({ body }) => body.__type)).toEqual([
      'InvalidParameterException',
      'InvalidParameterException',
      'InvalidParameterException',
      'OperationNotEnabledException',
    ])
  })
})

describe('SECRET_HASH of a refresh', () => {
  const refresh = ({ ClientId }: MadePool, REFRESH_TOKEN: string, more: Record<string, string>) =>
    ['InitiateAuth', { ClientId, AuthFlow: 'REFRESH_TOKEN_AUTH', AuthParameters: { REFRESH_TOKEN, ...more } }] as const

  it.each([
    ['a user name', {}, 'hans'],
    ['an address', { UsernameAttributes: ['email' as const] }, 'hans@example.org'],
  ])('is made over the user name or the sub where people sign in with %s', async (_, settings, username) => {
    const made = await makePool(server, settings, { GenerateSecret: true })
    const second = 'secondsecretsecondsecretsecondsecret'
    const sub = await makeUser(server, made.UserPoolId, username)
    const { RefreshToken, AccessToken } = await signIn(made, username)
    await server.ok('AddUserPoolClientSecret', { UserPoolId: made.UserPoolId, ClientId: made.ClientId, ClientSecret: second })
    for (const name of [sub, tokenParts(AccessToken).payload['username']]) {
      for (const secret of [made.ClientSecret, second]) {
        const body = await server.ok(...refresh(made, RefreshToken, { SECRET_HASH: secretHash(name, made.ClientId, secret) }))
        expect(body.AuthenticationResult.IdToken).toBeDefined()
      }
    }
    const wrong = ['NotAuthorizedException', `Unable to verify secret hash for client ${made.ClientId}`]
    for (const SECRET_HASH of [
      '',
      secretHash('eva', made.ClientId, made.ClientSecret),
      secretHash(sub, made.ClientId, 'x'),
      made.ClientSecret,
    ]) {
      expect(await server.refused(...refresh(made, RefreshToken, { SECRET_HASH }))).toEqual(wrong)
    }
  })

  it('is missed before the token is looked at, and the token is judged before the hash', async () => {
    const made = await makePool(server, {}, { GenerateSecret: true })
    expect(await server.refused(...refresh(made, 'garbage', {}))).toEqual([
      'NotAuthorizedException',
      `Client ${made.ClientId} is configured with secret but SECRET_HASH was not received`,
    ])
    expect(await server.refused(...refresh(made, 'garbage', { SECRET_HASH: 'x' }))).toEqual([
      'NotAuthorizedException',
      'Invalid Refresh Token.',
    ])
  })
})
