import { createLocalJWKSet, jwtVerify } from 'jose'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { changePool } from '../../../tests/support/change-settings.ts'
import { createHarness, type Harness } from '../../../tests/support/harness.ts'
import { type MadePool, makeClient, makePool } from '../../../tests/support/make-pool.ts'
import { inviteUser, makeUser, password, temporaryPassword } from '../../../tests/support/make-user.ts'
import { tokenParts } from '../../../tests/support/token-parts.ts'
import { secretHash } from '../../crypto/secret-hash.ts'

let server: Harness
let pool: MadePool
let hiding: MadePool

const unsigned = { unsigned: true }
const day = 86_400_000

beforeAll(async () => {
  server = await createHarness()
  pool = await makePool(server)
  hiding = await makeClient(server, pool.UserPoolId, { PreventUserExistenceErrors: 'ENABLED' })
})
afterAll(() => server.close())

const withPassword = ({ ClientId }: MadePool, USERNAME: string, PASSWORD = password, more: Record<string, string> = {}) => ({
  ClientId,
  AuthFlow: 'USER_PASSWORD_AUTH',
  AuthParameters: { USERNAME, PASSWORD, ...more },
})

const newPool = (settings: Parameters<typeof makePool>[1], client: Parameters<typeof makePool>[2] = {}) =>
  makePool(server, settings, client)

describe('InitiateAuth with a password', () => {
  it('answers tokens in the form of the sample', async () => {
    await makeUser(server, pool.UserPoolId, 'ana')
    const { status, body } = await server.call('InitiateAuth', withPassword(pool, 'ana'), unsigned)
    expect(status).toBe(200)
    expect(Object.keys(body).sort()).toEqual(['AuthenticationResult', 'ChallengeParameters'])
    expect(body.ChallengeParameters).toEqual({})
    expect(Object.keys(body.AuthenticationResult).sort()).toEqual(['AccessToken', 'ExpiresIn', 'IdToken', 'RefreshToken', 'TokenType'])
    expect(body.AuthenticationResult).toMatchObject({ ExpiresIn: 3600, TokenType: 'Bearer' })
    const refreshParts = body.AuthenticationResult.RefreshToken.split('.')
    expect(refreshParts).toHaveLength(5)
    expect(refreshParts[0]).toBe('eyJjdHkiOiJKV1QiLCJlbmMiOiJBMjU2R0NNIiwiYWxnIjoiUlNBLU9BRVAifQ')
  })

  it('signs both tokens with keys of their own that the JWKS publishes', async () => {
    await makeUser(server, pool.UserPoolId, 'kim')
    const { AuthenticationResult } = await server.ok('InitiateAuth', withPassword(pool, 'kim'))
    const found = await server.store.pools.byId(pool.UserPoolId)
    const keys = await server.signingKeys.published(found?.uid ?? '')
    const kids: unknown[] = []
    for (const token of [AuthenticationResult.IdToken, AuthenticationResult.AccessToken]) {
      const currentDate = new Date(server.clock.now())
      await expect(jwtVerify(token, createLocalJWKSet({ keys: [...keys] }), { currentDate })).resolves.toBeDefined()
      const { header } = tokenParts(token)
      expect(Object.keys(header)).toEqual(['kid', 'alg'])
      expect(header['alg']).toBe('RS256')
      expect(header['kid']).toMatch(/^[A-Za-z0-9+/]{43}=$/)
      kids.push(header['kid'])
    }
    expect(new Set(kids).size).toBe(2)
  })

  it('says who signed in, when and how', async () => {
    const sub = await makeUser(server, pool.UserPoolId, 'eva', { email: 'eva@example.org', email_verified: 'true', given_name: 'Eva' })
    const { AuthenticationResult } = await server.ok('InitiateAuth', withPassword(pool, 'eva'))
    const [id, access] = [AuthenticationResult.IdToken, AuthenticationResult.AccessToken].map((token) => tokenParts(token).payload)
    const now = server.clock.now() / 1000
    const uuid = expect.stringMatching(/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/)
    const common = {
      sub,
      iss: `http://localhost:9339/${pool.UserPoolId}`,
      origin_jti: uuid,
      event_id: uuid,
      auth_time: now,
      iat: now,
      exp: now + 3600,
      jti: uuid,
      acr: 'urn:cognito:loa:1',
      amr: ['pwd'],
    }
    expect(id).toEqual({
      ...common,
      token_use: 'id',
      aud: pool.ClientId,
      'cognito:username': 'eva',
      email: 'eva@example.org',
      email_verified: true,
      given_name: 'Eva',
    })
    expect(access).toEqual({
      ...common,
      token_use: 'access',
      client_id: pool.ClientId,
      scope: 'aws.cognito.signin.user.admin',
      username: 'eva',
    })
    expect(id?.['origin_jti']).toBe(access?.['origin_jti'])
    expect(id?.['event_id']).toBe(access?.['event_id'])
    expect(id?.['jti']).not.toBe(access?.['jti'])
  })

  it('carries groups and the preferred role', async () => {
    const { UserPoolId } = pool
    await makeUser(server, UserPoolId, 'gil')
    for (const [GroupName, Precedence] of Object.entries({ low: 9, high: 1 })) {
      await server.ok('CreateGroup', { UserPoolId, GroupName, Precedence, RoleArn: `arn:aws:iam::000000000000:role/${GroupName}` })
      await server.ok('AdminAddUserToGroup', { UserPoolId, GroupName, Username: 'gil' })
    }
    const { AuthenticationResult } = await server.ok('InitiateAuth', withPassword(pool, 'gil'))
    expect(tokenParts(AuthenticationResult.IdToken).payload).toMatchObject({
      'cognito:groups': ['high', 'low'],
      'cognito:preferred_role': 'arn:aws:iam::000000000000:role/high',
    })
    expect(tokenParts(AuthenticationResult.AccessToken).payload).toMatchObject({ 'cognito:groups': ['high', 'low'] })
  })

  it('finds the user by e-mail where that is the user name', async () => {
    const made = await newPool({ UsernameAttributes: ['email'] })
    const sub = await makeUser(server, made.UserPoolId, 'lea@example.org')
    const { AuthenticationResult } = await server.ok('InitiateAuth', withPassword(made, 'lea@example.org'))
    expect(tokenParts(AuthenticationResult.IdToken).payload).toMatchObject({ sub, 'cognito:username': sub, email: 'lea@example.org' })
  })

  it('finds the user by an alias only while it is verified', async () => {
    const made = await newPool({ AliasAttributes: ['email'] })
    await makeUser(server, made.UserPoolId, 'mia', { email: 'mia@example.org', email_verified: 'true' })
    await makeUser(server, made.UserPoolId, 'max', { email: 'max@example.org' })
    const { AuthenticationResult } = await server.ok('InitiateAuth', withPassword(made, 'mia@example.org'))
    expect(tokenParts(AuthenticationResult.AccessToken).payload).toMatchObject({ username: 'mia' })
    expect(await server.refused('InitiateAuth', withPassword(made, 'max@example.org'))).toEqual([
      'UserNotFoundException',
      'User does not exist.',
    ])
  })

  it.each<[string, Record<string, unknown>, { access: number; id: number }]>([
    ['the defaults', {}, { access: 3600, id: 3600 }],
    ['hours', { AccessTokenValidity: 2, IdTokenValidity: 3 }, { access: 7200, id: 10_800 }],
    [
      'units of their own',
      { AccessTokenValidity: 300, IdTokenValidity: 10, TokenValidityUnits: { AccessToken: 'seconds', IdToken: 'minutes' } },
      { access: 300, id: 600 },
    ],
    [
      'days',
      { AccessTokenValidity: 1, IdTokenValidity: 1, TokenValidityUnits: { AccessToken: 'days', IdToken: 'days' } },
      { access: 86_400, id: 86_400 },
    ],
  ])('lets tokens live as long as the client says: %s', async (name, settings, lives) => {
    const client = await makeClient(server, pool.UserPoolId, settings)
    const username = `validity-${name}`.replaceAll(' ', '-')
    await makeUser(server, pool.UserPoolId, username)
    const { AuthenticationResult } = await server.ok('InitiateAuth', withPassword(client, username))
    const life = (token: string) => tokenParts(token).payload['exp'] - tokenParts(token).payload['iat']
    expect(AuthenticationResult.ExpiresIn).toBe(lives.access)
    expect(life(AuthenticationResult.AccessToken)).toBe(lives.access)
    expect(life(AuthenticationResult.IdToken)).toBe(lives.id)
  })

  it('leaves jti and origin_jti out where the client can not revoke', async () => {
    const client = await makeClient(server, pool.UserPoolId, { EnableTokenRevocation: false })
    await makeUser(server, pool.UserPoolId, 'ole')
    const { AuthenticationResult } = await server.ok('InitiateAuth', withPassword(client, 'ole'))
    for (const token of [AuthenticationResult.IdToken, AuthenticationResult.AccessToken]) {
      expect(tokenParts(token).payload).not.toHaveProperty('jti')
      expect(tokenParts(token).payload).not.toHaveProperty('origin_jti')
    }
    await expect(server.ok('GetUser', { AccessToken: AuthenticationResult.AccessToken })).resolves.toMatchObject({ Username: 'ole' })
  })

  it('shows ID tokens no attribute that the client may not read', async () => {
    const client = await makeClient(server, pool.UserPoolId, { ReadAttributes: ['given_name'] })
    await makeUser(server, pool.UserPoolId, 'pia', { email: 'pia@example.org', given_name: 'Pia' })
    const { AuthenticationResult } = await server.ok('InitiateAuth', withPassword(client, 'pia'))
    const { payload } = tokenParts(AuthenticationResult.IdToken)
    expect(payload).toMatchObject({ given_name: 'Pia' })
    expect(payload).not.toHaveProperty('email')
  })

  it('names the level as the pool does, and not at all on LITE', async () => {
    const named = await newPool({ AcrConfiguration: { Level1: { AcrValue: 'urn:example:low' } } })
    await makeUser(server, named.UserPoolId, 'nia')
    const first = await server.ok('InitiateAuth', withPassword(named, 'nia'))
    expect(tokenParts(first.AuthenticationResult.IdToken).payload).toMatchObject({ acr: 'urn:example:low' })
    await changePool(server, named.UserPoolId, { UserPoolTier: 'LITE' })
    const second = await server.ok('InitiateAuth', withPassword(named, 'nia'))
    expect(tokenParts(second.AuthenticationResult.IdToken).payload).not.toHaveProperty('acr')
  })
})

describe('InitiateAuth refuses', () => {
  beforeAll(async () => {
    for (const name of ['known', 'disabled', 'reset']) {
      await makeUser(server, pool.UserPoolId, name, { email: `${name}@example.org`, email_verified: 'true' })
    }
    await server.ok('AdminDisableUser', { UserPoolId: pool.UserPoolId, Username: 'disabled' })
    await server.ok('AdminResetUserPassword', { UserPoolId: pool.UserPoolId, Username: 'reset' })
    await server.ok('SignUp', { ClientId: pool.ClientId, Username: 'unconfirmed', Password: password })
    await inviteUser(server, pool.UserPoolId, 'late')
  })

  const incorrect = ['NotAuthorizedException', 'Incorrect username or password.']
  const disabled = ['NotAuthorizedException', 'User is disabled.']
  const unconfirmed = ['UserNotConfirmedException', 'User is not confirmed.']

  it.each<[string, string, string, { legacy: string[]; hiding: string[] }]>([
    ['a wrong password', 'known', 'Wrong-Horse-7', { legacy: incorrect, hiding: incorrect }],
    ['an unknown user', 'nobody', password, { legacy: ['UserNotFoundException', 'User does not exist.'], hiding: incorrect }],
    ['a disabled user', 'disabled', password, { legacy: disabled, hiding: disabled }],
    ['a disabled user with a wrong password', 'disabled', 'Wrong-Horse-7', { legacy: disabled, hiding: incorrect }],
    ['an unconfirmed user', 'unconfirmed', password, { legacy: unconfirmed, hiding: unconfirmed }],
    ['an unconfirmed user with a wrong password', 'unconfirmed', 'Wrong-Horse-7', { legacy: unconfirmed, hiding: incorrect }],
    [
      'a user whose password was reset',
      'reset',
      password,
      { legacy: ['PasswordResetRequiredException', 'Password reset required for the user'], hiding: incorrect },
    ],
    [
      'a name of 300 characters',
      'n'.repeat(300),
      password,
      { legacy: ['UserNotFoundException', 'User does not exist.'], hiding: incorrect },
    ],
    ['a password of 2,000 characters', 'known', 'P'.repeat(2000), { legacy: incorrect, hiding: incorrect }],
  ])('%s', async (_, username, given, refusal) => {
    expect(await server.refused('InitiateAuth', withPassword(pool, username, given), unsigned)).toEqual(refusal.legacy)
    expect(await server.refused('InitiateAuth', withPassword(hiding, username, given), unsigned)).toEqual(refusal.hiding)
  })

  it('a temporary password that is too old', async () => {
    server.clock.advance(7 * day - 1)
    const challenge = await server.ok('InitiateAuth', withPassword(pool, 'late', temporaryPassword))
    expect(challenge.ChallengeName).toBe('NEW_PASSWORD_REQUIRED')
    server.clock.advance(1)
    expect(await server.refused('InitiateAuth', withPassword(pool, 'late', temporaryPassword))).toEqual([
      'NotAuthorizedException',
      'Temporary password has expired and must be reset by an administrator.',
    ])
    server.clock.reset()
  })

  it('no temporary password of seven days where the pool says zero, which counts as not given', async () => {
    const made = await newPool({ Policies: { PasswordPolicy: { MinimumLength: 8, TemporaryPasswordValidityDays: 0 } } })
    await inviteUser(server, made.UserPoolId, 'zero')
    server.clock.advance(7 * day - 1)
    expect((await server.ok('InitiateAuth', withPassword(made, 'zero', temporaryPassword))).ChallengeName).toBe('NEW_PASSWORD_REQUIRED')
    server.clock.advance(1)
    expect((await server.refused('InitiateAuth', withPassword(made, 'zero', temporaryPassword)))[0]).toBe('NotAuthorizedException')
    server.clock.reset()
  })

  it.each<[string, Record<string, string> | undefined, string]>([
    ['no parameters', undefined, 'USERNAME'],
    ['no name', { PASSWORD: password }, 'USERNAME'],
    ['an empty name', { USERNAME: '', PASSWORD: password }, 'USERNAME'],
    ['no password', { USERNAME: 'known' }, 'PASSWORD'],
    ['an empty password', { USERNAME: 'known', PASSWORD: '' }, 'PASSWORD'],
  ])('%s', async (_, AuthParameters, missing) => {
    const input = { ClientId: pool.ClientId, AuthFlow: 'USER_PASSWORD_AUTH', ...(AuthParameters && { AuthParameters }) }
    expect(await server.refused('InitiateAuth', input)).toEqual(['InvalidParameterException', `Missing required parameter ${missing}`])
  })

  it.each(['USER_SRP_AUTH', 'REFRESH_TOKEN_AUTH', 'REFRESH_TOKEN'])('%s without its parameter', async (AuthFlow) => {
    const name = AuthFlow === 'USER_SRP_AUTH' ? 'SRP_A' : 'REFRESH_TOKEN'
    const input = { ClientId: pool.ClientId, AuthFlow, AuthParameters: { USERNAME: 'known' } }
    expect(await server.refused('InitiateAuth', input)).toEqual(['InvalidParameterException', `Missing required parameter ${name}`])
  })

  it.each([
    ['USER_PASSWORD_AUTH', 'USER_PASSWORD_AUTH flow not enabled for this client'],
    ['USER_SRP_AUTH', 'USER_SRP_AUTH flow not enabled for this client'],
    ['CUSTOM_AUTH', 'CUSTOM_AUTH flow not enabled for this client'],
    ['USER_AUTH', 'USER_AUTH flow not enabled for this client'],
    ['REFRESH_TOKEN_AUTH', 'REFRESH_TOKEN_AUTH flow not enabled for this client'],
    ['ADMIN_USER_PASSWORD_AUTH', 'Initiate Auth method not supported.'],
    ['ADMIN_NO_SRP_AUTH', 'Initiate Auth method not supported.'],
  ])('%s on a client that has no such flow', async (AuthFlow, message) => {
    const { ClientId } = await makeClient(server, pool.UserPoolId, { ExplicitAuthFlows: ['ALLOW_ADMIN_USER_PASSWORD_AUTH'] })
    const AuthParameters = { USERNAME: 'known', PASSWORD: password, SRP_A: '2', REFRESH_TOKEN: 'x' }
    expect(await server.refused('InitiateAuth', { ClientId, AuthFlow, AuthParameters })).toEqual(['InvalidParameterException', message])
  })

  it('an app client that does not exist', async () => {
    expect(await server.refused('InitiateAuth', withPassword({ ...pool, ClientId: 'nosuchclient' }, 'known'))).toEqual([
      'ResourceNotFoundException',
      'User pool client nosuchclient does not exist.',
    ])
  })

  it('a user of another pool', async () => {
    const other = await newPool({})
    await makeUser(server, other.UserPoolId, 'elsewhere')
    expect(await server.refused('InitiateAuth', withPassword(pool, 'elsewhere'))).toEqual(['UserNotFoundException', 'User does not exist.'])
  })
})

describe('SECRET_HASH', () => {
  let confidential: MadePool
  beforeAll(async () => {
    confidential = await makeClient(server, pool.UserPoolId, { GenerateSecret: true })
    await makeUser(server, pool.UserPoolId, 'sec')
  })
  const hash = (name: string, secret = confidential.ClientSecret) => secretHash(name, confidential.ClientId, secret)

  it('signs in when it fits', async () => {
    const input = withPassword(confidential, 'sec', password, { SECRET_HASH: hash('sec') })
    expect((await server.ok('InitiateAuth', input)).AuthenticationResult.TokenType).toBe('Bearer')
  })

  it('may be made with either of two secrets', async () => {
    const two = await makeClient(server, pool.UserPoolId, { GenerateSecret: true })
    const second = 'secondsecretsecondsecretsecondsecret'
    await server.ok('AddUserPoolClientSecret', { UserPoolId: two.UserPoolId, ClientId: two.ClientId, ClientSecret: second })
    for (const secret of [two.ClientSecret, second]) {
      const SECRET_HASH = secretHash('sec', two.ClientId, secret)
      expect((await server.ok('InitiateAuth', withPassword(two, 'sec', password, { SECRET_HASH }))).AuthenticationResult).toBeDefined()
    }
    const SECRET_HASH = secretHash('sec', two.ClientId, 'thirdsecretthirdsecretthirdsecret')
    expect((await server.refused('InitiateAuth', withPassword(two, 'sec', password, { SECRET_HASH })))[0]).toBe('NotAuthorizedException')
  })

  it.each<[string, () => Record<string, string>, (id: string) => string]>([
    ['is missing', () => ({}), (id) => `Client ${id} is configured with secret but SECRET_HASH was not received`],
    ['is empty', () => ({ SECRET_HASH: '' }), (id) => `Unable to verify secret hash for client ${id}`],
    ['is over another name', () => ({ SECRET_HASH: hash('eva') }), (id) => `Unable to verify secret hash for client ${id}`],
    ['is made with another secret', () => ({ SECRET_HASH: hash('sec', 'x') }), (id) => `Unable to verify secret hash for client ${id}`],
    ['is the secret itself', () => ({ SECRET_HASH: confidential.ClientSecret }), (id) => `Unable to verify secret hash for client ${id}`],
  ])('is refused when it %s', async (_, more, message) => {
    for (const [AuthFlow, own] of [
      ['USER_PASSWORD_AUTH', { PASSWORD: password }],
      ['USER_SRP_AUTH', { SRP_A: '2' }],
    ] as const) {
      const input = { ClientId: confidential.ClientId, AuthFlow, AuthParameters: { USERNAME: 'sec', ...own, ...more() } }
      expect(await server.refused('InitiateAuth', input)).toEqual(['NotAuthorizedException', message(confidential.ClientId)])
    }
  })

  it('is refused by a client without secret', async () => {
    const input = withPassword(pool, 'sec', password, { SECRET_HASH: secretHash('sec', pool.ClientId, '') })
    expect(await server.refused('InitiateAuth', input)).toEqual([
      'NotAuthorizedException',
      `Unable to verify secret hash for client ${pool.ClientId}`,
    ])
  })
})

describe('the lock-out', () => {
  const wrong = (client: MadePool, name: string) => server.refused('InitiateAuth', withPassword(client, name, 'Wrong-Horse-7'))
  const exceeded = ['NotAuthorizedException', 'Password attempts exceeded']
  const incorrect = ['NotAuthorizedException', 'Incorrect username or password.']

  it.each([
    ['a user', 'lock-known', true],
    ['a name that nobody has', 'lock-nobody', false],
  ])('doubles with every failure, up to 15 minutes: %s', async (_, name, exists) => {
    if (exists) await makeUser(server, pool.UserPoolId, name)
    for (let failure = 1; failure <= 5; failure += 1) expect(await wrong(hiding, name)).toEqual(incorrect)
    for (const seconds of [1, 2, 4, 8, 16, 32, 64, 128, 256, 512, 900, 900]) {
      // What is tried meanwhile is refused uncounted, the right password too.
      for (const given of ['Wrong-Horse-7', password]) {
        expect(await server.refused('InitiateAuth', withPassword(hiding, name, given))).toEqual(exceeded)
      }
      server.clock.advance(seconds * 1000 - 1)
      expect(await wrong(hiding, name), `after ${seconds} s less a millisecond`).toEqual(exceeded)
      server.clock.advance(1)
      expect(await wrong(hiding, name), `after ${seconds} s`).toEqual(incorrect)
    }
    server.clock.reset()
  })

  it('ends with the right password after the lock, and the count begins anew', async () => {
    await makeUser(server, pool.UserPoolId, 'lock-ends')
    for (let failure = 1; failure <= 5; failure += 1) await wrong(pool, 'lock-ends')
    expect(await wrong(pool, 'lock-ends')).toEqual(exceeded)
    server.clock.advance(1000)
    await server.ok('InitiateAuth', withPassword(pool, 'lock-ends'))
    for (let failure = 1; failure <= 5; failure += 1) expect(await wrong(pool, 'lock-ends')).toEqual(incorrect)
    expect(await wrong(pool, 'lock-ends')).toEqual(exceeded)
    server.clock.reset()
  })

  it('is forgotten after 15 minutes without an attempt', async () => {
    await makeUser(server, pool.UserPoolId, 'lock-forgotten')
    for (let failure = 1; failure <= 4; failure += 1) await wrong(pool, 'lock-forgotten')
    server.clock.advance(15 * 60_000 + 1)
    for (let failure = 1; failure <= 5; failure += 1) expect(await wrong(pool, 'lock-forgotten')).toEqual(incorrect)
    expect(await wrong(pool, 'lock-forgotten')).toEqual(exceeded)
    server.clock.reset()
  })

  it('holds for all names of a user, all clients and both operations', async () => {
    const made = await newPool({ AliasAttributes: ['email'] })
    const second = await makeClient(server, made.UserPoolId)
    await makeUser(server, made.UserPoolId, 'lena', { email: 'lena@example.org', email_verified: 'true' })
    const admin = { UserPoolId: made.UserPoolId, ClientId: made.ClientId, AuthFlow: 'ADMIN_USER_PASSWORD_AUTH' }
    await wrong(made, 'lena')
    await wrong(second, 'lena@example.org')
    await wrong(second, 'lena')
    const AuthParameters = { USERNAME: 'lena', PASSWORD: 'Wrong-Horse-7' }
    await server.refused('AdminInitiateAuth', { ...admin, AuthParameters })
    await server.refused('AdminInitiateAuth', { ...admin, AuthParameters })
    expect(await wrong(made, 'lena@example.org')).toEqual(exceeded)
    expect(await server.refused('AdminInitiateAuth', { ...admin, AuthParameters: { USERNAME: 'lena', PASSWORD: password } })).toEqual(
      exceeded,
    )
  })
})

describe('functions that can not be called keep everybody out, by name', () => {
  const lambda = 'arn:aws:lambda:us-east-1:000000000000:function:f'

  it.each(['PreAuthentication', 'PostAuthentication', 'PreTokenGeneration'])('the trigger %s', async (trigger) => {
    const made = await newPool({})
    await makeUser(server, made.UserPoolId, 'una')
    await changePool(server, made.UserPoolId, { LambdaConfig: { [trigger]: lambda } })
    const [type, message] = await server.refused('InitiateAuth', withPassword(made, 'una'))
    expect(type).toBe('UnexpectedLambdaException')
    expect(message).toContain(trigger)
  })

  it('the trigger UserMigration, which is asked about unknown users only', async () => {
    const made = await newPool({})
    const hidden = await makeClient(server, made.UserPoolId, { PreventUserExistenceErrors: 'ENABLED' })
    await makeUser(server, made.UserPoolId, 'una')
    await changePool(server, made.UserPoolId, { LambdaConfig: { UserMigration: lambda } })
    const [type, message] = await server.refused('InitiateAuth', withPassword(made, 'nobody'))
    expect(type).toBe('UnexpectedLambdaException')
    expect(message).toContain('UserMigration')
    // Where existence is hidden, the name of the trigger would tell.
    expect(await server.refused('InitiateAuth', withPassword(hidden, 'nobody'))).toEqual([
      'NotAuthorizedException',
      'Incorrect username or password.',
    ])
    for (const client of [made, hidden]) await server.ok('InitiateAuth', withPassword(client, 'una'))
  })
})
