import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { userOf } from '../../../tests/support/attributes.ts'
import { createHarness, type Harness } from '../../../tests/support/harness.ts'
import { type MadePool, makePool } from '../../../tests/support/make-pool.ts'
import { makeUser } from '../../../tests/support/make-user.ts'
import { signIn } from '../../../tests/support/sign-in.ts'
import { signUpUser } from '../../../tests/support/sign-up-user.ts'
import { brokenAnswers, createTriggerRecorder } from '../../../tests/support/trigger-recorder.ts'

const recorder = createTriggerRecorder()
const newPassword = 'Another-Horse-8'
let server: Harness
let pool: MadePool

beforeAll(async () => {
  server = await createHarness({}, recorder.functions)
  pool = await makePool(server, { AutoVerifiedAttributes: ['email'], LambdaConfig: recorder.config('PostConfirmation') })
})
afterAll(() => server.close())
beforeEach(() => {
  recorder.answer((event) => event)
  recorder.take()
})

const event = (userName: string, triggerSource: string, clientId: string | null, request: object) => ({
  version: '1',
  triggerSource,
  region: 'us-east-1',
  userPoolId: pool.UserPoolId,
  userName,
  callerContext: { awsSdkVersion: 'aws-sdk-unknown-unknown', clientId },
  request,
  response: {},
})

const forget = async (Username: string, email: string) => {
  await makeUser(server, pool.UserPoolId, Username, { email, email_verified: 'true' })
  await server.ok('ForgotPassword', { ClientId: pool.ClientId, Username })
  return { ClientId: pool.ClientId, Username, ConfirmationCode: server.codeSentTo(email), Password: newPassword }
}

describe('PostConfirmation', () => {
  it('hears of a confirmed sign-up with the metadata of the confirmation', async () => {
    const email = 'ana@example.org'
    const { UserSub } = await signUpUser(server, pool, 'ana', { email })
    expect(recorder.take()).toEqual([])
    const { Session } = await server.ok('ConfirmSignUp', {
      ClientId: pool.ClientId,
      Username: 'ana',
      ConfirmationCode: server.codeSentTo(email),
      ClientMetadata: { lang: 'pt' },
    })
    expect(Session).toMatch(/^AYAB/)
    const userAttributes = { sub: UserSub, 'cognito:user_status': 'CONFIRMED', email, email_verified: 'true' }
    expect(recorder.take()).toEqual([
      event('ana', 'PostConfirmation_ConfirmSignUp', pool.ClientId, { userAttributes, clientMetadata: { lang: 'pt' } }),
    ])
  })

  it("hears of an administrator's confirmation", async () => {
    const email = 'bea@example.org'
    const { UserSub } = await signUpUser(server, pool, 'bea', { email })
    await server.ok('AdminConfirmSignUp', { UserPoolId: pool.UserPoolId, Username: 'bea', ClientMetadata: { by: 'hr' } })
    const userAttributes = { sub: UserSub, 'cognito:user_status': 'CONFIRMED', email, email_verified: 'false' }
    expect(recorder.take()).toEqual([
      event('bea', 'PostConfirmation_ConfirmSignUp', null, { userAttributes, clientMetadata: { by: 'hr' } }),
    ])
  })

  it('hears of a new password', async () => {
    const email = 'eva@example.org'
    const input = await forget('eva', email)
    await server.ok('ConfirmForgotPassword', input)
    const [{ request, ...rest } = { request: {} }, ...others] = recorder.take()
    expect(rest).toMatchObject({ triggerSource: 'PostConfirmation_ConfirmForgotPassword', userName: 'eva' })
    expect(request).toEqual({
      userAttributes: { sub: expect.any(String), 'cognito:user_status': 'CONFIRMED', email, email_verified: 'true' },
    })
    expect(others).toEqual([])
  })

  it.each(brokenAnswers('PostConfirmation'))('%s: the user is confirmed all the same', async (what, handler, type, message) => {
    const name = what.replaceAll(' ', '-')
    const email = `${name}@example.org`
    await signUpUser(server, pool, name, { email })
    recorder.answer(handler)
    const input = { ClientId: pool.ClientId, Username: name, ConfirmationCode: server.codeSentTo(email) }
    expect(await server.refused('ConfirmSignUp', input)).toEqual([type, message])
    expect(await userOf(server, pool, name)).toMatchObject({ status: 'CONFIRMED', attributes: { email_verified: 'true' } })
    expect(await signIn(server, pool, name)).toBe('tokens')
    const reset = await forget(`${name}-reset`, `reset-${email}`)
    expect(await server.refused('ConfirmForgotPassword', reset)).toEqual([type, message])
    expect(await signIn(server, pool, `${name}-reset`, newPassword)).toBe('tokens')
    await signUpUser(server, pool, `${name}-admin`)
    expect(await server.refused('AdminConfirmSignUp', { UserPoolId: pool.UserPoolId, Username: `${name}-admin` })).toEqual([type, message])
    expect((await userOf(server, pool, `${name}-admin`)).status).toBe('CONFIRMED')
  })

  it('is not asked about users whom administrators make, or about a wrong code', async () => {
    await makeUser(server, pool.UserPoolId, 'made')
    await signUpUser(server, pool, 'wrong', { email: 'wrong@example.org' })
    const wrong = { ClientId: pool.ClientId, Username: 'wrong', ConfirmationCode: 'none' }
    expect((await server.refused('ConfirmSignUp', wrong))[0]).toBe('CodeMismatchException')
    expect(recorder.take()).toEqual([])
  })
})
