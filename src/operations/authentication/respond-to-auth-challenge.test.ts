import { createHmac } from 'node:crypto'
import { createRequire } from 'node:module'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createHarness, type Harness } from '../../../tests/support/harness.ts'
import { type MadePool, makeClient, makePool } from '../../../tests/support/make-pool.ts'
import { inviteUser, makeUser, password, temporaryPassword } from '../../../tests/support/make-user.ts'
import { createSrpClient, type SrpSlips, timestampOf } from '../../../tests/support/srp-client.ts'
import { tokenParts } from '../../../tests/support/token-parts.ts'
import { secretHash } from '../../crypto/secret-hash.ts'

let server: Harness
let pool: MadePool
let hiding: MadePool

const unsigned = { unsigned: true }
const incorrect = ['NotAuthorizedException', 'Incorrect username or password.']
const ownPassword = 'My-Own-Horse-8'

beforeAll(async () => {
  server = await createHarness()
  pool = await makePool(server)
  hiding = await makeClient(server, pool.UserPoolId, { PreventUserExistenceErrors: 'ENABLED' })
  await makeUser(server, pool.UserPoolId, 'ana')
})
afterAll(() => server.close())

const beginSrp = async (made: MadePool, USERNAME: string, more: Record<string, string> = {}) => {
  const srp = createSrpClient(made.UserPoolId)
  const begun = await server.ok(
    'InitiateAuth',
    { ClientId: made.ClientId, AuthFlow: 'USER_SRP_AUTH', AuthParameters: { USERNAME, SRP_A: srp.srpA, ...more } },
    unsigned,
  )
  return { begun, srp }
}

const verifier = ({ ClientId }: MadePool, ChallengeResponses: Record<string, string>) => ({
  ClientId,
  ChallengeName: 'PASSWORD_VERIFIER',
  ChallengeResponses,
})

const answerFor = async (made: MadePool, username: string, given = password, slips: SrpSlips = {}) => {
  const { begun, srp } = await beginSrp(made, username)
  return verifier(made, srp.answer(begun.ChallengeParameters, given, server.clock.now(), slips))
}

describe('PASSWORD_VERIFIER', () => {
  it('is asked in the form that clients read', async () => {
    const { begun } = await beginSrp(pool, 'ana')
    expect(Object.keys(begun).sort()).toEqual(['ChallengeName', 'ChallengeParameters'])
    expect(begun.ChallengeName).toBe('PASSWORD_VERIFIER')
    expect(begun.ChallengeParameters).toEqual({
      SALT: expect.stringMatching(/^[0-9a-f]{32}$/),
      SRP_B: expect.stringMatching(/^[0-9a-f]{700,768}$/),
      SECRET_BLOCK: expect.stringMatching(/^[A-Za-z0-9+/]+=*$/),
      USERNAME: 'ana',
      USER_ID_FOR_SRP: 'ana',
    })
  })

  it('signs in with the proof', async () => {
    const body = await server.ok('RespondToAuthChallenge', await answerFor(pool, 'ana'), unsigned)
    expect(body.ChallengeParameters).toEqual({})
    expect(tokenParts(body.AuthenticationResult.AccessToken).payload).toMatchObject({ username: 'ana', amr: ['pwd'] })
  })

  it("signs in with AWS's own client arithmetic", async () => {
    type Callback<T> = (error: unknown, value: T) => void
    interface Helper {
      getLargeAValue(callback: Callback<{ toString(radix: number): string }>): void
      getPasswordAuthenticationKey(user: string, password: string, B: unknown, salt: unknown, callback: Callback<Buffer>): void
    }
    const require = createRequire(import.meta.url)
    const AuthenticationHelper = require('amazon-cognito-identity-js/lib/AuthenticationHelper.js').default
    const BigInteger = require('amazon-cognito-identity-js/lib/BigInteger.js').default
    const DateHelper = require('amazon-cognito-identity-js/lib/DateHelper.js').default
    server.clock.set(Date.now())
    const helper: Helper = new AuthenticationHelper(pool.UserPoolId.split('_')[1])
    const A = await new Promise<string>((resolve) => helper.getLargeAValue((_, value) => resolve(value.toString(16))))
    const { ChallengeParameters: asked } = await server.ok('InitiateAuth', {
      ClientId: pool.ClientId,
      AuthFlow: 'USER_SRP_AUTH',
      AuthParameters: { USERNAME: 'ana', SRP_A: A },
    })
    const [B, salt] = [new BigInteger(asked.SRP_B, 16), new BigInteger(asked.SALT, 16)]
    const key = await new Promise<Buffer>((resolve, reject) => {
      const done: Callback<Buffer> = (error, value) => (error ? reject(error) : resolve(value))
      helper.getPasswordAuthenticationKey(asked.USER_ID_FOR_SRP, password, B, salt, done)
    })
    // The client's own clock, in its own words.
    const timestamp: string = new DateHelper().getNowString()
    const signature = createHmac('sha256', key)
      .update(`${pool.UserPoolId.split('_')[1]}${asked.USER_ID_FOR_SRP}`)
      .update(Buffer.from(asked.SECRET_BLOCK, 'base64'))
      .update(timestamp)
      .digest('base64')
    const answer = verifier(pool, {
      USERNAME: asked.USERNAME,
      PASSWORD_CLAIM_SECRET_BLOCK: asked.SECRET_BLOCK,
      PASSWORD_CLAIM_SIGNATURE: signature,
      TIMESTAMP: timestamp,
    })
    expect((await server.ok('RespondToAuthChallenge', answer)).AuthenticationResult).toBeDefined()
    server.clock.reset()
  })

  it('names the user name, also where the user came by an alias or an address', async () => {
    const byAlias = await makePool(server, { AliasAttributes: ['email'] })
    await makeUser(server, byAlias.UserPoolId, 'mia', { email: 'mia@example.org', email_verified: 'true' })
    const { begun } = await beginSrp(byAlias, 'mia@example.org')
    expect(begun.ChallengeParameters).toMatchObject({ USERNAME: 'mia', USER_ID_FOR_SRP: 'mia' })
    expect((await server.ok('RespondToAuthChallenge', await answerFor(byAlias, 'mia@example.org'))).AuthenticationResult).toBeDefined()

    const byAddress = await makePool(server, { UsernameAttributes: ['email'] })
    const sub = await makeUser(server, byAddress.UserPoolId, 'lea@example.org')
    const other = await beginSrp(byAddress, 'lea@example.org')
    expect(other.begun.ChallengeParameters).toMatchObject({ USERNAME: sub, USER_ID_FOR_SRP: sub })
    // The name that was typed is as good an answer as the one that was shown.
    for (const slips of [{}, { username: 'lea@example.org' }]) {
      const answer = await answerFor(byAddress, 'lea@example.org', password, slips)
      expect((await server.ok('RespondToAuthChallenge', answer)).AuthenticationResult).toBeDefined()
    }
  })

  it('wants a secret hash over the name in the answer', async () => {
    const made = await makePool(server, { UsernameAttributes: ['email'] }, { GenerateSecret: true })
    const sub = await makeUser(server, made.UserPoolId, 'lea@example.org')
    const hash = (name: string) => secretHash(name, made.ClientId, made.ClientSecret)
    const { begun, srp } = await beginSrp(made, 'lea@example.org', { SECRET_HASH: hash('lea@example.org') })
    const answer = srp.answer(begun.ChallengeParameters, password, server.clock.now())
    expect(await server.refused('RespondToAuthChallenge', verifier(made, answer))).toEqual([
      'NotAuthorizedException',
      `Client ${made.ClientId} is configured with secret but SECRET_HASH was not received`,
    ])
    expect(await server.refused('RespondToAuthChallenge', verifier(made, { ...answer, SECRET_HASH: hash('lea@example.org') }))).toEqual([
      'NotAuthorizedException',
      `Unable to verify secret hash for client ${made.ClientId}`,
    ])
    const body = await server.ok('RespondToAuthChallenge', verifier(made, { ...answer, SECRET_HASH: hash(sub) }))
    expect(body.AuthenticationResult).toBeDefined()
  })

  it('leads to NEW_PASSWORD_REQUIRED after a temporary password, and that to tokens', async () => {
    await inviteUser(server, pool.UserPoolId, 'srp-new')
    const asked = await server.ok('RespondToAuthChallenge', await answerFor(pool, 'srp-new', temporaryPassword))
    expect(asked.ChallengeName).toBe('NEW_PASSWORD_REQUIRED')
    expect(asked).not.toHaveProperty('AuthenticationResult')
    const body = await server.ok('RespondToAuthChallenge', {
      ClientId: pool.ClientId,
      ChallengeName: 'NEW_PASSWORD_REQUIRED',
      Session: asked.Session,
      ChallengeResponses: { USERNAME: 'srp-new', NEW_PASSWORD: ownPassword },
    })
    expect(body.AuthenticationResult).toBeDefined()
    expect((await server.ok('RespondToAuthChallenge', await answerFor(pool, 'srp-new', ownPassword))).AuthenticationResult).toBeDefined()
  })

  it.each<[string, string, SrpSlips]>([
    ['a wrong password', 'Wrong-Horse-7', {}],
    ['another user id in the proof', password, { userId: 'eva' }],
    ["another pool's name in the proof", password, { poolName: 'other' }],
    ['another user name', password, { username: 'eva' }],
    ['no timestamp of the form', password, { timestamp: '2026-01-15T12:00:00Z' }],
    ['a timestamp six minutes old', password, { timestamp: timestampOf(Date.UTC(2026, 0, 15, 11, 54)) }],
    ['a timestamp six minutes ahead', password, { timestamp: timestampOf(Date.UTC(2026, 0, 15, 12, 6)) }],
  ])('refuses %s', async (_, given, slips) => {
    const username = `srp-slip-${given.length}-${Object.entries(slips).join('').replaceAll(/\W/g, '')}`
    await makeUser(server, pool.UserPoolId, username)
    for (const made of [pool, hiding]) {
      expect(await server.refused('RespondToAuthChallenge', await answerFor(made, username, given, slips))).toEqual(incorrect)
    }
  })

  it('takes clocks that are a few minutes off', async () => {
    for (const minutes of [-4, 4]) {
      const timestamp = timestampOf(server.clock.now() + minutes * 60_000)
      const body = await server.ok('RespondToAuthChallenge', await answerFor(pool, 'ana', password, { timestamp }))
      expect(body.AuthenticationResult).toBeDefined()
    }
  })

  it('is good once, and only for AuthSessionValidity', async () => {
    const answer = await answerFor(pool, 'ana')
    await server.ok('RespondToAuthChallenge', answer)
    expect(await server.refused('RespondToAuthChallenge', answer)).toEqual([
      'NotAuthorizedException',
      'Invalid session for the user, session can only be used once.',
    ])
    const late = await answerFor(pool, 'ana')
    server.clock.advance(3 * 60_000)
    expect(await server.refused('RespondToAuthChallenge', late)).toEqual([
      'NotAuthorizedException',
      'Invalid session for the user, session is expired.',
    ])
    server.clock.reset()
  })

  it.each(['USERNAME', 'PASSWORD_CLAIM_SECRET_BLOCK', 'PASSWORD_CLAIM_SIGNATURE', 'TIMESTAMP'])('needs %s', async (name) => {
    const { ChallengeResponses, ...rest } = await answerFor(pool, 'ana')
    const { [name]: _, ...less } = ChallengeResponses
    expect(await server.refused('RespondToAuthChallenge', { ...rest, ChallengeResponses: less })).toEqual([
      'InvalidParameterException',
      `Missing required parameter ${name}`,
    ])
  })

  it('counts towards the lock-out, and respects it', async () => {
    await makeUser(server, pool.UserPoolId, 'srp-lock')
    for (let failure = 1; failure <= 5; failure += 1) {
      expect(await server.refused('RespondToAuthChallenge', await answerFor(pool, 'srp-lock', 'Wrong-Horse-7'))).toEqual(incorrect)
    }
    expect(await server.refused('RespondToAuthChallenge', await answerFor(pool, 'srp-lock'))).toEqual([
      'NotAuthorizedException',
      'Password attempts exceeded',
    ])
    server.clock.advance(1000)
    expect((await server.ok('RespondToAuthChallenge', await answerFor(pool, 'srp-lock'))).AuthenticationResult).toBeDefined()
    server.clock.reset()
  })

  it('tells the state of the user where sign-in with the password does', async () => {
    await server.ok('SignUp', { ClientId: pool.ClientId, Username: 'srp-unconfirmed', Password: password })
    await makeUser(server, pool.UserPoolId, 'srp-disabled')
    await server.ok('AdminDisableUser', { UserPoolId: pool.UserPoolId, Username: 'srp-disabled' })
    for (const [username, type, message] of [
      ['srp-unconfirmed', 'UserNotConfirmedException', 'User is not confirmed.'],
      ['srp-disabled', 'NotAuthorizedException', 'User is disabled.'],
    ] as const) {
      for (const made of [pool, hiding]) {
        expect(await server.refused('RespondToAuthChallenge', await answerFor(made, username))).toEqual([type, message])
      }
      expect(await server.refused('RespondToAuthChallenge', await answerFor(hiding, username, 'Wrong-Horse-7'))).toEqual(incorrect)
    }
  })
})

describe('NEW_PASSWORD_REQUIRED', () => {
  const invite = async (made: MadePool, username: string, attributes: Record<string, string> = {}) => {
    await inviteUser(server, made.UserPoolId, username, attributes)
    return server.ok(
      'InitiateAuth',
      {
        ClientId: made.ClientId,
        AuthFlow: 'USER_PASSWORD_AUTH',
        AuthParameters: { USERNAME: username, PASSWORD: temporaryPassword },
      },
      unsigned,
    )
  }
  const response = (made: MadePool, Session: string | undefined, ChallengeResponses: Record<string, string>) => ({
    ClientId: made.ClientId,
    ChallengeName: 'NEW_PASSWORD_REQUIRED',
    ...(Session === undefined ? {} : { Session }),
    ChallengeResponses,
  })
  const attributesOf = async (made: MadePool, Username: string): Promise<Record<string, string>> => {
    const { UserAttributes } = await server.ok('AdminGetUser', { UserPoolId: made.UserPoolId, Username })
    return Object.fromEntries(UserAttributes.map(({ Name, Value }: { Name: string; Value: string }) => [Name, Value]))
  }

  it('is asked with what is there and what is missing', async () => {
    const required = (Name: string) => ({ Name, AttributeDataType: 'String' as const, Required: true, Mutable: true })
    const made = await makePool(server, { Schema: [required('given_name'), required('email')] })
    const asked = await invite(made, 'new', { email: 'new@example.org', email_verified: 'true' })
    expect(Object.keys(asked).sort()).toEqual(['ChallengeName', 'ChallengeParameters', 'Session'])
    expect(asked.ChallengeName).toBe('NEW_PASSWORD_REQUIRED')
    expect(Object.keys(asked.ChallengeParameters).sort()).toEqual(['USER_ID_FOR_SRP', 'requiredAttributes', 'userAttributes'])
    expect(asked.ChallengeParameters.USER_ID_FOR_SRP).toBe('new')
    expect(JSON.parse(asked.ChallengeParameters.requiredAttributes)).toEqual(['userAttributes.given_name'])
    expect(JSON.parse(asked.ChallengeParameters.userAttributes)).toEqual({ email: 'new@example.org', email_verified: 'true' })
    expect(asked.Session.length).toBeLessThanOrEqual(1536)

    const without = response(made, asked.Session, { USERNAME: 'new', NEW_PASSWORD: ownPassword })
    expect(await server.refused('RespondToAuthChallenge', without)).toEqual([
      'InvalidParameterException',
      'Invalid attributes given, given_name is missing',
    ])
    const body = await server.ok('RespondToAuthChallenge', {
      ...without,
      ChallengeResponses: { ...without.ChallengeResponses, 'userAttributes.given_name': 'Nea' },
    })
    expect(tokenParts(body.AuthenticationResult.IdToken).payload).toMatchObject({ given_name: 'Nea' })
    expect((await server.ok('AdminGetUser', { UserPoolId: made.UserPoolId, Username: 'new' })).UserStatus).toBe('CONFIRMED')
  })

  it('sets the password: the new one signs in, the temporary one does not', async () => {
    const asked = await invite(pool, 'np-set')
    await server.ok('RespondToAuthChallenge', response(pool, asked.Session, { USERNAME: 'np-set', NEW_PASSWORD: ownPassword }), unsigned)
    const signIn = (PASSWORD: string) => ({
      ClientId: pool.ClientId,
      AuthFlow: 'USER_PASSWORD_AUTH',
      AuthParameters: { USERNAME: 'np-set', PASSWORD },
    })
    expect((await server.ok('InitiateAuth', signIn(ownPassword))).AuthenticationResult).toBeDefined()
    expect(await server.refused('InitiateAuth', signIn(temporaryPassword))).toEqual(incorrect)
  })

  it('shows no attribute that the client may not read', async () => {
    const made = await makeClient(server, pool.UserPoolId, { ReadAttributes: ['given_name'] })
    const asked = await invite(made, 'np-read', { email: 'np@example.org', given_name: 'Nea' })
    expect(JSON.parse(asked.ChallengeParameters.userAttributes)).toEqual({ given_name: 'Nea' })
  })

  it('takes back what it showed, and writes what is new', async () => {
    const asked = await invite(pool, 'np-echo', { email: 'echo@example.org', email_verified: 'true', given_name: 'Eko' })
    const shown = Object.entries<string>(JSON.parse(asked.ChallengeParameters.userAttributes))
    const echoed = Object.fromEntries(shown.map(([name, value]) => [`userAttributes.${name}`, value]))
    const answer = { USERNAME: 'np-echo', NEW_PASSWORD: ownPassword, ...echoed, 'userAttributes.given_name': 'Echo' }
    await server.ok('RespondToAuthChallenge', response(pool, asked.Session, answer))
    expect(await attributesOf(pool, 'np-echo')).toMatchObject({ email: 'echo@example.org', email_verified: 'true', given_name: 'Echo' })
  })

  it.each<[string, string, string]>([
    ['the same value', 'email', 'full@example.org'],
    ['another value', 'given_name', 'Other'],
    ['an empty value', 'given_name', ''],
  ])('refuses a required attribute that has a value: %s of %s', async (_, name, value) => {
    const required = (Name: string) => ({ Name, AttributeDataType: 'String' as const, Required: true, Mutable: true })
    const made = await makePool(server, { Schema: [required('given_name'), required('email'), required('family_name')] })
    const asked = await invite(made, 'full', { email: 'full@example.org', given_name: 'Full' })
    const answer = { USERNAME: 'full', NEW_PASSWORD: ownPassword, 'userAttributes.family_name': 'Name' }
    const again = response(made, asked.Session, { ...answer, [`userAttributes.${name}`]: value })
    expect(await server.refused('RespondToAuthChallenge', again)).toEqual([
      'NotAuthorizedException',
      `Cannot modify an already provided ${name}`,
    ])
    expect((await server.ok('RespondToAuthChallenge', response(made, asked.Session, answer))).AuthenticationResult).toBeDefined()
  })

  it('takes no change of case for a change where case does not count, and writes lower case', async () => {
    const open = await makePool(server, { UsernameConfiguration: { CaseSensitive: false } })
    const asked = await invite(open, 'np-case', { email: 'case@example.org', email_verified: 'true' })
    const given = { 'userAttributes.email': 'Case@Example.org', 'userAttributes.preferred_username': 'Case' }
    await server.ok('RespondToAuthChallenge', response(open, asked.Session, { USERNAME: 'NP-Case', NEW_PASSWORD: ownPassword, ...given }))
    const attributes = { email: 'case@example.org', email_verified: 'true', preferred_username: 'case' }
    expect(await attributesOf(open, 'np-case')).toMatchObject(attributes)
  })

  it('does not let a new e-mail address count as verified', async () => {
    const asked = await invite(pool, 'np-mail', { email: 'old@example.org', email_verified: 'true' })
    const answer = { USERNAME: 'np-mail', NEW_PASSWORD: ownPassword, 'userAttributes.email': 'new@example.org' }
    await server.ok('RespondToAuthChallenge', response(pool, asked.Session, answer))
    expect(await attributesOf(pool, 'np-mail')).toMatchObject({ email: 'new@example.org', email_verified: 'false' })
  })

  it.each<[string, Parameters<typeof makePool>[1]]>([
    ['required', { Schema: [{ Name: 'email', AttributeDataType: 'String', Required: true, Mutable: true }] }],
    ['the sign-in name', { UsernameAttributes: ['email'] }],
    [
      'to be verified before it changes',
      { AutoVerifiedAttributes: ['email'], UserAttributeUpdateSettings: { AttributesRequireVerificationBeforeUpdate: ['email'] } },
    ],
  ])('does not replace an e-mail address that is %s', async (_, settings) => {
    const made = await makePool(server, settings)
    const username = settings?.UsernameAttributes === undefined ? 'kept' : 'kept@example.org'
    const asked = await invite(made, username, { email: 'kept@example.org' })
    const answer = { USERNAME: username, NEW_PASSWORD: ownPassword, 'userAttributes.email': 'other@example.org' }
    expect(await server.refused('RespondToAuthChallenge', response(made, asked.Session, answer))).toEqual([
      'NotAuthorizedException',
      'Cannot modify an already provided email',
    ])
    expect((await attributesOf(made, username))['email']).toBe('kept@example.org')
  })

  it.each<[string, Record<string, string>, Parameters<typeof makeClient>[2]]>([
    ['outside WriteAttributes', { family_name: 'X' }, { WriteAttributes: ['given_name'] }],
    ['email_verified', { email_verified: 'true' }, {}],
    ['sub', { sub: 'x' }, {}],
  ])('refuses to write %s', async (name, attributes, settings) => {
    const made = await makeClient(server, pool.UserPoolId, settings)
    const username = `np-write-${name.replaceAll(' ', '-')}`
    const asked = await invite(made, username)
    const given = Object.fromEntries(Object.entries(attributes).map(([key, value]) => [`userAttributes.${key}`, value]))
    expect(
      await server.refused(
        'RespondToAuthChallenge',
        response(made, asked.Session, { USERNAME: username, NEW_PASSWORD: ownPassword, ...given }),
      ),
    ).toEqual(['NotAuthorizedException', 'A client attempted to write unauthorized attribute'])
  })

  it('refuses a preferred_username in the form of an address where both sign in', async () => {
    const made = await makePool(server, { AliasAttributes: ['email', 'preferred_username'] })
    const asked = await invite(made, 'pre')
    const answer = { USERNAME: 'pre', NEW_PASSWORD: ownPassword, 'userAttributes.preferred_username': 'victim@example.org' }
    expect((await server.refused('RespondToAuthChallenge', response(made, asked.Session, answer)))[0]).toBe('InvalidParameterException')
  })

  it('refuses a weak password, and the session goes on', async () => {
    const asked = await invite(pool, 'np-weak')
    const weak = response(pool, asked.Session, { USERNAME: 'np-weak', NEW_PASSWORD: 'short' })
    expect(await server.refused('RespondToAuthChallenge', weak)).toEqual([
      'InvalidPasswordException',
      'Password did not conform with policy: Password not long enough',
    ])
    await server.ok('RespondToAuthChallenge', response(pool, asked.Session, { USERNAME: 'np-weak', NEW_PASSWORD: ownPassword }))
  })

  it('refuses the temporary password where the pool remembers passwords', async () => {
    const PasswordPolicy = { MinimumLength: 8, PasswordHistorySize: 3 }
    const made = await makePool(server, { Policies: { PasswordPolicy } })
    const asked = await invite(made, 'hist')
    expect(
      await server.refused('RespondToAuthChallenge', response(made, asked.Session, { USERNAME: 'hist', NEW_PASSWORD: temporaryPassword })),
    ).toEqual(['PasswordHistoryPolicyViolationException', 'Password has previously been used'])
  })

  it.each(['USERNAME', 'NEW_PASSWORD', 'Session'])('needs %s', async (name) => {
    const asked = await invite(pool, `np-needs-${name}`)
    const answer: Record<string, string> = { USERNAME: `np-needs-${name}`, NEW_PASSWORD: ownPassword }
    delete answer[name]
    const session = name === 'Session' ? undefined : asked.Session
    expect(await server.refused('RespondToAuthChallenge', response(pool, session, answer))).toEqual([
      'InvalidParameterException',
      `Missing required parameter ${name}`,
    ])
  })
})

describe('RespondToAuthChallenge refuses', () => {
  it('challenges that it never asks', async () => {
    const input = {
      ClientId: pool.ClientId,
      ChallengeName: 'ADMIN_NO_SRP_AUTH',
      ChallengeResponses: { USERNAME: 'ana', PASSWORD: password },
    }
    expect(await server.refused('RespondToAuthChallenge', input)).toEqual([
      'InvalidParameterException',
      "The challenge ADMIN_NO_SRP_AUTH can't be answered.",
    ])
  })

  it('an answer without responses', async () => {
    expect(await server.refused('RespondToAuthChallenge', { ClientId: pool.ClientId, ChallengeName: 'PASSWORD_VERIFIER' })).toEqual([
      'InvalidParameterException',
      'Missing required parameter USERNAME',
    ])
  })

  it('an app client that does not exist', async () => {
    const input = { ClientId: 'nosuchclient', ChallengeName: 'PASSWORD_VERIFIER', ChallengeResponses: { USERNAME: 'ana' } }
    expect(await server.refused('RespondToAuthChallenge', input)).toEqual([
      'ResourceNotFoundException',
      'User pool client nosuchclient does not exist.',
    ])
  })
})
