import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { callsThrough, createHarness, type Harness } from '../../../tests/support/harness.ts'
import { type MadePool, makeClient, makePool } from '../../../tests/support/make-pool.ts'
import { makeUser, password } from '../../../tests/support/make-user.ts'
import { redispatch } from '../../../tests/support/redispatch.ts'
import { brokenAnswers, createTriggerRecorder } from '../../../tests/support/trigger-recorder.ts'

const recorder = createTriggerRecorder()
let server: Harness
let pool: MadePool
let hiding: MadePool
let sub: string

beforeAll(async () => {
  server = await createHarness({}, recorder.functions)
  pool = await makePool(server, { LambdaConfig: recorder.config('PreAuthentication') })
  hiding = await makeClient(server, pool.UserPoolId, { PreventUserExistenceErrors: 'ENABLED' })
  sub = await makeUser(server, pool.UserPoolId, 'ana', { name: 'Ana' })
})
afterAll(() => server.close())
beforeEach(() => {
  recorder.answer((event) => event)
  recorder.take()
})

const signIn = (of: MadePool, USERNAME: string, ClientMetadata?: Record<string, string>) => ({
  ClientId: of.ClientId,
  AuthFlow: 'USER_PASSWORD_AUTH',
  AuthParameters: { USERNAME, PASSWORD: password },
  ...(ClientMetadata && { ClientMetadata }),
})

const event = (of: MadePool, userName: string, request: object) => ({
  version: '1',
  triggerSource: 'PreAuthentication_Authentication',
  region: 'us-east-1',
  userPoolId: of.UserPoolId,
  userName,
  callerContext: { awsSdkVersion: 'aws-sdk-unknown-unknown', clientId: of.ClientId },
  request,
  response: {},
})

const userAttributes = () => ({ sub, 'cognito:user_status': 'CONFIRMED', name: 'Ana' })

describe('PreAuthentication', () => {
  it('hears of a sign-in, and of its ClientMetadata by the name of validationData', async () => {
    await server.ok('InitiateAuth', signIn(pool, 'ana', { from: 'web' }))
    await server.ok('InitiateAuth', signIn(pool, 'ana'))
    expect(recorder.take()).toEqual([
      event(pool, 'ana', { userAttributes: userAttributes(), validationData: { from: 'web' } }),
      event(pool, 'ana', { userAttributes: userAttributes(), validationData: null }),
    ])
  })

  it('hears of unknown users where the client hides that they are', async () => {
    await server.ok('InitiateAuth', signIn(hiding, 'ana'))
    expect((await server.refused('InitiateAuth', signIn(hiding, 'nobody')))[0]).toBe('NotAuthorizedException')
    expect((await server.refused('InitiateAuth', signIn(pool, 'nobody')))[0]).toBe('UserNotFoundException')
    expect(recorder.take()).toEqual([
      event(hiding, 'ana', { userAttributes: userAttributes(), validationData: null, userNotFound: false }),
      event(hiding, 'nobody', { userAttributes: {}, validationData: null, userNotFound: true }),
    ])
  })

  it('never sees the password, and is not asked about a refresh', async () => {
    const { AuthenticationResult } = await server.ok('InitiateAuth', signIn(pool, 'ana'))
    expect(JSON.stringify(recorder.take())).not.toContain(password)
    const REFRESH_TOKEN = AuthenticationResult.RefreshToken
    await server.ok('InitiateAuth', { ClientId: pool.ClientId, AuthFlow: 'REFRESH_TOKEN_AUTH', AuthParameters: { REFRESH_TOKEN } })
    expect(recorder.take()).toEqual([])
  })

  it.each(brokenAnswers('PreAuthentication'))('%s: nobody signs in', async (_what, handler, type, message) => {
    recorder.answer(handler)
    expect(await server.refused('InitiateAuth', signIn(pool, 'ana'))).toEqual([type, message])
    const srp = { ClientId: pool.ClientId, AuthFlow: 'USER_SRP_AUTH', AuthParameters: { USERNAME: 'ana', SRP_A: 'ab'.repeat(192) } }
    expect(await server.refused('InitiateAuth', srp)).toEqual([type, message])
  })

  it.each([
    [undefined, 'PreAuthentication invocation failed due to configuration.'],
    [true, 'PreAuthentication invocation failed due to error Socket timeout while invoking Lambda function.'],
  ] as const)('that can not be called, or not in time (%s), lets nobody in', async (timedOut, message) => {
    const invoke = async () => ({ kind: 'not invocable', sentence: 'for the log', timedOut }) as const
    const { refused } = callsThrough(redispatch(server, { triggers: { invoke, send: async () => undefined } }))
    expect(await refused('InitiateAuth', signIn(pool, 'ana'))).toEqual(['UnexpectedLambdaException', message])
  })
})
