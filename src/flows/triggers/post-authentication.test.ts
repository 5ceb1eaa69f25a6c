import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { createHarness, type Harness } from '../../../tests/support/harness.ts'
import { type MadePool, makePool } from '../../../tests/support/make-pool.ts'
import { inviteUser, makeUser, password, temporaryPassword } from '../../../tests/support/make-user.ts'
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
    expect(recorder.take()).toMatchObject([{ request: { clientMetadata: { step: 'second' } } }])
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
