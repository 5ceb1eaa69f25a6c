import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createHarness, type Harness } from '../support/harness.ts'
import type { MadePool } from '../support/make-pool.ts'
import { inviteUser, makeUser, password, temporaryPassword } from '../support/make-user.ts'
import { answer, beginOtp, makeMfaPool } from '../support/mfa-pool.ts'
import { accessTokenOf, begin, signIn } from '../support/sign-in.ts'
import { signUpUser } from '../support/sign-up-user.ts'

const AllowedFirstAuthFactors: ('PASSWORD' | 'EMAIL_OTP' | 'SMS_OTP')[] = ['PASSWORD', 'EMAIL_OTP', 'SMS_OTP']
const AutoVerifiedAttributes: ('email' | 'phone_number')[] = ['email']
const pool = { UsernameAttributes: ['email' as const], AutoVerifiedAttributes, Policies: { SignInPolicy: { AllowedFirstAuthFactors } } }

const victim = 'victim@example.org'
const phone = '+15550199'
const incorrect = ['NotAuthorizedException', 'Incorrect username or password.']

/** Somebody signs up under the victim's address, with a password and a phone of their own; later the victim signs in with a code. */
const preRegistered = async (server: Harness, made: MadePool) => {
  await signUpUser(server, made, victim, { phone_number: phone })
  const { body } = await beginOtp(server, made, victim, 'EMAIL_OTP')
  return answer(server, made, 'EMAIL_OTP', victim, body.Session, { EMAIL_OTP_CODE: server.codeSentTo(victim) })
}

const offered = async (server: Harness, made: MadePool) =>
  (await server.ok('InitiateAuth', { ClientId: made.ClientId, AuthFlow: 'USER_AUTH', AuthParameters: { USERNAME: victim } }))
    .AvailableChallenges

describe('must-not-happen 35: who registered under the address of somebody else', () => {
  let server: Harness
  let made: MadePool

  beforeAll(async () => {
    server = await createHarness()
    made = await makeMfaPool(server, 'OFF', { pool })
  })
  afterAll(() => server.close())

  it('keeps nothing that signs in, once a code has proved whose the address is', async () => {
    const waiting = await beginOtp(server, made, 'nobody@example.org', 'EMAIL_OTP')
    expect(waiting.status).toBe(400)
    expect((await preRegistered(server, made)).body.AuthenticationResult).toBeDefined()
    expect(await signIn(server, made, victim)).toEqual(incorrect)
    expect(await offered(server, made)).toEqual(['EMAIL_OTP'])
    const { body } = await beginOtp(server, made, victim, 'SMS_OTP')
    expect(body.ChallengeName).toBe('SELECT_CHALLENGE')
    expect(server.mailbox?.messages(phone)).toEqual([])
  })

  it('can not go on with what was begun before', async () => {
    const other = await makeMfaPool(server, 'OFF', { pool })
    await signUpUser(server, other, victim, { phone_number: phone })
    const { body } = await beginOtp(server, other, victim, 'NONE')
    await server.ok('ResendConfirmationCode', { ClientId: other.ClientId, Username: victim })
    const code = await beginOtp(server, other, victim, 'EMAIL_OTP')
    await answer(server, other, 'EMAIL_OTP', victim, code.body.Session, { EMAIL_OTP_CODE: server.codeSentTo(victim) })
    const choice = { ANSWER: 'PASSWORD', PASSWORD: 'Correct-Horse-7' }
    expect((await answer(server, other, 'SELECT_CHALLENGE', victim, body.Session, choice)).body.__type).toBe('NotAuthorizedException')
  })

  it.each(['ConfirmSignUp', 'AdminConfirmSignUp'] as const)(
    'does not share the account when %s comes before the code',
    async (operation) => {
      const other = await makeMfaPool(server, 'OFF', { pool: { ...pool, AutoVerifiedAttributes: ['email', 'phone_number'] } })
      await signUpUser(server, other, victim, { phone_number: phone })
      const ConfirmationCode = server.codeSentTo(phone)
      const { body } = await beginOtp(server, other, victim, 'EMAIL_OTP')
      const by = operation === 'ConfirmSignUp' ? { ClientId: other.ClientId, ConfirmationCode } : { UserPoolId: other.UserPoolId }
      await server.ok(operation, { ...by, Username: victim })
      const late = await answer(server, other, 'EMAIL_OTP', victim, body.Session, { EMAIL_OTP_CODE: server.codeSentTo(victim) })
      expect(late.body.__type).toBe('ExpiredCodeException')
      const { UserAttributes } = await server.ok('AdminGetUser', { UserPoolId: other.UserPoolId, Username: victim })
      expect(UserAttributes).not.toContainEqual({ Name: 'email_verified', Value: 'true' })
    },
  )

  it('does not draw the victim into an account whose user names the address later', async () => {
    const both = { ...pool, UsernameAttributes: ['email' as const, 'phone_number' as const] }
    const [updating, invited] = [await makeMfaPool(server, 'OFF', { pool: both }), await makeMfaPool(server, 'OFF', { pool: both })]
    await makeUser(server, updating.UserPoolId, phone)
    const AccessToken = await accessTokenOf(server, updating, phone)
    await server.ok('UpdateUserAttributes', { AccessToken, UserAttributes: [{ Name: 'email', Value: victim }] })
    await inviteUser(server, invited.UserPoolId, phone)
    const { body } = await begin(server, invited, phone, temporaryPassword)
    const answers = { NEW_PASSWORD: password, 'userAttributes.email': victim }
    expect((await answer(server, invited, 'NEW_PASSWORD_REQUIRED', phone, body.Session, answers)).status).toBe(200)
    const { ClientId } = updating
    for (const made of [updating, invited]) {
      const begun = { ClientId: made.ClientId, AuthFlow: 'USER_AUTH' as const, AuthParameters: { USERNAME: victim } }
      expect((await server.refused('InitiateAuth', begun))[0]).toBe('UserNotFoundException')
    }
    // Nor may the address be an account of its own as long as somebody else's has it.
    expect((await server.refused('SignUp', { ClientId, Username: victim, Password: password }))[0]).toBe('UsernameExistsException')
  })

  it('does not keep out somebody without a password whom an administrator confirmed', async () => {
    const other = await makeMfaPool(server, 'OFF', { pool })
    await server.ok('SignUp', { ClientId: other.ClientId, Username: victim })
    await server.ok('AdminConfirmSignUp', { UserPoolId: other.UserPoolId, Username: victim })
    const { body } = await beginOtp(server, other, victim, 'EMAIL_OTP')
    const done = await answer(server, other, 'EMAIL_OTP', victim, body.Session, { EMAIL_OTP_CODE: server.codeSentTo(victim) })
    expect(done.body.AuthenticationResult).toBeDefined()
    expect(await offered(server, other)).toEqual(['EMAIL_OTP'])
  })

  it('keeps it where the operator wants what AWS does', async () => {
    const lenient = await createHarness({ unprovedAccounts: 'keep' })
    const open = await makeMfaPool(lenient, 'OFF', { pool })
    expect((await preRegistered(lenient, open)).body.AuthenticationResult).toBeDefined()
    expect(await signIn(lenient, open, victim)).toBe('tokens')
    expect(await offered(lenient, open)).toEqual(['PASSWORD_SRP', 'PASSWORD', 'EMAIL_OTP', 'SMS_OTP'])
    await lenient.close()
  })
})
