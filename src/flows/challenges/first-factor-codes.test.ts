import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { userOf } from '../../../tests/support/attributes.ts'
import { countWork } from '../../../tests/support/count-work.ts'
import { callsThrough, createHarness, type Harness } from '../../../tests/support/harness.ts'
import { type MadePool, makeClient } from '../../../tests/support/make-pool.ts'
import { makeUser } from '../../../tests/support/make-user.ts'
import { addressesOf, answer, beginOtp, makeMfaPool } from '../../../tests/support/mfa-pool.ts'
import { nobodyOffered } from '../../../tests/support/nobody-offered.ts'
import { redispatch } from '../../../tests/support/redispatch.ts'
import { signIn } from '../../../tests/support/sign-in.ts'
import { signUpUser } from '../../../tests/support/sign-up-user.ts'
import { tokenParts } from '../../../tests/support/token-parts.ts'
import { callUndelivered } from '../../../tests/support/undeliverable.ts'

let server: Harness
let made: MadePool
let hiding: MadePool

const factors: ('PASSWORD' | 'EMAIL_OTP' | 'SMS_OTP')[] = ['PASSWORD', 'EMAIL_OTP', 'SMS_OTP']
const AutoVerifiedAttributes: ('email' | 'phone_number')[] = ['email']
const pool = { AutoVerifiedAttributes, Policies: { SignInPolicy: { AllowedFirstAuthFactors: factors } } }

beforeAll(async () => {
  server = await createHarness()
  made = await makeMfaPool(server, 'OFF', { pool })
  hiding = await makeClient(server, made.UserPoolId, { ExplicitAuthFlows: ['ALLOW_USER_AUTH'], PreventUserExistenceErrors: 'ENABLED' })
})
afterEach(() => server.clock.reset())
afterAll(() => server.close())

describe('EMAIL_OTP and SMS_OTP', () => {
  it.each([
    ['EMAIL_OTP', 'email', 'EMAIL', 'email_otp'],
    ['SMS_OTP', 'phone_number', 'SMS', 'sms'],
  ] as const)('%s: signs in with a code of eight digits and verifies the address', async (name, attribute, medium, proof) => {
    const username = `alone-${medium}`
    const address = addressesOf(username)[attribute]
    await makeUser(server, made.UserPoolId, username, { [attribute]: address })
    const { body } = await beginOtp(server, made, username, name)
    expect(body).toEqual({
      ChallengeName: name,
      Session: expect.any(String),
      AvailableChallenges: ['PASSWORD_SRP', 'PASSWORD', name],
      ChallengeParameters: {
        CODE_DELIVERY_DELIVERY_MEDIUM: medium,
        CODE_DELIVERY_DESTINATION: medium === 'SMS' ? `+*******${address.slice(-4)}` : 'a***@e***',
      },
    })
    const code = server.codeSentTo(address)
    expect(code).toMatch(/^\d{8}$/)
    const typed = code === '00000000' ? '00000001' : '00000000'
    const { body: refused } = await answer(server, made, name, username, body.Session, { [`${name}_CODE`]: typed })
    expect([refused.__type, refused.message]).toEqual(['CodeMismatchException', 'Invalid code or auth state for the user.'])
    const { body: done } = await answer(server, made, name, username, body.Session, { [`${name}_CODE`]: code })
    expect(tokenParts(done.AuthenticationResult.AccessToken).payload['amr']).toEqual([proof])
    expect((await userOf(server, made, username)).attributes).toEqual({ [attribute]: address, [`${attribute}_verified`]: 'true' })
  })

  it('confirms whoever signed up and never confirmed', async () => {
    const email = 'unconfirmed@example.org'
    await signUpUser(server, made, 'unconfirmed', { email })
    const { body } = await beginOtp(server, made, 'unconfirmed', 'EMAIL_OTP')
    expect(
      (await answer(server, made, 'EMAIL_OTP', 'unconfirmed', body.Session, { EMAIL_OTP_CODE: server.codeSentTo(email) })).status,
    ).toBe(200)
    expect(await userOf(server, made, 'unconfirmed')).toMatchObject({ status: 'CONFIRMED', attributes: { email_verified: 'true' } })
    // Who signed up need not be who reads the mail: the password is gone.
    expect(await signIn(server, made, 'unconfirmed')).toEqual(['NotAuthorizedException', 'Incorrect username or password.'])
  })

  it('does not take somebody’s alias on the way', async () => {
    const aliased = await makeMfaPool(server, 'OFF', { pool: { ...pool, AliasAttributes: ['email'] } })
    const email = 'held@example.org'
    await makeUser(server, aliased.UserPoolId, 'holder', { email, email_verified: 'true' })
    await signUpUser(server, aliased, 'taker', { email })
    const { body } = await beginOtp(server, aliased, 'taker', 'EMAIL_OTP')
    const answered = await answer(server, aliased, 'EMAIL_OTP', 'taker', body.Session, { EMAIL_OTP_CODE: server.codeSentTo(email) })
    expect([answered.body.__type, answered.body.message]).toEqual(['AliasExistsException', 'An account with the email already exists.'])
  })

  it('tells of a message that can’t be sent, unless that would tell who exists', async () => {
    await makeUser(server, made.UserPoolId, 'unreached', { email: 'unreached@example.org' })
    const input = (client: MadePool, USERNAME = 'unreached') => ({
      ClientId: client.ClientId,
      AuthFlow: 'USER_AUTH' as const,
      AuthParameters: { USERNAME, PREFERRED_CHALLENGE: 'EMAIL_OTP' },
    })
    expect(await callUndelivered(server, 'InitiateAuth', input(made))).toEqual([
      'InvalidEmailRoleAccessPolicyException',
      'The message could not be delivered.',
    ])
    expect((await callUndelivered(server, 'InitiateAuth', input(hiding))).ChallengeName).toBe('EMAIL_OTP')
  })
})

/** A name that nobody has and that is offered all that somebody without a phone is. */
const nobody = (on: Harness = server, client: MadePool = hiding): Promise<string> =>
  nobodyOffered(on, client, 'PASSWORD_SRP,PASSWORD,EMAIL_OTP', () => `r${on.random.below(1e9)}@x.test`)

describe('EMAIL_OTP for a name that nobody has, on a client that hides it,', () => {
  it('looks like one for somebody, and sends nothing', async () => {
    await makeUser(server, made.UserPoolId, 'real@x.test', { email: 'real@x.test' })
    const shown = async (username: string) => {
      const { status, body } = await beginOtp(server, hiding, username, 'EMAIL_OTP')
      return { status, body: { ...body, Session: body.Session.length } }
    }
    const unknown = await nobody()
    expect(await shown(unknown)).toEqual(await shown('real@x.test'))
    expect(server.mailbox?.messages(unknown)).toEqual([])
  })

  it('costs the same, sent and answered', async () => {
    await makeUser(server, made.UserPoolId, 'dear@x.test', { email: 'dear@x.test' })
    const work = countWork(server)
    const calls = callsThrough(redispatch(server, work.services))
    const costs = async (USERNAME: string) => {
      const AuthParameters = { USERNAME, PREFERRED_CHALLENGE: 'EMAIL_OTP' }
      const { Session } = await calls.ok('InitiateAuth', { ClientId: hiding.ClientId, AuthFlow: 'USER_AUTH', AuthParameters })
      const sent = work.take()
      const ChallengeResponses = { USERNAME, EMAIL_OTP_CODE: '00000000' }
      await calls.refused('RespondToAuthChallenge', { ClientId: hiding.ClientId, ChallengeName: 'EMAIL_OTP', Session, ChallengeResponses })
      return [sent, work.take()]
    }
    const [sent, answered] = await costs('dear@x.test')
    expect(await costs(await nobody())).toEqual([sent, answered])
    expect(sent).toContain('quotas.take')
    expect(answered).toContain('attempts.charge')
  })

  it('never passes, not even with a fixed code', async () => {
    const fixed = await createHarness({ fixedCode: '123456' })
    const there = await makeMfaPool(fixed, 'OFF', { pool, client: { PreventUserExistenceErrors: 'ENABLED' } })
    await makeUser(fixed, there.UserPoolId, 'real@x.test', { email: 'real@x.test' })
    const signIn = async (username: string) => {
      const { body } = await beginOtp(fixed, there, username, 'EMAIL_OTP')
      return answer(fixed, there, 'EMAIL_OTP', username, body.Session, { EMAIL_OTP_CODE: '123456' })
    }
    expect((await signIn('real@x.test')).status).toBe(200)
    expect((await signIn(await nobody(fixed, there))).body.__type).toBe('CodeMismatchException')
    await fixed.close()
  })

  it('has an allowance of its own', async () => {
    const unknown = await nobody()
    for (let sent = 0; sent < 20; sent += 1) expect((await beginOtp(server, hiding, unknown, 'EMAIL_OTP')).status).toBe(200)
    expect((await beginOtp(server, hiding, unknown, 'EMAIL_OTP')).body.__type).toBe('TooManyRequestsException')
  })

  it('also stands for somebody who is disabled', async () => {
    await makeUser(server, made.UserPoolId, 'barred@x.test', { email: 'barred@x.test' })
    await server.ok('AdminDisableUser', { UserPoolId: made.UserPoolId, Username: 'barred@x.test' })
    const { body } = await beginOtp(server, hiding, 'barred@x.test', 'EMAIL_OTP')
    expect(body.ChallengeName).toBe('EMAIL_OTP')
    expect(server.mailbox?.messages('barred@x.test')).toEqual([])
  })
})
