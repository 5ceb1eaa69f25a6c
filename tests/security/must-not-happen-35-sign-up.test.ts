import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createHarness, type Harness } from '../support/harness.ts'
import type { MadePool } from '../support/make-pool.ts'
import { answer, beginOtp, makeMfaPool } from '../support/mfa-pool.ts'
import { signIn } from '../support/sign-in.ts'
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

  it('keeps it where the operator wants what AWS does', async () => {
    const lenient = await createHarness({ unprovedAccounts: 'keep' })
    const open = await makeMfaPool(lenient, 'OFF', { pool })
    expect((await preRegistered(lenient, open)).body.AuthenticationResult).toBeDefined()
    expect(await signIn(lenient, open, victim)).toBe('tokens')
    expect(await offered(lenient, open)).toEqual(['PASSWORD_SRP', 'PASSWORD', 'EMAIL_OTP', 'SMS_OTP'])
    await lenient.close()
  })
})
