import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { changeClient, changePool } from '../../tests/support/change-settings.ts'
import { countWork } from '../../tests/support/count-work.ts'
import { callsThrough, createHarness, type Harness } from '../../tests/support/harness.ts'
import { everyFlow, type MadePool, makeClient, makePool } from '../../tests/support/make-pool.ts'
import { makeUser } from '../../tests/support/make-user.ts'
import { redispatch } from '../../tests/support/redispatch.ts'
import { tokensOf } from '../../tests/support/sign-in.ts'
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

const signIn = (made: MadePool, username: string) => tokensOf(server, made, username)

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
      expect(after?.[use]['event_id']).toBe(before?.[use]['event_id'])
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
    const content = parts[3] ?? ''
    const swapped = [...parts.slice(0, 3), `${content.slice(0, 10)}${content[10] === '_' ? '-' : '_'}${content.slice(11)}`, parts[4]].join(
      '.',
    )
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

  it('has no REFRESH_TOKEN_AUTH once its client rotates', async () => {
    const made = await makeClient(server, pool.UserPoolId)
    await makeUser(server, pool.UserPoolId, 'rotates')
    const { RefreshToken } = await signIn(made, 'rotates')
    await changeClient(server, made.ClientId, { RefreshTokenRotation: { Feature: 'ENABLED', RetryGracePeriodSeconds: 0 } })
    const answers: unknown[] = []
    for (const [, call] of ways) answers.push((await call(made, RefreshToken)).body.__type)
    expect(answers).toEqual(['InvalidParameterException', 'InvalidParameterException', 'InvalidParameterException', undefined])
  })

  it('leaves no row, and is read with no more than the user, beside the revocation, and the groups', async () => {
    await makeUser(server, pool.UserPoolId, 'lean')
    const { RefreshToken } = await signIn(pool, 'lean')
    const work = countWork(server)
    const calls = callsThrough(redispatch(server, work.services))
    const { ClientId } = pool
    for (const signs of [
      () => calls.ok('GetTokensFromRefreshToken', { ClientId, RefreshToken }),
      () => calls.ok('InitiateAuth', { ClientId, AuthFlow: 'REFRESH_TOKEN_AUTH', AuthParameters: { REFRESH_TOKEN: RefreshToken } }),
    ]) {
      await signs()
      expect(work.take().filter((verb) => !verb.startsWith('compute.'))).toEqual([
        'clients.recentByClientId',
        'users.byIdAndOrigin',
        'groups.ofUser',
      ])
    }
  })
})

describe('rotation', () => {
  const grace = 10
  const rotating = (RetryGracePeriodSeconds = grace, settings = {}) =>
    makeClient(server, pool.UserPoolId, {
      ExplicitAuthFlows: ['ALLOW_USER_PASSWORD_AUTH'],
      RefreshTokenRotation: { Feature: 'ENABLED', RetryGracePeriodSeconds },
      ...settings,
    })
  const refresh = (made: MadePool, RefreshToken: string) =>
    server.call('GetTokensFromRefreshToken', { ClientId: made.ClientId, RefreshToken })
  const turned = async (made: MadePool, token: string) => {
    const { status, body } = await refresh(made, token)
    expect([status, body.__type]).toEqual([200, undefined])
    return body.AuthenticationResult
  }
  const reused = async (made: MadePool, token: string) =>
    expect((await refresh(made, token)).body).toEqual({
      __type: 'RefreshTokenReuseException',
      message: 'Refresh Token has been rotated and can no longer be used.',
    })
  const started = async (made: MadePool, name: string) => {
    await makeUser(server, pool.UserPoolId, name)
    return (await signIn(made, name)).RefreshToken as string
  }

  it('answers a new refresh token each time, in one session', async () => {
    const made = await rotating()
    await makeUser(server, pool.UserPoolId, 'turns')
    const first = await signIn(made, 'turns')
    let token = first.RefreshToken
    for (let turn = 0; turn < 3; turn += 1) {
      server.clock.advance(60_000)
      const { RefreshToken, AccessToken } = await turned(made, token)
      expect(RefreshToken).not.toBe(token)
      const [was, now] = [first.AccessToken, AccessToken].map((each) => tokenParts(each).payload)
      for (const claim of ['origin_jti', 'auth_time', 'acr', 'amr']) expect(now?.[claim], claim).toEqual(was?.[claim])
      token = RefreshToken
    }
    server.clock.reset()
  })

  it('hands down what is left of the time', async () => {
    const made = await rotating(grace, { RefreshTokenValidity: 2 })
    const first = await started(made, 'remaining')
    server.clock.advance(day)
    const { RefreshToken } = await turned(made, first)
    server.clock.advance(day - 1)
    const { RefreshToken: last } = await turned(made, RefreshToken)
    server.clock.advance(1)
    expect((await refresh(made, last)).body).toEqual({ __type: 'NotAuthorizedException', message: 'Refresh Token has expired' })
    server.clock.reset()
  })

  it('lets the old token be sent again within the grace period, and refuses it afterwards', async () => {
    const made = await rotating()
    const first = await started(made, 'grace')
    const { RefreshToken: second } = await turned(made, first)
    server.clock.advance(grace * 1000 - 1)
    const { RefreshToken: secondAgain } = await turned(made, first)
    server.clock.advance(1)
    await reused(made, first)
    // Both are the one successor: when one has been used, the other is its retry and no second line of tokens.
    const { RefreshToken: third } = await turned(made, second)
    await turned(made, secondAgain)
    server.clock.advance(grace * 1000)
    await reused(made, secondAgain)
    await turned(made, third)
    server.clock.reset()
  })

  it('without a grace period refuses the old token at once, and leaves the newest alive', async () => {
    const made = await rotating(0)
    const first = await started(made, 'no-grace')
    const { RefreshToken: second, AccessToken } = await turned(made, first)
    await reused(made, first)
    await server.ok('GetUser', { AccessToken })
    const { RefreshToken: third } = await turned(made, second)
    await reused(made, first)
    await reused(made, second)
    await turned(made, third)
  })

  it('goes on in a session that has begun with it, whatever the client says now', async () => {
    const made = await rotating(0)
    const first = await started(made, 'switched-off')
    const { RefreshToken: second } = await turned(made, first)
    await changeClient(server, made.ClientId, { RefreshTokenRotation: undefined, ExplicitAuthFlows: everyFlow })
    await reused(made, first)
    const REFRESH_TOKEN = second
    expect(
      await server.refused('InitiateAuth', { ClientId: made.ClientId, AuthFlow: 'REFRESH_TOKEN_AUTH', AuthParameters: { REFRESH_TOKEN } }),
    ).toEqual(['NotAuthorizedException', 'Invalid Refresh Token.'])
    const { RefreshToken: third } = await turned(made, second)
    await reused(made, second)
    await turned(made, third)
  })

  it('takes up sessions from before it was switched on', async () => {
    const made = await makeClient(server, pool.UserPoolId)
    const first = await started(made, 'switched-on')
    await changeClient(server, made.ClientId, { RefreshTokenRotation: { Feature: 'ENABLED', RetryGracePeriodSeconds: 0 } })
    const { RefreshToken: second } = await turned(made, first)
    await reused(made, first)
    await turned(made, second)
  })

  it('ends with RevokeToken of any token of the family', async () => {
    const made = await rotating()
    for (const pick of [0, 1, 2] as const) {
      const first = await started(made, `revoked-${pick}`)
      const second = await turned(made, first)
      const third = await turned(made, second.RefreshToken)
      const family = [first, second.RefreshToken, third.RefreshToken] as const
      await server.ok('RevokeToken', { ClientId: made.ClientId, Token: family[pick] })
      for (const token of family) expect((await refresh(made, token)).body.message).toBe('Refresh Token has been revoked')
      for (const { AccessToken } of [second, third]) {
        expect(await server.refused('GetUser', { AccessToken })).toEqual(['NotAuthorizedException', 'Access Token has been revoked'])
      }
    }
  })

  it('shows origin_jti and jti also where tokens are not revoked', async () => {
    const made = await rotating(0, { EnableTokenRevocation: false })
    await makeUser(server, pool.UserPoolId, 'shown')
    const { AccessToken, IdToken, RefreshToken } = await signIn(made, 'shown')
    for (const token of [AccessToken, IdToken]) {
      expect(Object.keys(tokenParts(token).payload)).toEqual(expect.arrayContaining(['origin_jti', 'jti']))
    }
    await server.ok('GetUser', { AccessToken })
    await server.ok('GetUser', { AccessToken: (await turned(made, RefreshToken)).AccessToken })
  })
})

describe('the device of a refresh', () => {
  const key = 'us-east-1_00000000-0000-4000-8000-000000000001'
  const other = 'us-east-1_00000000-0000-4000-8000-000000000002'
  const tracking = { DeviceConfiguration: { ChallengeRequiredOnNewDevice: false, DeviceOnlyRememberedOnUserPrompt: true } }

  const byBoth = (made: MadePool, REFRESH_TOKEN: string, deviceKey?: string) => [
    server.call('InitiateAuth', {
      ClientId: made.ClientId,
      AuthFlow: 'REFRESH_TOKEN_AUTH',
      AuthParameters: { REFRESH_TOKEN, ...(deviceKey === undefined ? {} : { DEVICE_KEY: deviceKey }) },
    }),
    server.call('GetTokensFromRefreshToken', {
      ClientId: made.ClientId,
      RefreshToken: REFRESH_TOKEN,
      ...(deviceKey === undefined ? {} : { DeviceKey: deviceKey }),
    }),
  ]

  it('is the one that the tokens belong to, confirmed or not, and no new one is handed out', async () => {
    const made = await makePool(server, tracking)
    await makeUser(server, made.UserPoolId, 'ana')
    const { RefreshToken, AccessToken, NewDeviceMetadata } = await signIn(made, 'ana')
    const { DeviceKey } = NewDeviceMetadata
    expect(tokenParts(AccessToken).payload['device_key']).toBe(DeviceKey)
    for (const wrong of [undefined, key, other]) {
      for (const answer of await Promise.all(byBoth(made, RefreshToken, wrong))) {
        expect(answer.body).toEqual({ __type: 'NotAuthorizedException', message: 'Invalid Refresh Token.' })
      }
    }
    for (const { body } of await Promise.all(byBoth(made, RefreshToken, DeviceKey))) {
      expect(body.AuthenticationResult).not.toHaveProperty('NewDeviceMetadata')
      expect(tokenParts(body.AuthenticationResult.AccessToken).payload['device_key']).toBe(DeviceKey)
    }
  })

  it('does not matter to tokens from before devices were tracked, nor once they are not', async () => {
    const made = await makePool(server)
    await makeUser(server, made.UserPoolId, 'ana')
    const before = await signIn(made, 'ana')
    await changePool(server, made.UserPoolId, tracking)
    for (const { status } of await Promise.all(byBoth(made, before.RefreshToken))) expect(status).toBe(200)
    const during = await signIn(made, 'ana')
    await changePool(server, made.UserPoolId, { DeviceConfiguration: undefined })
    for (const { status } of await Promise.all(byBoth(made, during.RefreshToken))) expect(status).toBe(200)
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
