import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { changePool } from '../../tests/support/change-settings.ts'
import { createHarness, type Harness } from '../../tests/support/harness.ts'
import { type MadePool, makeClient, makePool } from '../../tests/support/make-pool.ts'
import { inviteUser, makeUser, password, temporaryPassword } from '../../tests/support/make-user.ts'
import { makeMfaPool, makeTokenUser } from '../../tests/support/mfa-pool.ts'
import { createSrpClient } from '../../tests/support/srp-client.ts'
import { tokenParts } from '../../tests/support/token-parts.ts'

let server: Harness
let pool: MadePool
let hiding: MadePool

const ExplicitAuthFlows = ['ALLOW_USER_AUTH' as const]
const Policies = { SignInPolicy: { AllowedFirstAuthFactors: ['PASSWORD' as const, 'EMAIL_OTP' as const, 'SMS_OTP' as const] } }

const SmsConfiguration = { SnsCallerArn: 'arn:aws:iam::000000000000:role/sms' }

beforeAll(async () => {
  server = await createHarness()
  pool = await makePool(server, { Policies, SmsConfiguration, AutoVerifiedAttributes: ['email'] }, { ExplicitAuthFlows })
  hiding = await makeClient(server, pool.UserPoolId, { ExplicitAuthFlows, PreventUserExistenceErrors: 'ENABLED' })
  await makeUser(server, pool.UserPoolId, 'ana', { email: 'ana@example.org', email_verified: 'true' })
  await makeUser(server, pool.UserPoolId, 'bob')
})
afterAll(() => server.close())

const begin = (USERNAME: string, more: Record<string, string> = {}, made: MadePool = pool) => ({
  ClientId: made.ClientId,
  AuthFlow: 'USER_AUTH',
  AuthParameters: { USERNAME, ...more },
})

const answer = (ChallengeName: string, Session: string, more: Record<string, string>, USERNAME = 'ana', made: MadePool = pool) => ({
  ClientId: made.ClientId,
  ChallengeName,
  Session,
  ChallengeResponses: { USERNAME, ...more },
})

const incorrect = ['NotAuthorizedException', 'Incorrect username or password.']

describe('choice-based sign-in', () => {
  it('lists what the user can choose from', async () => {
    const body = await server.ok('InitiateAuth', begin('ana'))
    expect(body).toEqual({
      ChallengeName: 'SELECT_CHALLENGE',
      ChallengeParameters: {},
      AvailableChallenges: ['PASSWORD_SRP', 'PASSWORD', 'EMAIL_OTP'],
      Session: expect.stringMatching(/^AYAB/),
    })
  })

  it('takes a chosen password with the choice or after it', async () => {
    const { Session } = await server.ok('InitiateAuth', begin('ana'))
    expect(
      await server.refused(
        'RespondToAuthChallenge',
        answer('SELECT_CHALLENGE', Session, { ANSWER: 'PASSWORD', PASSWORD: 'Wrong-Horse-7' }),
      ),
    ).toEqual(incorrect)
    const done = await server.ok('RespondToAuthChallenge', answer('SELECT_CHALLENGE', Session, { ANSWER: 'PASSWORD', PASSWORD: password }))
    expect(tokenParts(done.AuthenticationResult.IdToken).payload).toMatchObject({ amr: ['pwd'] })
    expect(
      (await server.refused('RespondToAuthChallenge', answer('SELECT_CHALLENGE', Session, { ANSWER: 'PASSWORD', PASSWORD: password })))[1],
    ).toBe('Invalid session for the user, session can only be used once.')
    const again = await server.ok('InitiateAuth', begin('ana'))
    const asked = await server.ok('RespondToAuthChallenge', answer('SELECT_CHALLENGE', again.Session, { ANSWER: 'PASSWORD' }))
    expect(asked.ChallengeName).toBe('PASSWORD')
    expect(
      (await server.ok('RespondToAuthChallenge', answer('PASSWORD', asked.Session, { PASSWORD: password }))).AuthenticationResult,
    ).toBeDefined()
  })

  it('signs in at once where the preferred challenge is a password that came along', async () => {
    const body = await server.ok('InitiateAuth', begin('ana', { PREFERRED_CHALLENGE: 'PASSWORD', PASSWORD: password }))
    expect(body.AuthenticationResult.TokenType).toBe('Bearer')
    expect(await server.refused('InitiateAuth', begin('ana', { PREFERRED_CHALLENGE: 'PASSWORD', PASSWORD: 'Wrong-Horse-7' }))).toEqual(
      incorrect,
    )
  })

  it.each(['preferred', 'chosen', 'answered'])('proves the password by SRP, %s', async (way) => {
    const srp = createSrpClient(pool.UserPoolId)
    const begun = await server.ok(
      'InitiateAuth',
      begin('ana', way === 'preferred' ? { PREFERRED_CHALLENGE: 'PASSWORD_SRP', SRP_A: srp.srpA } : {}),
    )
    const verifier =
      way === 'preferred'
        ? begun
        : await server.ok(
            'RespondToAuthChallenge',
            way === 'chosen'
              ? answer('SELECT_CHALLENGE', begun.Session, { ANSWER: 'PASSWORD_SRP', SRP_A: srp.srpA })
              : answer('PASSWORD_SRP', begun.Session, { SRP_A: srp.srpA }),
          )
    expect(verifier).toMatchObject({ ChallengeName: 'PASSWORD_VERIFIER', Session: expect.any(String) })
    const done = await server.ok('RespondToAuthChallenge', {
      ClientId: pool.ClientId,
      ChallengeName: 'PASSWORD_VERIFIER',
      ...(way === 'preferred' && { Session: verifier.Session }),
      ChallengeResponses: srp.answer(verifier.ChallengeParameters, password, server.clock.now()),
    })
    expect(done.AuthenticationResult).toBeDefined()
  })

  it('wants SRP_A with a preferred SRP', async () => {
    expect(await server.refused('InitiateAuth', begin('ana', { PREFERRED_CHALLENGE: 'PASSWORD_SRP' }))).toEqual([
      'InvalidParameterException',
      'Missing required parameter SRP_A',
    ])
  })

  it('sends a code of eight digits where e-mail is preferred, and verifies the address with it', async () => {
    await makeUser(server, pool.UserPoolId, 'kim', { email: 'kim@example.org' })
    const body = await server.ok('InitiateAuth', begin('kim', { PREFERRED_CHALLENGE: 'EMAIL_OTP' }))
    expect(body).toMatchObject({
      ChallengeName: 'EMAIL_OTP',
      ChallengeParameters: { CODE_DELIVERY_DELIVERY_MEDIUM: 'EMAIL', CODE_DELIVERY_DESTINATION: 'k***@e***' },
      AvailableChallenges: ['PASSWORD_SRP', 'PASSWORD', 'EMAIL_OTP'],
    })
    const code = server.codeSentTo('kim@example.org')
    expect(code).toMatch(/^\d{8}$/)
    const done = await server.ok('RespondToAuthChallenge', answer('EMAIL_OTP', body.Session, { EMAIL_OTP_CODE: code }, 'kim'))
    expect(tokenParts(done.AuthenticationResult.IdToken).payload).toMatchObject({
      amr: ['email_otp'],
      acr: 'urn:cognito:loa:2',
      email_verified: true,
    })
  })

  it('offers the list where the preferred challenge is not to be had, and refuses what is not on it', async () => {
    const body = await server.ok('InitiateAuth', begin('ana', { PREFERRED_CHALLENGE: 'WEB_AUTHN' }))
    expect(body.ChallengeName).toBe('SELECT_CHALLENGE')
    expect((await server.refused('RespondToAuthChallenge', answer('SELECT_CHALLENGE', body.Session, { ANSWER: 'SMS_OTP' })))[0]).toBe(
      'InvalidParameterException',
    )
    expect((await server.refused('RespondToAuthChallenge', answer('SELECT_CHALLENGE', body.Session, {})))[1]).toBe(
      'Missing required parameter ANSWER',
    )
  })

  it('gives somebody with a temporary password no other choice', async () => {
    await inviteUser(server, pool.UserPoolId, 'new', { email: 'new@example.org', email_verified: 'true' })
    const body = await server.ok('InitiateAuth', begin('new', { PREFERRED_CHALLENGE: 'EMAIL_OTP' }))
    expect(body.AvailableChallenges).toEqual(['PASSWORD_SRP', 'PASSWORD'])
    const next = await server.ok('InitiateAuth', begin('new', { PREFERRED_CHALLENGE: 'PASSWORD', PASSWORD: temporaryPassword }))
    expect(next.ChallengeName).toBe('NEW_PASSWORD_REQUIRED')
  })

  it('can not be told from what a name that nobody has is offered', async () => {
    const known = await server.ok('InitiateAuth', begin('ana', {}, hiding))
    let [nobody, unknown] = ['', known]
    for (let n = 0; n < 500 && (nobody === '' || String(unknown.AvailableChallenges) !== String(known.AvailableChallenges)); n += 1) {
      nobody = `n${n}@example.org`
      unknown = await server.ok('InitiateAuth', begin(nobody, {}, hiding))
    }
    expect({ ...unknown, Session: '' }).toEqual({ ...known, Session: '' })
    expect(unknown.Session).toHaveLength(known.Session.length)
    const asked = await server.ok('InitiateAuth', begin(nobody, { PREFERRED_CHALLENGE: 'EMAIL_OTP' }, hiding))
    expect(asked).toMatchObject({ ChallengeName: 'EMAIL_OTP', ChallengeParameters: { CODE_DELIVERY_DESTINATION: 'n***@e***' } })
    expect(server.mailbox?.messages(nobody)).toEqual([])
    const [type] = await server.refused(
      'RespondToAuthChallenge',
      answer('EMAIL_OTP', asked.Session, { EMAIL_OTP_CODE: '12345678' }, nobody, hiding),
    )
    expect(type).toBe('CodeMismatchException')
    expect(
      await server.refused(
        'RespondToAuthChallenge',
        answer('SELECT_CHALLENGE', unknown.Session, { ANSWER: 'PASSWORD', PASSWORD: password }, nobody, hiding),
      ),
    ).toEqual(incorrect)
    expect((await server.refused('InitiateAuth', begin(nobody)))[0]).toBe('UserNotFoundException')
  })

  it('is refused to a client that does not allow it', async () => {
    const made = await makeClient(server, pool.UserPoolId, { ExplicitAuthFlows: ['ALLOW_USER_SRP_AUTH'] })
    expect((await server.refused('InitiateAuth', begin('ana', {}, made)))[1]).toBe('USER_AUTH flow not enabled for this client')
  })
})

describe('signing in with the session of a confirmation', () => {
  const signedUp = async (Username: string, made = pool) => {
    await server.ok('SignUp', {
      ClientId: made.ClientId,
      Username,
      Password: password,
      UserAttributes: [{ Name: 'email', Value: `${Username}@example.org` }],
    })
    const ConfirmationCode = server.codeSentTo(`${Username}@example.org`)
    const { Session } = await server.ok('ConfirmSignUp', { ClientId: made.ClientId, Username, ConfirmationCode })
    return Session as string
  }

  it('answers tokens without another question, once', async () => {
    const Session = await signedUp('una')
    const { AuthenticationResult } = await server.ok('InitiateAuth', { ...begin('una'), Session })
    expect(tokenParts(AuthenticationResult.IdToken).payload).toMatchObject({ 'cognito:username': 'una', amr: ['email_otp'] })
    expect((await server.refused('InitiateAuth', { ...begin('una'), Session }))[1]).toBe(
      'Invalid session for the user, session can only be used once.',
    )
  })

  it('is for the name that it was made for', async () => {
    const Session = await signedUp('otra')
    const [type] = await server.refused('InitiateAuth', { ...begin('ana'), Session })
    expect(type).toBe('NotAuthorizedException')
    expect((await server.refused('InitiateAuth', { ...begin('nobody', {}, hiding), Session }))[0]).toBe('NotAuthorizedException')
    expect((await server.ok('InitiateAuth', { ...begin('otra'), Session })).AuthenticationResult).toBeDefined()
  })

  it('is over after the time of a session', async () => {
    const Session = await signedUp('due')
    server.clock.advance(3 * 60_000)
    expect((await server.refused('InitiateAuth', { ...begin('due'), Session }))[1]).toBe(
      'Invalid session for the user, session is expired.',
    )
  })

  it('asks where the user could not have signed in by such a code', async () => {
    const made = await makePool(server, { AutoVerifiedAttributes: ['email'] }, { ExplicitAuthFlows })
    const Session = await signedUp('tre', made)
    const body = await server.ok('InitiateAuth', { ...begin('tre', {}, made), Session })
    expect(body).toMatchObject({ ChallengeName: 'SELECT_CHALLENGE', AvailableChallenges: ['PASSWORD_SRP', 'PASSWORD'] })
  })
})

describe('step-up', () => {
  const level = (n: number) => `urn:cognito:loa:${n}`
  const tokens = async (USERNAME = 'ana') => {
    const { AuthenticationResult } = await server.ok(
      'InitiateAuth',
      begin(USERNAME, { PREFERRED_CHALLENGE: 'PASSWORD', PASSWORD: password }),
    )
    return AuthenticationResult.AccessToken as string
  }

  it('aims at the first level that can be reached', async () => {
    const body = await server.ok('InitiateAuth', begin('ana', { TARGET_ACR_VALUES: `${level(4)} ${level(2)} unknown` }))
    expect(body).toMatchObject({ ChallengeName: 'SELECT_CHALLENGE', AvailableChallenges: ['PASSWORD_SRP', 'PASSWORD', 'EMAIL_OTP'] })
    const asked = await server.ok('RespondToAuthChallenge', answer('SELECT_CHALLENGE', body.Session, { ANSWER: 'EMAIL_OTP' }))
    const done = await server.ok(
      'RespondToAuthChallenge',
      answer('EMAIL_OTP', asked.Session, { EMAIL_OTP_CODE: server.codeSentTo('ana@example.org') }),
    )
    expect(tokenParts(done.AuthenticationResult.AccessToken).payload).toMatchObject({ acr: level(2), amr: ['email_otp'] })
  })

  it('tells nobody who exists', async () => {
    const names = ['ana', ...Array.from({ length: 8 }, (_, place) => `nobody-${place}`)]
    const outcome = async (USERNAME: string, more: Record<string, string>) => {
      const { status, body } = await server.call('InitiateAuth', begin(USERNAME, { TARGET_ACR_VALUES: level(4), ...more }, hiding))
      return JSON.stringify([status, body.message, body.AvailableChallenges])
    }
    // Nobody has a software token where the pool knows none.
    expect(new Set(await Promise.all(names.map((name) => outcome(name, {}))))).toHaveLength(1)
    const { AccessToken } = (await server.ok('InitiateAuth', begin('bob', { PREFERRED_CHALLENGE: 'PASSWORD', PASSWORD: password }, hiding)))
      .AuthenticationResult
    for (const ACCESS_TOKEN of ['none', AccessToken]) {
      expect(new Set(await Promise.all(names.map((name) => outcome(name, { ACCESS_TOKEN }))))).toHaveLength(1)
    }
  })

  it('makes names that nobody has look like users with and without a software token', async () => {
    const made = await makeMfaPool(server, 'OPTIONAL', { client: { PreventUserExistenceErrors: 'ENABLED' } })
    await makeUser(server, made.UserPoolId, 'plain@example.org', { email: 'plain@example.org' })
    await makeTokenUser(server, made, 'tokened@example.org')
    const outcome = async (USERNAME: string) => {
      const { status, body } = await server.call('InitiateAuth', begin(USERNAME, { TARGET_ACR_VALUES: level(4) }, made))
      const { AvailableChallenges } = await server.ok('InitiateAuth', begin(USERNAME, {}, made))
      return JSON.stringify([status, body.message, body.AvailableChallenges, AvailableChallenges])
    }
    const real = await Promise.all(['plain@example.org', 'tokened@example.org'].map(outcome))
    const nobody = await Promise.all(Array.from({ length: 64 }, (_, place) => outcome(`nobody-${place}@example.org`)))
    expect([...new Set(nobody)].sort()).toEqual([...real].sort())
  })

  it('goes on from what a token says was proved', async () => {
    const ACCESS_TOKEN = await tokens()
    server.clock.advance(60_000)
    const parameters = { TARGET_ACR_VALUES: level(3), ACCESS_TOKEN, PREFERRED_CHALLENGE: 'EMAIL_OTP' }
    const asked = await server.ok('InitiateAuth', begin('ana', parameters))
    expect(asked.ChallengeName).toBe('EMAIL_OTP')
    const done = await server.ok(
      'RespondToAuthChallenge',
      answer('EMAIL_OTP', asked.Session, { EMAIL_OTP_CODE: server.codeSentTo('ana@example.org') }),
    )
    const [before, after] = [ACCESS_TOKEN, done.AuthenticationResult.AccessToken].map((token) => tokenParts(token).payload)
    expect(after).toMatchObject({ acr: level(3), amr: ['pwd', 'email_otp', 'mfa'], auth_time: before?.['auth_time'] })
    expect(done.AuthenticationResult.RefreshToken).toBeDefined()
    const stale = await server.ok('InitiateAuth', begin('ana', { ...parameters, MAX_AGE: '30' }))
    expect(stale.AvailableChallenges).toEqual(['PASSWORD_SRP', 'PASSWORD', 'EMAIL_OTP'])
    const code = { EMAIL_OTP_CODE: server.codeSentTo('ana@example.org') }
    const half = await server.ok('RespondToAuthChallenge', answer('EMAIL_OTP', stale.Session, code))
    // A code alone is the second level: nothing is issued on the way to the third.
    expect(half).toMatchObject({ ChallengeName: 'SELECT_CHALLENGE', AvailableChallenges: ['PASSWORD_SRP', 'PASSWORD'] })
  })

  it.each<[string, Record<string, string>, string]>([
    ['a level that is reached', { TARGET_ACR_VALUES: level(1) }, 'InvalidParameterException'],
    ['a level out of reach', { TARGET_ACR_VALUES: level(4) }, 'InvalidParameterException'],
    ['levels that are none', { TARGET_ACR_VALUES: 'gold silver' }, 'InvalidParameterException'],
    ['a token without a level', {}, 'InvalidParameterException'],
    ['an age that is no number', { TARGET_ACR_VALUES: level(2), MAX_AGE: 'soon' }, 'InvalidParameterException'],
  ])('refuses %s', async (_, parameters, type) => {
    expect(await server.refused('InitiateAuth', begin('ana', { ...parameters, ACCESS_TOKEN: await tokens() }))).toEqual([
      type,
      expect.any(String),
    ])
  })

  it('refuses the token of somebody else, and a LITE pool', async () => {
    await makeUser(server, pool.UserPoolId, 'eve', { email: 'eve@example.org', email_verified: 'true' })
    const parameters = { TARGET_ACR_VALUES: level(2), ACCESS_TOKEN: await tokens('eve') }
    expect((await server.refused('InitiateAuth', begin('ana', parameters)))[0]).toBe('NotAuthorizedException')
    const lite = await makePool(server, {}, { ExplicitAuthFlows })
    // A client keeps its flows when the pool changes to a lower plan behind it.
    await changePool(server, lite.UserPoolId, { UserPoolTier: 'LITE' })
    await makeUser(server, lite.UserPoolId, 'ana')
    expect((await server.refused('InitiateAuth', begin('ana', { TARGET_ACR_VALUES: level(1) }, lite)))[0]).toBe(
      'FeatureUnavailableInTierException',
    )
  })
})
