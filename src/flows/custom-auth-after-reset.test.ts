import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { createHarness, type Harness } from '../../tests/support/harness.ts'
import { everyFlow, type MadePool, makeClient, makePool } from '../../tests/support/make-pool.ts'
import { inviteUser, makeUser, password, temporaryPassword } from '../../tests/support/make-user.ts'
import { makeTokenUser } from '../../tests/support/mfa-pool.ts'
import { outcomes } from '../../tests/support/parallel.ts'
import { createSrpClient } from '../../tests/support/srp-client.ts'
import { createTriggerRecorder } from '../../tests/support/trigger-recorder.ts'
import type { User } from '../domain/user.ts'
import type { TriggerEvent } from '../triggers/triggers.ts'

const recorder = createTriggerRecorder()
const newPassword = 'My-Own-Horse-8'
const incorrect = ['NotAuthorizedException', 'Incorrect username or password.']
const resetRequired = ['PasswordResetRequiredException', 'Password reset required for the user']
const clients = ['LEGACY', 'ENABLED'] as const
type Existence = (typeof clients)[number]

let server: Harness
let pools: Record<Existence, MadePool>
let users = 0

type Round = { challengeName: string; challengeResult: boolean }
const roundsOf = ({ request }: TriggerEvent) => request['session'] as Round[]

/** Asks for the password, then for `next`, and issues tokens after a new password. */
const asking = (next: Readonly<Record<string, unknown>>) =>
  recorder.answer((event) => {
    const last = event.triggerSource.startsWith('Define') ? roundsOf(event).at(-1)?.challengeName : undefined
    const response = { SRP_A: { challengeName: 'PASSWORD_VERIFIER' }, NEW_PASSWORD_REQUIRED: { issueTokens: true } }[last ?? ''] ?? next
    return { ...event, response: { ...event.response, ...response } }
  })

beforeAll(async () => {
  server = await createHarness({}, recorder.functions)
  const LambdaConfig = recorder.config('DefineAuthChallenge', 'CreateAuthChallenge', 'VerifyAuthChallengeResponse')
  const ExplicitAuthFlows = [...(everyFlow ?? []), 'ALLOW_CUSTOM_AUTH' as const]
  const LEGACY = await makePool(server, { LambdaConfig }, { ExplicitAuthFlows })
  await server.ok('SetUserPoolMfaConfig', {
    UserPoolId: LEGACY.UserPoolId,
    MfaConfiguration: 'OPTIONAL',
    SoftwareTokenMfaConfiguration: { Enabled: true },
  })
  const ENABLED = await makeClient(server, LEGACY.UserPoolId, { ExplicitAuthFlows, PreventUserExistenceErrors: 'ENABLED' })
  pools = { LEGACY, ENABLED }
})
beforeEach(() => {
  asking({ challengeName: 'NEW_PASSWORD_REQUIRED' })
  recorder.take()
})
afterAll(() => server.close())

const nextUser = async (): Promise<string> => {
  users += 1
  const username = `reset-${users}`
  await makeUser(server, pools.LEGACY.UserPoolId, username, { email: `${username}@example.org`, email_verified: 'true' })
  return username
}
const reset = (Username: string) => server.ok('AdminResetUserPassword', { UserPoolId: pools.LEGACY.UserPoolId, Username })
const resetUser = async (): Promise<string> => {
  const username = await nextUser()
  await reset(username)
  return username
}
/** Written straight into the row, sessions untouched. */
const write = async (username: string, change: Partial<User>): Promise<void> => {
  const pool = await server.store.pools.byId(pools.LEGACY.UserPoolId)
  const user = await server.store.users.byName(pool?.uid ?? '', username)
  if (user === undefined) throw new Error(`there is no user ${username}`)
  const by = { actor: 'test', requestId: 'r', action: 'Test', at: server.clock.now() }
  expect(await server.store.users.save(by, { user: { ...user, ...change } })).toBe('saved')
}

const begin = (ClientId: string, USERNAME: string, srpA: string) =>
  server.call('InitiateAuth', {
    ClientId,
    AuthFlow: 'CUSTOM_AUTH',
    AuthParameters: { USERNAME, CHALLENGE_NAME: 'SRP_A', SRP_A: srpA },
  })
/** The answer to the proof of a password; to InitiateAuth where that asks for none. */
const prove = async ({ ClientId, UserPoolId }: MadePool, username: string, given = password) => {
  const srp = createSrpClient(UserPoolId)
  const begun = await begin(ClientId, username, srp.srpA)
  if (begun.body.ChallengeName !== 'PASSWORD_VERIFIER') return begun
  return server.call('RespondToAuthChallenge', {
    ClientId,
    ChallengeName: 'PASSWORD_VERIFIER',
    ChallengeResponses: srp.answer(begun.body.ChallengeParameters, given, server.clock.now()),
  })
}
const refusal = ({ body }: { body: { __type: string; message: string } }) => [body.__type, body.message]
const setting = ({ ClientId }: MadePool, USERNAME: string, Session: string) => ({
  ClientId,
  ChallengeName: 'NEW_PASSWORD_REQUIRED',
  Session,
  ChallengeResponses: { USERNAME, NEW_PASSWORD: newPassword },
})
const plainly = (USERNAME: string, PASSWORD: string) => ({
  ClientId: pools.LEGACY.ClientId,
  AuthFlow: 'USER_PASSWORD_AUTH',
  AuthParameters: { USERNAME, PASSWORD },
})

describe.each(clients)('custom authentication after a reset, existence errors %s', (existence) => {
  const refusedState = existence === 'LEGACY' ? resetRequired : incorrect

  it('lets DefineAuthChallenge ask for a new password once the old one is proved', async () => {
    const made = pools[existence]
    const username = await resetUser()
    const { body } = await prove(made, username)
    expect(body.ChallengeName).toBe('NEW_PASSWORD_REQUIRED')
    expect(await server.refused('InitiateAuth', plainly(username, password))).toEqual(resetRequired)
    const done = await server.ok('RespondToAuthChallenge', setting(made, username, body.Session))
    expect(done.AuthenticationResult).toBeDefined()
    expect(
      recorder.take().map((event) => [(event.request['userAttributes'] as Record<string, string>)['cognito:user_status'], roundsOf(event)]),
    ).toMatchObject([
      ['RESET_REQUIRED', [{ challengeName: 'SRP_A', challengeResult: true }]],
      ['RESET_REQUIRED', [{ challengeName: 'SRP_A' }, { challengeName: 'PASSWORD_VERIFIER', challengeResult: true }]],
      ['CONFIRMED', [{ challengeName: 'SRP_A' }, { challengeName: 'PASSWORD_VERIFIER' }, { challengeName: 'NEW_PASSWORD_REQUIRED' }]],
    ])
    expect((await server.ok('InitiateAuth', plainly(username, newPassword))).AuthenticationResult).toBeDefined()
    expect(await server.refused('InitiateAuth', plainly(username, password))).toEqual(incorrect)
  })

  it('sets the new password once, and not after another reset', async () => {
    const made = pools[existence]
    const username = await resetUser()
    const { body } = await prove(made, username)
    const calls = Array.from({ length: 20 }, () => server.call('RespondToAuthChallenge', setting(made, username, body.Session)))
    expect(await outcomes(calls)).toEqual({ ok: 1, NotAuthorizedException: 19 })
    const again = await resetUser()
    const begun = await prove(made, again)
    await reset(again)
    expect(await server.refused('RespondToAuthChallenge', setting(made, again, begun.body.Session))).toEqual([
      'NotAuthorizedException',
      'Invalid session for the user.',
    ])
  })

  it('refuses wrong passwords as of anybody else, and counts them', async () => {
    const made = pools[existence]
    const username = await resetUser()
    for (let failure = 0; failure < 5; failure += 1) expect(refusal(await prove(made, username, 'Wrong-Horse-7'))).toEqual(incorrect)
    expect(refusal(await prove(made, username))).toEqual(['NotAuthorizedException', 'Password attempts exceeded'])
  })

  it.each([
    ['tokens', { issueTokens: true }],
    ['a custom challenge', { challengeName: 'CUSTOM_CHALLENGE' }],
  ])('says what the state says where DefineAuthChallenge wants %s instead, after the password or before', async (_, next) => {
    const made = pools[existence]
    const username = await resetUser()
    asking(next)
    expect(refusal(await prove(made, username))).toEqual(refusedState)
    recorder.respond('DefineAuthChallenge', next)
    const { body } = await prove(made, username)
    expect(body.AuthenticationResult).toBeUndefined()
    // Where existence is hidden it goes on as for a name that nobody has.
    const hidden = existence === 'ENABLED' && 'challengeName' in next
    expect(hidden ? body.ChallengeName : refusal({ body })).toEqual(hidden ? 'CUSTOM_CHALLENGE' : refusedState)
  })

  it('asks nobody for a new password who has not proved the old one', async () => {
    recorder.respond('DefineAuthChallenge', { challengeName: 'NEW_PASSWORD_REQUIRED' })
    const { body } = await prove(pools[existence], await resetUser())
    expect(body.ChallengeName).toBeUndefined()
    expect(body.Session).toBeUndefined()
  })

  it('asks for the second factor after the new password, before any tokens', async () => {
    const made = pools[existence]
    users += 1
    const username = `reset-${users}`
    await makeTokenUser(server, made, username)
    await write(username, { status: 'RESET_REQUIRED' })
    const { body } = await prove(made, username)
    expect(body.ChallengeName).toBe('NEW_PASSWORD_REQUIRED')
    const next = await server.ok('RespondToAuthChallenge', setting(made, username, body.Session))
    expect([next.ChallengeName, next.AuthenticationResult]).toEqual(['SOFTWARE_TOKEN_MFA', undefined])
  })

  it.each(['COMPROMISED', 'UNCONFIRMED', 'ARCHIVED'] as const)('asks nobody for a new password who is %s', async (status) => {
    const username = await nextUser()
    await write(username, { status })
    const { body } = await prove(pools[existence], username)
    expect([body.ChallengeName, body.AuthenticationResult]).toEqual([undefined, undefined])
  })
})

describe('custom authentication after a reset', () => {
  it('ends what was begun before, however the reset came about', async () => {
    const username = await nextUser()
    const { AuthenticationResult: before } = await server.ok('InitiateAuth', plainly(username, password))
    await write(username, { status: 'RESET_REQUIRED' })
    const { body } = await prove(pools.LEGACY, username)
    await server.ok('RespondToAuthChallenge', setting(pools.LEGACY, username, body.Session))
    const refreshing = { ClientId: pools.LEGACY.ClientId, RefreshToken: before.RefreshToken }
    expect((await server.refused('GetTokensFromRefreshToken', refreshing))[0]).toBe('NotAuthorizedException')
  })

  it('needs the password first', async () => {
    const { ClientId } = pools.LEGACY
    const input = { ClientId, AuthFlow: 'CUSTOM_AUTH', AuthParameters: { USERNAME: await resetUser() } }
    expect(await server.refused('InitiateAuth', input)).toEqual(resetRequired)
    expect(recorder.take()).toEqual([])
  })

  it('does not take a session of another sign-in for the new password', async () => {
    users += 1
    const username = `reset-${users}`
    await inviteUser(server, pools.LEGACY.UserPoolId, username)
    const { Session } = await server.ok('InitiateAuth', plainly(username, temporaryPassword))
    await write(username, { status: 'RESET_REQUIRED' })
    expect(await server.refused('RespondToAuthChallenge', setting(pools.LEGACY, username, Session))).toEqual(resetRequired)
  })
})

describe('a first password that DefineAuthChallenge asks for', () => {
  it('comes too late for a temporary one that has expired', async () => {
    users += 1
    const username = `reset-${users}`
    await inviteUser(server, pools.LEGACY.UserPoolId, username)
    server.clock.advance(7 * 86_400_000)
    const { body } = await prove(pools.LEGACY, username, temporaryPassword)
    expect([body.__type, body.message]).toEqual([
      'NotAuthorizedException',
      'Temporary password has expired and must be reset by an administrator.',
    ])
    server.clock.reset()
  })
})
