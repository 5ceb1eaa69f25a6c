import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { createHarness, type Harness } from '../../tests/support/harness.ts'
import { type MadePool, makeClient, makePool } from '../../tests/support/make-pool.ts'
import { inviteUser, makeUser, password, temporaryPassword } from '../../tests/support/make-user.ts'
import { outcomes } from '../../tests/support/parallel.ts'
import { createSrpClient } from '../../tests/support/srp-client.ts'
import { tokenParts } from '../../tests/support/token-parts.ts'
import type { TriggerEvent } from '../triggers/triggers.ts'

const arn = (name: string) => `arn:aws:lambda:us-east-1:000000000000:function:${name}`
const [define, create, verify] = [arn('define'), arn('create'), arn('verify')]

type Round = { challengeName: string; challengeResult: boolean; challengeMetadata: string | null }
type Handler = (event: TriggerEvent) => unknown

const answering = (event: TriggerEvent, response: Record<string, unknown>) => ({ ...event, response })

/** Two questions in a row, any wrong answer ends it; the password first where SRP was begun. */
const usual: Record<'define' | 'create' | 'verify', Handler> = {
  define: (event) => {
    const session = event.request['session'] as Round[]
    const last = session.at(-1)
    if (last?.challengeName === 'SRP_A')
      return answering(event, { challengeName: 'PASSWORD_VERIFIER', issueTokens: false, failAuthentication: false })
    if (last && !last.challengeResult) return answering(event, { issueTokens: false, failAuthentication: true })
    const questions = session.filter(({ challengeName }) => challengeName === 'CUSTOM_CHALLENGE').length
    return answering(
      event,
      questions === 2
        ? { issueTokens: true, failAuthentication: false }
        : { challengeName: 'CUSTOM_CHALLENGE', issueTokens: false, failAuthentication: false },
    )
  },
  create: (event) =>
    answering(event, {
      publicChallengeParameters: { question: `no ${(event.request['session'] as Round[]).length}` },
      privateChallengeParameters: { answer: 'blue' },
      challengeMetadata: 'COLOUR',
    }),
  verify: (event) => {
    const { privateChallengeParameters, challengeAnswer } = event.request as {
      privateChallengeParameters: { answer: string }
      challengeAnswer: string
    }
    return answering(event, { answerCorrect: privateChallengeParameters.answer === challengeAnswer })
  },
}

let server: Harness
let pool: MadePool
let hiding: MadePool
let handlers = { ...usual }
let events: TriggerEvent[] = []

const recorded =
  (name: keyof typeof usual): Handler =>
  (event) => {
    events.push(event)
    return handlers[name](event)
  }

beforeAll(async () => {
  server = await createHarness({}, { [define]: recorded('define'), [create]: recorded('create'), [verify]: recorded('verify') })
  const LambdaConfig = { DefineAuthChallenge: define, CreateAuthChallenge: create, VerifyAuthChallengeResponse: verify }
  const ExplicitAuthFlows = ['ALLOW_CUSTOM_AUTH', 'ALLOW_REFRESH_TOKEN_AUTH'] as const
  pool = await makePool(server, { LambdaConfig }, { ExplicitAuthFlows: [...ExplicitAuthFlows] })
  hiding = await makeClient(server, pool.UserPoolId, { ExplicitAuthFlows: [...ExplicitAuthFlows], PreventUserExistenceErrors: 'ENABLED' })
  await makeUser(server, pool.UserPoolId, 'ana', { email: 'ana@example.org' })
})
beforeEach(() => {
  handlers = { ...usual }
  events = []
})
afterAll(() => server.close())

const begin = (USERNAME = 'ana', more: Record<string, string> = {}, made = pool) => ({
  ClientId: made.ClientId,
  AuthFlow: 'CUSTOM_AUTH',
  AuthParameters: { USERNAME, ...more },
})

const reply = (Session: string, ANSWER: string, USERNAME = 'ana', made = pool) => ({
  ClientId: made.ClientId,
  ChallengeName: 'CUSTOM_CHALLENGE',
  Session,
  ChallengeResponses: { USERNAME, ANSWER },
  ClientMetadata: { from: 'respond' },
})

const refusedBegin = (...args: Parameters<typeof begin>) => server.refused('InitiateAuth', begin(...args))
const incorrect = ['NotAuthorizedException', 'Incorrect username or password.']

describe('custom authentication', () => {
  it('asks as long as DefineAuthChallenge wants and issues tokens in the end', async () => {
    const first = await server.ok('InitiateAuth', { ...begin(), ClientMetadata: { from: 'initiate' } })
    expect(first).toMatchObject({ ChallengeName: 'CUSTOM_CHALLENGE', ChallengeParameters: { USERNAME: 'ana', question: 'no 0' } })
    const second = await server.ok('RespondToAuthChallenge', reply(first.Session, 'blue'))
    expect(second).toMatchObject({ ChallengeName: 'CUSTOM_CHALLENGE', ChallengeParameters: { question: 'no 1' } })
    const { AuthenticationResult } = await server.ok('RespondToAuthChallenge', reply(second.Session, 'blue'))
    expect(tokenParts(AuthenticationResult.AccessToken).payload).toMatchObject({ username: 'ana', token_use: 'access' })
    const sub = tokenParts(AuthenticationResult.IdToken).payload['sub']
    const common = {
      version: '1',
      region: 'us-east-1',
      userPoolId: pool.UserPoolId,
      userName: 'ana',
      callerContext: { awsSdkVersion: 'aws-sdk-unknown-unknown', clientId: pool.ClientId },
    }
    const userAttributes = { sub, email: 'ana@example.org', 'cognito:user_status': 'CONFIRMED' }
    const right = { challengeName: 'CUSTOM_CHALLENGE', challengeResult: true, challengeMetadata: 'COLOUR' }
    const clientMetadata = { from: 'respond' }
    expect(events[0]).toEqual({
      ...common,
      triggerSource: 'DefineAuthChallenge_Authentication',
      request: { userAttributes, session: [] },
      response: { challengeName: null, issueTokens: null, failAuthentication: null },
    })
    expect(events[1]).toEqual({
      ...common,
      triggerSource: 'CreateAuthChallenge_Authentication',
      request: { userAttributes, challengeName: 'CUSTOM_CHALLENGE', session: [] },
      response: { publicChallengeParameters: null, privateChallengeParameters: null, challengeMetadata: null },
    })
    expect(events[2]).toEqual({
      ...common,
      triggerSource: 'VerifyAuthChallengeResponse_Authentication',
      request: { userAttributes, privateChallengeParameters: { answer: 'blue' }, challengeAnswer: 'blue', clientMetadata },
      response: { answerCorrect: null },
    })
    expect(events.slice(3).map(({ triggerSource, request }) => [triggerSource.split('_')[0], request['session']])).toEqual([
      ['DefineAuthChallenge', [right]],
      ['CreateAuthChallenge', [right]],
      ['VerifyAuthChallengeResponse', undefined],
      ['DefineAuthChallenge', [right, right]],
    ])
  })

  it('lets DefineAuthChallenge decide what a wrong answer means', async () => {
    const first = await server.ok('InitiateAuth', begin())
    expect(await server.refused('RespondToAuthChallenge', reply(first.Session, 'red'))).toEqual(incorrect)
    expect(events.at(-1)?.request['session']).toEqual([
      { challengeName: 'CUSTOM_CHALLENGE', challengeResult: false, challengeMetadata: 'COLOUR' },
    ])
    handlers.define = (event) => {
      const session = event.request['session'] as Round[]
      return answering(event, session.at(-1)?.challengeResult ? { issueTokens: true } : { challengeName: 'CUSTOM_CHALLENGE' })
    }
    let { Session } = await server.ok('InitiateAuth', begin())
    for (const wrong of ['red', 'green']) ({ Session } = await server.ok('RespondToAuthChallenge', reply(Session, wrong)))
    expect((await server.ok('RespondToAuthChallenge', reply(Session, 'blue'))).AuthenticationResult).toBeDefined()
  })

  it('takes one answer to a question, however many come at once', async () => {
    const first = await server.ok('InitiateAuth', begin())
    const second = await server.ok('RespondToAuthChallenge', reply(first.Session, 'blue'))
    const calls = Array.from({ length: 50 }, () => server.call('RespondToAuthChallenge', reply(second.Session, 'blue')))
    expect(await outcomes(calls)).toEqual({ ok: 1, NotAuthorizedException: 49 })
    expect(await server.refused('RespondToAuthChallenge', reply(first.Session, 'blue'))).toEqual([
      'NotAuthorizedException',
      'Invalid session for the user, session can only be used once.',
    ])
  })

  it('refuses the session of somebody else, of another client and one that is too old', async () => {
    await makeUser(server, pool.UserPoolId, 'eve')
    const { Session } = await server.ok('InitiateAuth', begin())
    const invalid = ['NotAuthorizedException', 'Invalid session for the user.']
    expect(await server.refused('RespondToAuthChallenge', reply(Session, 'blue', 'eve'))).toEqual(invalid)
    expect(await server.refused('RespondToAuthChallenge', reply(Session, 'blue', 'ana', hiding))).toEqual(invalid)
    server.clock.advance(3 * 60_000)
    expect((await server.refused('RespondToAuthChallenge', reply(Session, 'blue')))[1]).toBe(
      'Invalid session for the user, session is expired.',
    )
  })

  it('keeps long answers of a function for the next round', async () => {
    const long = 'x'.repeat(20_000)
    handlers.create = (event) => answering(event, { publicChallengeParameters: {}, privateChallengeParameters: { answer: long } })
    const { Session } = await server.ok('InitiateAuth', begin())
    expect(Session.length).toBeLessThanOrEqual(1536)
    expect((await server.ok('RespondToAuthChallenge', reply(Session, long))).ChallengeName).toBe('CUSTOM_CHALLENGE')
    expect(events.find(({ triggerSource }) => triggerSource.startsWith('Verify'))?.request['privateChallengeParameters']).toEqual({
      answer: long,
    })
  })

  it('goes through the motions for a name that nobody has, and lets nobody in', async () => {
    const first = await server.ok('InitiateAuth', begin('nobody', {}, hiding))
    expect(first).toMatchObject({ ChallengeName: 'CUSTOM_CHALLENGE', ChallengeParameters: { USERNAME: 'nobody' } })
    expect(events[0]?.request).toEqual({ userAttributes: {}, session: [], userNotFound: true })
    const second = await server.ok('RespondToAuthChallenge', reply(first.Session, 'blue', 'nobody', hiding))
    expect(await server.refused('RespondToAuthChallenge', reply(second.Session, 'blue', 'nobody', hiding))).toEqual(incorrect)
    expect(await refusedBegin('nobody')).toEqual(['UserNotFoundException', 'User does not exist.'])
    const known = await server.ok('InitiateAuth', begin('ana', {}, hiding))
    expect(known.Session).toHaveLength(first.Session.length)
    expect(events.at(-1)?.request['userNotFound']).toBe(false)
  })

  it('needs its functions', async () => {
    const bare = await makePool(server, {}, { ExplicitAuthFlows: ['ALLOW_CUSTOM_AUTH'] })
    await makeUser(server, bare.UserPoolId, 'ana')
    expect(await refusedBegin('ana', {}, bare)).toEqual([
      'InvalidParameterException',
      'Custom auth lambda trigger is not configured for the user pool.',
    ])
  })

  it.each<[string, keyof typeof usual, Handler, string, string]>([
    [
      'throws',
      'define',
      () => {
        throw new Error('no more')
      },
      'UserLambdaValidationException',
      'DefineAuthChallenge failed with error no more.',
    ],
    ['answers nothing', 'define', () => null, 'InvalidLambdaResponseException', 'Invalid lambda function output : Invalid JSON'],
    ['answers no response', 'define', () => ({ hello: 1 }), 'InvalidLambdaResponseException', 'Unrecognizable lambda output'],
    ['decides nothing', 'define', (event) => answering(event, {}), 'InvalidLambdaResponseException', 'Unrecognizable lambda output'],
    [
      'says yes in another type',
      'define',
      (event) => answering(event, { issueTokens: 'true' }),
      'InvalidLambdaResponseException',
      'Unrecognizable lambda output',
    ],
    [
      'asks for a challenge that is none',
      'define',
      (event) => answering(event, { challengeName: 'TRUST_ME' }),
      'InvalidLambdaResponseException',
      'Unrecognizable lambda output',
    ],
    [
      'asks for the password without SRP_A',
      'define',
      (event) => answering(event, { challengeName: 'PASSWORD_VERIFIER' }),
      'InvalidLambdaResponseException',
      'Unrecognizable lambda output',
    ],
    [
      'makes parameters of another type',
      'create',
      (event) => answering(event, { publicChallengeParameters: { n: 1 } }),
      'InvalidLambdaResponseException',
      'Unrecognizable lambda output',
    ],
    [
      'fails and goes on',
      'define',
      (event) => answering(event, { issueTokens: true, failAuthentication: true }),
      'NotAuthorizedException',
      'Incorrect username or password.',
    ],
  ])('stops where a function %s', async (_, name, handler, code, message) => {
    handlers[name] = handler
    expect(await refusedBegin()).toEqual([code, message])
  })

  it('stops where the judge of an answer is no judge', async () => {
    for (const answer of [{}, { answerCorrect: 'true' }, { answerCorrect: null }]) {
      handlers.verify = (event) => answering(event, answer)
      const { Session } = await server.ok('InitiateAuth', begin())
      const outcome = await server.call('RespondToAuthChallenge', reply(Session, 'blue'))
      expect(outcome.body.AuthenticationResult).toBeUndefined()
      expect(outcome.status).toBe(400)
    }
  })
})

describe('custom authentication after the password', () => {
  const withPassword = async (username: string, given: string, sendsSession = true) => {
    const srp = createSrpClient(pool.UserPoolId)
    const first = await server.ok('InitiateAuth', begin(username, { CHALLENGE_NAME: 'SRP_A', SRP_A: srp.srpA }))
    expect(first).toMatchObject({ ChallengeName: 'PASSWORD_VERIFIER', Session: expect.any(String) })
    return server.call('RespondToAuthChallenge', {
      ClientId: pool.ClientId,
      ChallengeName: 'PASSWORD_VERIFIER',
      ...(sendsSession && { Session: first.Session }),
      ChallengeResponses: srp.answer(first.ChallengeParameters, given, server.clock.now()),
    })
  }

  it('shows DefineAuthChallenge the password rounds and goes on', async () => {
    const { body } = await withPassword('ana', password)
    expect(body.ChallengeName).toBe('CUSTOM_CHALLENGE')
    const second = await server.ok('RespondToAuthChallenge', reply(body.Session, 'blue'))
    const { AuthenticationResult } = await server.ok('RespondToAuthChallenge', reply(second.Session, 'blue'))
    expect(tokenParts(AuthenticationResult.IdToken).payload).toMatchObject({ amr: ['pwd'] })
    const sessions = events
      .filter(({ triggerSource }) => triggerSource.startsWith('Define'))
      .map(({ request }) => (request['session'] as Round[]).map((round) => round.challengeName))
    expect(sessions[0]).toEqual(['SRP_A'])
    expect(sessions.at(-1)).toEqual(['SRP_A', 'PASSWORD_VERIFIER', 'CUSTOM_CHALLENGE', 'CUSTOM_CHALLENGE'])
  })

  it('needs no session back with the proof of the password', async () => {
    expect((await withPassword('ana', password, false)).body.ChallengeName).toBe('CUSTOM_CHALLENGE')
  })

  it('ends with a wrong password before any function is asked', async () => {
    const { status, body } = await withPassword('ana', 'Wrong-Horse-7')
    expect([status, body.message]).toEqual([400, 'Incorrect username or password.'])
    expect(events.filter(({ triggerSource }) => triggerSource.startsWith('Create'))).toEqual([])
  })

  it('lets DefineAuthChallenge ask for a first password', async () => {
    await inviteUser(server, pool.UserPoolId, 'new')
    handlers.define = (event) => {
      const names = (event.request['session'] as Round[]).map(({ challengeName }) => challengeName)
      if (names.at(-1) === 'SRP_A') return answering(event, { challengeName: 'PASSWORD_VERIFIER' })
      if (names.at(-1) === 'PASSWORD_VERIFIER') return answering(event, { challengeName: 'NEW_PASSWORD_REQUIRED' })
      return answering(event, { issueTokens: true })
    }
    const { body } = await withPassword('new', temporaryPassword)
    expect(body.ChallengeName).toBe('NEW_PASSWORD_REQUIRED')
    const done = await server.ok('RespondToAuthChallenge', {
      ClientId: pool.ClientId,
      ChallengeName: 'NEW_PASSWORD_REQUIRED',
      Session: body.Session,
      ChallengeResponses: { USERNAME: 'new', NEW_PASSWORD: password },
    })
    expect(done.AuthenticationResult).toBeDefined()
    expect((events.at(-1)?.request['session'] as Round[] | undefined)?.map(({ challengeName }) => challengeName)).toEqual([
      'SRP_A',
      'PASSWORD_VERIFIER',
      'NEW_PASSWORD_REQUIRED',
    ])
  })

  it('asks for a first password even where the functions forget it', async () => {
    await inviteUser(server, pool.UserPoolId, 'forgotten')
    handlers.define = (event) => answering(event, { issueTokens: true })
    const { Session, ChallengeName } = await server.ok('InitiateAuth', begin('forgotten'))
    expect(ChallengeName).toBe('NEW_PASSWORD_REQUIRED')
    expect(Session).toBeDefined()
  })
})
