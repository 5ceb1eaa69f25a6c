import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { codeLifetimes } from '../../src/domain/quotas.ts'
import type { TriggerHandler } from '../../src/triggers/function-target.ts'
import { createAuthenticator } from '../support/authenticator.ts'
import { emailOf, makeChallengePool } from '../support/challenge-pool.ts'
import { changeClient, changePool } from '../support/change-settings.ts'
import { createHarness, type Harness } from '../support/harness.ts'
import { type MadePool, makeClient } from '../support/make-pool.ts'
import { makeUser, password } from '../support/make-user.ts'
import { creationOptions } from '../support/passkeys.ts'
import { accessTokenOf, signIn, tokensOf } from '../support/sign-in.ts'
import { pathFunctions, pathLambdaConfig } from '../support/sign-in-paths.ts'
import { signUpUser } from '../support/sign-up-user.ts'
import { trackSessions } from '../support/tracked-sessions.ts'

const minute = 60_000
const hour = 60 * minute
const day = 24 * hour

/** An answer so long that no Session carries it. */
const longAnswer = 'blue'.repeat(600)
const longFunctions: Record<string, TriggerHandler> = {
  ...pathFunctions,
  [pathLambdaConfig.CreateAuthChallenge]: (event) => ({
    ...event,
    response: { publicChallengeParameters: {}, privateChallengeParameters: { answer: longAnswer } },
  }),
}

/** What expires is refused the moment it does, whether housekeeping never comes or always just came. */
describe.each(['never', 'always'])('must-not-happen 09: where housekeeping %s ran', (comes) => {
  let server: Harness
  let pool: MadePool
  let users = 0
  let username: string
  let mail: string

  beforeAll(async () => {
    server = await createHarness({}, longFunctions)
    pool = await makeChallengePool(server, 'open', { AuthSessionValidity: 5 })
    await changePool(server, pool.UserPoolId, {
      AutoVerifiedAttributes: ['email'],
      AccountRecoverySetting: { RecoveryMechanisms: [{ Name: 'verified_email', Priority: 1 }] },
      UserAttributeUpdateSettings: { AttributesRequireVerificationBeforeUpdate: ['email'] },
      // Devices would want a key with every refresh.
      DeviceConfiguration: undefined,
    })
  })
  beforeEach(() => {
    server.clock.reset()
    users += 1
    username = `user-${users}`
    mail = emailOf(username)
  })
  afterAll(() => server.close())

  const pass = async (ms: number) => {
    server.clock.advance(ms)
    if (comes === 'never') return
    const by = { actor: 'operator', requestId: 'r', action: 'purge', at: server.clock.now() }
    while ((await server.store.maintenance.purge(by, 500)) > 0);
  }
  const make = () => makeUser(server, pool.UserPoolId, username, { email: mail, email_verified: 'true' })
  const refusal = async (...asked: Parameters<Harness['refused']>) => (await server.refused(...asked))[0]
  /** Runs `last` in the last moment of a term, and `over` in the first one after it. */
  const at = async (term: number, last: () => Promise<unknown>, over: () => Promise<unknown>) => {
    await pass(term - 1)
    await last()
    await pass(1)
    await over()
  }

  it('the code of a sign-up', async () => {
    const { ClientId } = pool
    const late = `${username}-late`
    await signUpUser(server, pool, username, { email: mail })
    await signUpUser(server, pool, late, { email: emailOf(late) })
    const confirm = (Username: string) => ({ ClientId, Username, ConfirmationCode: server.codeSentTo(emailOf(Username)) })
    await at(
      codeLifetimes.signUp,
      () => server.ok('ConfirmSignUp', confirm(username)),
      async () => expect(await refusal('ConfirmSignUp', confirm(late))).toBe('ExpiredCodeException'),
    )
  })

  it('the code of a forgotten password', async () => {
    const { ClientId } = pool
    const forget = async (Username: string) => {
      await makeUser(server, pool.UserPoolId, Username, { email: emailOf(Username), email_verified: 'true' })
      await server.ok('ForgotPassword', { ClientId, Username })
      return { ClientId, Username, ConfirmationCode: server.codeSentTo(emailOf(Username)), Password: 'Brand-New-Horse-8' }
    }
    const [one, two] = [await forget(username), await forget(`${username}-late`)]
    await at(
      codeLifetimes.forgotPassword,
      () => server.ok('ConfirmForgotPassword', one),
      async () => expect(await refusal('ConfirmForgotPassword', two)).toBe('ExpiredCodeException'),
    )
  })

  it('the code of a new address', async () => {
    const long = await makeClient(server, pool.UserPoolId, { AccessTokenValidity: 24 })
    const ask = async (Username: string) => {
      await makeUser(server, pool.UserPoolId, Username, { email: emailOf(Username), email_verified: 'true' })
      const AccessToken = await accessTokenOf(server, long, Username)
      const Value = `new-${emailOf(Username)}`
      await server.ok('UpdateUserAttributes', { AccessToken, UserAttributes: [{ Name: 'email', Value }] })
      const Code = server.codeSentTo(Value)
      // The token of the last moment: the one that asked has ended by then.
      return async () => ({ AccessToken: await accessTokenOf(server, long, Username), AttributeName: 'email', Code })
    }
    const [one, two] = [await ask(username), await ask(`${username}-late`)]
    await at(
      codeLifetimes.attributeVerification,
      async () => server.ok('VerifyUserAttribute', await one()),
      async () => expect(await refusal('VerifyUserAttribute', await two())).toBe('ExpiredCodeException'),
    )
  })

  it('the session of a confirmation', async () => {
    const { ClientId } = pool
    const confirmed = async (Username: string) => {
      await signUpUser(server, pool, Username, { email: emailOf(Username) })
      return (await server.ok('ConfirmSignUp', { ClientId, Username, ConfirmationCode: server.codeSentTo(emailOf(Username)) })).Session
    }
    const signInWith = (USERNAME: string, Session: string) => ({ ClientId, AuthFlow: 'USER_AUTH', AuthParameters: { USERNAME }, Session })
    const [one, two] = [await confirmed(username), await confirmed(`${username}-late`)]
    await at(
      5 * minute,
      async () => expect((await server.ok('InitiateAuth', signInWith(username, one))).AuthenticationResult).toBeDefined(),
      async () => expect(await refusal('InitiateAuth', signInWith(`${username}-late`, two))).toBe('NotAuthorizedException'),
    )
  })

  it('the state of a challenge that its Session could not carry, also when the client’s term is longer by then', async () => {
    const made = await makeClient(server, pool.UserPoolId, { ExplicitAuthFlows: ['ALLOW_CUSTOM_AUTH'], AuthSessionValidity: 5 })
    const { ClientId } = made
    await make()
    const ask = async () =>
      (await server.ok('InitiateAuth', { ClientId, AuthFlow: 'CUSTOM_AUTH', AuthParameters: { USERNAME: username } })).Session
    const answer = (Session: string) => ({
      ClientId,
      ChallengeName: 'CUSTOM_CHALLENGE',
      Session,
      ChallengeResponses: { USERNAME: username, ANSWER: longAnswer },
    })
    const [one, two] = [await ask(), await ask()]
    await at(
      5 * minute,
      async () => expect((await server.ok('RespondToAuthChallenge', answer(one))).AuthenticationResult).toBeDefined(),
      async () => expect((await server.refused('RespondToAuthChallenge', answer(two)))[1]).toContain('session is expired'),
    )
    await changeClient(server, ClientId, { AuthSessionValidity: 15 })
    await pass(10 * minute)
    expect((await server.refused('RespondToAuthChallenge', answer(two)))[1]).toContain('session is expired')
  })

  it('the registration of a passkey', async () => {
    await make()
    const AccessToken = await accessTokenOf(server, pool, username)
    const complete = async () => ({ AccessToken, Credential: createAuthenticator({}).create(await creationOptions(server, AccessToken)) })
    const [one, two] = [await complete(), await complete()]
    await at(
      5 * minute,
      () => server.ok('CompleteWebAuthnRegistration', one),
      async () => expect(await refusal('CompleteWebAuthnRegistration', two)).toBe('WebAuthnChallengeNotFoundException'),
    )
  })

  it('access tokens, refresh tokens, and families of them however often they turn', async () => {
    await make()
    const validity = {
      RefreshTokenValidity: 2,
      AccessTokenValidity: 1,
      IdTokenValidity: 1,
      TokenValidityUnits: { RefreshToken: 'hours' as const },
    }
    const plain = await makeClient(server, pool.UserPoolId, validity)
    const rotating = await makeClient(server, pool.UserPoolId, {
      ...validity,
      ExplicitAuthFlows: ['ALLOW_USER_PASSWORD_AUTH'],
      RefreshTokenRotation: { Feature: 'ENABLED', RetryGracePeriodSeconds: 60 },
    })
    const refresh = ({ ClientId }: MadePool, RefreshToken: string) => ({ ClientId, RefreshToken })
    const [held, turned] = [await tokensOf(server, plain, username), await tokensOf(server, rotating, username)]
    await at(
      hour,
      () => server.ok('GetUser', { AccessToken: held.AccessToken }),
      async () => expect(await server.refused('GetUser', { AccessToken: held.AccessToken })).toContain('Access Token has expired'),
    )
    const second = (await server.ok('GetTokensFromRefreshToken', refresh(rotating, turned.RefreshToken))).AuthenticationResult
    await pass(minute - 1)
    const third = (await server.ok('GetTokensFromRefreshToken', refresh(rotating, turned.RefreshToken))).AuthenticationResult
    await pass(1)
    expect(await refusal('GetTokensFromRefreshToken', refresh(rotating, turned.RefreshToken))).toBe('RefreshTokenReuseException')
    await at(
      hour - minute,
      () => server.ok('GetTokensFromRefreshToken', refresh(plain, held.RefreshToken)),
      async () => {
        for (const [made, { RefreshToken }] of [
          [plain, held],
          [rotating, second],
          [rotating, third],
          [rotating, turned],
        ] as const) {
          expect(await server.refused('GetTokensFromRefreshToken', refresh(made, RefreshToken))).toContain('Refresh Token has expired')
        }
      },
    )
    // The last access token ends an hour later, whoever has forgotten by then what it belongs to.
    await pass(hour)
    expect(await refusal('GetUser', { AccessToken: third.AccessToken })).toBe('NotAuthorizedException')
  })

  it('what was revoked stays so until nothing of it lives', async () => {
    await make()
    const made = await makeClient(server, pool.UserPoolId, { AccessTokenValidity: 24, RefreshTokenValidity: 1 })
    const { ClientId } = made
    const { AccessToken, RefreshToken } = await tokensOf(server, made, username)
    await server.ok('RevokeToken', { ClientId, Token: RefreshToken })
    for (const ms of [hour, day - hour - 1, 1, day]) {
      await pass(ms)
      expect(await refusal('GetUser', { AccessToken })).toBe('NotAuthorizedException')
      expect(await refusal('GetTokensFromRefreshToken', { ClientId, RefreshToken })).toBe('NotAuthorizedException')
    }
  })

  it('listed sessions', async () => {
    await make()
    const { ClientId, UserPoolId } = await makeClient(server, pool.UserPoolId, {
      RefreshTokenValidity: 2,
      TokenValidityUnits: { RefreshToken: 'hours' },
    })
    const tracked = await trackSessions(server, { UserPoolId, ClientId, ClientSecret: '' })
    await tokensOf(server, { ClientId }, username)
    const [SessionId] = await tracked.ids(username)
    await at(
      2 * hour,
      async () => expect(await tracked.ids(username)).toEqual([SessionId]),
      async () => expect(await tracked.ids(username)).toEqual([]),
    )
    expect(await refusal('AdminRevokeUserSession', { UserPoolId, Username: username, SessionId })).toBe('ResourceNotFoundException')
    await changePool(server, UserPoolId, { sessions: undefined })
  })

  it('lock-outs and allowances, which end no later either', async () => {
    await make()
    const { ClientId } = pool
    for (let failure = 0; failure < 5; failure += 1) await signIn(server, pool, username, `${password}!`)
    expect(await signIn(server, pool, username)).toContain('Password attempts exceeded')
    await pass(1000)
    expect(await signIn(server, pool, username)).toBe('tokens')
    const choose = () =>
      server.call('InitiateAuth', {
        ClientId,
        AuthFlow: 'USER_AUTH',
        AuthParameters: { USERNAME: username, PREFERRED_CHALLENGE: 'EMAIL_OTP' },
      })
    for (let message = 0; message < 20; message += 1) expect((await choose()).status).toBe(200)
    expect((await choose()).body.__type).toBe('TooManyRequestsException')
    await at(
      hour,
      async () => expect((await choose()).body.__type).toBe('TooManyRequestsException'),
      async () => expect((await choose()).status).toBe(200),
    )
  })
})
