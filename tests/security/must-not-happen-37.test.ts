import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { emailOf, makeChallengePool } from '../support/challenge-pool.ts'
import { changePool } from '../support/change-settings.ts'
import { type Answer, createHarness, type Harness } from '../support/harness.ts'
import type { MadePool } from '../support/make-pool.ts'
import { pathFunctions } from '../support/sign-in-paths.ts'
import { createSrpClient } from '../support/srp-client.ts'

const server: Harness = await createHarness({}, pathFunctions)
const day = 86_400_000
const ownPassword = 'My-Own-Horse-8'
const expired = ['NotAuthorizedException', 'Temporary password has expired and must be reset by an administrator.']
const incorrect = ['NotAuthorizedException', 'Incorrect username or password.']
let pool: MadePool
let users = 0

beforeAll(async () => {
  pool = await makeChallengePool(server, 'open')
})
beforeEach(() => server.clock.reset())
afterAll(() => server.close())

/** Invites somebody by e-mail; answers the name and the temporary password. */
const invite = async (made = pool) => {
  users += 1
  const Username = `guest-${users}`
  const invitation = {
    UserPoolId: made.UserPoolId,
    Username,
    DesiredDeliveryMediums: ['EMAIL' as const],
    UserAttributes: [
      { Name: 'email', Value: emailOf(Username) },
      { Name: 'email_verified', Value: 'true' },
    ],
  }
  // One that is not given would make a user without a password here (developer guide, "Create users without passwords").
  const temporary = `Temporary-Horse-${users}`
  await server.ok('AdminCreateUser', { ...invitation, TemporaryPassword: temporary })
  return { username: Username, temporary, invitation }
}

const respond = (ClientId: string, ChallengeName: string, Session: string | undefined, ChallengeResponses: Record<string, string>) =>
  server.call('RespondToAuthChallenge', { ClientId, ChallengeName, Session, ChallengeResponses })

/** Every way that a password goes, up to what it comes to. */
const ways: Record<string, (made: MadePool, username: string, typed: string) => Promise<Answer>> = {
  USER_PASSWORD_AUTH: ({ ClientId }, USERNAME, PASSWORD) =>
    server.call('InitiateAuth', { ClientId, AuthFlow: 'USER_PASSWORD_AUTH', AuthParameters: { USERNAME, PASSWORD } }),
  ADMIN_USER_PASSWORD_AUTH: ({ ClientId, UserPoolId }, USERNAME, PASSWORD) => {
    const AuthParameters = { USERNAME, PASSWORD }
    return server.call('AdminInitiateAuth', { ClientId, UserPoolId, AuthFlow: 'ADMIN_USER_PASSWORD_AUTH', AuthParameters })
  },
  'USER_AUTH with PASSWORD': ({ ClientId }, USERNAME, PASSWORD) => {
    const AuthParameters = { USERNAME, PREFERRED_CHALLENGE: 'PASSWORD', PASSWORD }
    return server.call('InitiateAuth', { ClientId, AuthFlow: 'USER_AUTH', AuthParameters })
  },
  'SELECT_CHALLENGE with PASSWORD': async ({ ClientId }, USERNAME, PASSWORD) => {
    const { body } = await server.call('InitiateAuth', { ClientId, AuthFlow: 'USER_AUTH', AuthParameters: { USERNAME } })
    return respond(ClientId, 'SELECT_CHALLENGE', body.Session, { USERNAME, ANSWER: 'PASSWORD', PASSWORD })
  },
  USER_SRP_AUTH: (made, username, typed) => proved(made, username, typed, 'USER_SRP_AUTH', {}),
  'USER_AUTH with PASSWORD_SRP': (made, username, typed) =>
    proved(made, username, typed, 'USER_AUTH', { PREFERRED_CHALLENGE: 'PASSWORD_SRP' }),
  'CUSTOM_AUTH with SRP': async (made, username, typed) => {
    const answer = await proved(made, username, typed, 'CUSTOM_AUTH', { CHALLENGE_NAME: 'SRP_A' })
    const { ChallengeName, Session } = answer.body
    if (ChallengeName !== 'CUSTOM_CHALLENGE') return answer
    return respond(made.ClientId, 'CUSTOM_CHALLENGE', Session, { USERNAME: username, ANSWER: 'blue' })
  },
}

const proved = async (
  { ClientId, UserPoolId }: MadePool,
  USERNAME: string,
  typed: string,
  AuthFlow: string,
  more: Record<string, string>,
) => {
  const srp = createSrpClient(UserPoolId)
  const AuthParameters = { USERNAME, SRP_A: srp.srpA, ...more }
  const { body } = await server.call('InitiateAuth', { ClientId, AuthFlow, AuthParameters })
  const responses = srp.answer(body.ChallengeParameters, typed, server.clock.now())
  return respond(ClientId, 'PASSWORD_VERIFIER', body.Session, responses)
}

const refusal = ({ body }: Answer) => [body.__type, body.message]

describe.each(Object.entries(ways))('must-not-happen 37: a temporary password, by %s', (_, way) => {
  it('leads to a new password and nowhere else, once, and for one user', async () => {
    const [guest, other] = [await invite(), await invite()]
    expect(refusal(await way(pool, other.username, guest.temporary))).toEqual(incorrect)
    const { body } = await way(pool, guest.username, guest.temporary)
    expect([body.ChallengeName, body.AuthenticationResult]).toEqual(['NEW_PASSWORD_REQUIRED', undefined])
    const entries = { USERNAME: guest.username, NEW_PASSWORD: ownPassword }
    const done = await respond(pool.ClientId, 'NEW_PASSWORD_REQUIRED', body.Session, entries)
    expect(done.body.AuthenticationResult).toBeDefined()
    expect(refusal(await way(pool, guest.username, guest.temporary))).toEqual(incorrect)
    expect((await way(pool, guest.username, ownPassword)).body.AuthenticationResult).toBeDefined()
  })

  it('is good for seven days, or as many as the pool says now', async () => {
    const guest = await invite()
    server.clock.advance(7 * day - 1)
    expect((await way(pool, guest.username, guest.temporary)).body.ChallengeName).toBe('NEW_PASSWORD_REQUIRED')
    server.clock.advance(1)
    expect(refusal(await way(pool, guest.username, guest.temporary))).toEqual(expired)
  })
})

describe('must-not-happen 37: an invitation', () => {
  it('ends sooner where the pool shortens the term, also for who was invited before', async () => {
    const made = await makeChallengePool(server, 'open')
    const guest = await invite(made)
    server.clock.advance(2 * day)
    const policies = (await server.store.pools.byId(made.UserPoolId))?.Policies
    const PasswordPolicy = { ...policies?.PasswordPolicy, TemporaryPasswordValidityDays: 1 }
    await changePool(server, made.UserPoolId, { Policies: { ...policies, PasswordPolicy } })
    const answer = await ways['USER_PASSWORD_AUTH']?.(made, guest.username, guest.temporary)
    expect(answer && refusal(answer)).toEqual(expired)
  })

  it('sent again voids the old password and gives the new one its own term', async () => {
    const { username, temporary, invitation } = await invite()
    server.clock.advance(6 * day)
    await server.ok('AdminCreateUser', { ...invitation, MessageAction: 'RESEND' })
    const second = server.codeSentTo(emailOf(username))
    server.clock.advance(6 * day)
    for (const [name, way] of Object.entries(ways)) {
      expect(refusal(await way(pool, username, temporary)), name).toEqual(incorrect)
      expect((await way(pool, username, second)).body.ChallengeName, name).toBe('NEW_PASSWORD_REQUIRED')
      // Five wrong ones would lock.
      server.clock.advance(15 * 60_000)
    }
  })

  it('is no way around: neither codes nor passkeys nor a forgotten password let in who has not set a password', async () => {
    const { username: USERNAME } = await invite()
    const { ClientId, UserPoolId } = pool
    const sent = () => server.mailbox?.messages(emailOf(USERNAME)).length
    const before = sent()
    for (const PREFERRED_CHALLENGE of ['EMAIL_OTP', 'SMS_OTP', 'WEB_AUTHN', '']) {
      const AuthParameters = { USERNAME, PREFERRED_CHALLENGE }
      const { body } = await server.call('InitiateAuth', { ClientId, AuthFlow: 'USER_AUTH', AuthParameters })
      expect(body.AvailableChallenges, JSON.stringify(body)).toEqual(['PASSWORD_SRP', 'PASSWORD'])
      for (const ANSWER of ['EMAIL_OTP', 'WEB_AUTHN']) {
        expect((await respond(ClientId, 'SELECT_CHALLENGE', body.Session, { USERNAME, ANSWER })).status).toBe(400)
      }
    }
    await server.refused('ForgotPassword', { ClientId, Username: USERNAME })
    await server.refused('AdminResetUserPassword', { UserPoolId, Username: USERNAME })
    await server.refused('AdminConfirmSignUp', { UserPoolId, Username: USERNAME })
    expect(sent()).toBe(before)
  })
})
