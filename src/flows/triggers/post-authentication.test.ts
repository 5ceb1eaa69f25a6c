import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { userOf } from '../../../tests/support/attributes.ts'
import { createHarness, type Harness } from '../../../tests/support/harness.ts'
import { type MadePool, makePool } from '../../../tests/support/make-pool.ts'
import { inviteUser, makeUser, password, temporaryPassword } from '../../../tests/support/make-user.ts'
import { answer, makeMfaPool } from '../../../tests/support/mfa-pool.ts'
import { brokenAnswers, createTriggerRecorder } from '../../../tests/support/trigger-recorder.ts'

const recorder = createTriggerRecorder()
let server: Harness
let pool: MadePool

beforeAll(async () => {
  server = await createHarness({}, recorder.functions)
  pool = await makePool(server, { LambdaConfig: recorder.config('PostAuthentication') })
})
afterAll(() => server.close())
beforeEach(() => {
  recorder.answer((event) => event)
  recorder.take()
})

const signIn = (of: MadePool, USERNAME: string, PASSWORD: string = password) => ({
  ClientId: of.ClientId,
  AuthFlow: 'USER_PASSWORD_AUTH',
  AuthParameters: { USERNAME, PASSWORD },
  ClientMetadata: { step: 'first' },
})

describe('PostAuthentication', () => {
  it('hears of a sign-in that is complete, without the ClientMetadata that began it', async () => {
    const sub = await makeUser(server, pool.UserPoolId, 'ana', { name: 'Ana' })
    await server.ok('InitiateAuth', signIn(pool, 'ana'))
    expect(recorder.take()).toEqual([
      {
        version: '1',
        triggerSource: 'PostAuthentication_Authentication',
        region: 'us-east-1',
        userPoolId: pool.UserPoolId,
        userName: 'ana',
        callerContext: { awsSdkVersion: 'aws-sdk-unknown-unknown', clientId: pool.ClientId },
        request: { userAttributes: { sub, 'cognito:user_status': 'CONFIRMED', name: 'Ana' }, newDeviceUsed: false },
        response: {},
      },
    ])
  })

  it('hears what came with the answer to a challenge, and nothing before it', async () => {
    await inviteUser(server, pool.UserPoolId, 'bea')
    const { ChallengeName, Session } = await server.ok('InitiateAuth', signIn(pool, 'bea', temporaryPassword))
    expect([ChallengeName, recorder.take()]).toEqual(['NEW_PASSWORD_REQUIRED', []])
    await server.ok('RespondToAuthChallenge', {
      ClientId: pool.ClientId,
      ChallengeName,
      Session,
      ChallengeResponses: { USERNAME: 'bea', NEW_PASSWORD: password },
      ClientMetadata: { step: 'second' },
    })
    // The status before: how functions know a first sign-in.
    const userAttributes = { 'cognito:user_status': 'FORCE_CHANGE_PASSWORD' }
    expect(recorder.take()).toMatchObject([{ request: { userAttributes, clientMetadata: { step: 'second' } } }])
    await server.ok('InitiateAuth', signIn(pool, 'bea'))
    expect(recorder.take()).toMatchObject([{ request: { userAttributes: { 'cognito:user_status': 'CONFIRMED' } } }])
  })

  it('alone hears the status before a first password', async () => {
    const both = await makePool(server, { LambdaConfig: recorder.config('PostAuthentication', 'PreTokenGeneration') })
    await inviteUser(server, both.UserPoolId, 'first')
    const { ChallengeName, Session } = await server.ok('InitiateAuth', signIn(both, 'first', temporaryPassword))
    const ChallengeResponses = { USERNAME: 'first', NEW_PASSWORD: password }
    await server.ok('RespondToAuthChallenge', { ClientId: both.ClientId, ChallengeName, Session, ChallengeResponses })
    const seen = recorder
      .take()
      .map(({ triggerSource, request }) => [triggerSource, (request['userAttributes'] as Record<string, string>)['cognito:user_status']])
    expect(seen).toEqual([
      ['PostAuthentication_Authentication', 'FORCE_CHANGE_PASSWORD'],
      ['TokenGeneration_NewPasswordChallenge', 'CONFIRMED'],
    ])
    expect((await userOf(server, both, 'first')).status).toBe('CONFIRMED')
  })

  it('hears it also where a second factor comes after the new password', async () => {
    const guarded = await makeMfaPool(server, 'ON', { pool: { LambdaConfig: recorder.config('PostAuthentication') } })
    const phone_number = '+14325550121'
    await inviteUser(server, guarded.UserPoolId, 'third', { phone_number, phone_number_verified: 'true' })
    const { Session } = await server.ok('InitiateAuth', signIn(guarded, 'third', temporaryPassword))
    const { body } = await answer(server, guarded, 'NEW_PASSWORD_REQUIRED', 'third', Session, { NEW_PASSWORD: password })
    expect([body.ChallengeName, recorder.take()]).toEqual(['SMS_MFA', []])
    const SMS_MFA_CODE = server.codeSentTo(phone_number)
    expect((await answer(server, guarded, 'SMS_MFA', 'third', body.Session, { SMS_MFA_CODE })).status).toBe(200)
    expect(recorder.take()).toMatchObject([{ request: { userAttributes: { 'cognito:user_status': 'FORCE_CHANGE_PASSWORD' } } }])
  })

  it('hears of new devices where the pool remembers some', async () => {
    const tracking = await makePool(server, {
      DeviceConfiguration: { ChallengeRequiredOnNewDevice: false },
      LambdaConfig: recorder.config('PostAuthentication'),
    })
    await makeUser(server, tracking.UserPoolId, 'eva')
    await server.ok('InitiateAuth', signIn(tracking, 'eva'))
    expect(recorder.take()).toMatchObject([{ request: { newDeviceUsed: true } }])
  })

  it.each(brokenAnswers('PostAuthentication'))('%s: no tokens are issued', async (what, handler, type, message) => {
    await makeUser(server, pool.UserPoolId, what.replaceAll(' ', '-'))
    recorder.answer(handler)
    expect(await server.refused('InitiateAuth', signIn(pool, what.replaceAll(' ', '-')))).toEqual([type, message])
  })

  it('is not asked when the password is wrong', async () => {
    await makeUser(server, pool.UserPoolId, 'wrong')
    await server.refused('InitiateAuth', signIn(pool, 'wrong', 'wrong'))
    expect(recorder.take()).toEqual([])
  })
})
