import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { createHarness, type Harness } from '../../tests/support/harness.ts'
import { testContext } from '../../tests/support/known-attempt.ts'
import { everyFlow, type MadePool, makeClient, makePool } from '../../tests/support/make-pool.ts'
import { password } from '../../tests/support/make-user.ts'
import { atOnce } from '../../tests/support/parallel.ts'
import { signIn } from '../../tests/support/sign-in.ts'
import { createTriggerRecorder } from '../../tests/support/trigger-recorder.ts'
import type { SignInRequest } from './attempt.ts'
import { confirmByCode } from './confirm-by-code.ts'
import { findUser } from './find-user.ts'
import { openClient } from './open-client.ts'
import { selfSignUp } from './self-sign-up.ts'
import { beginSignIn } from './sign-in.ts'
import { sealPageSignUp } from './sign-up-session.ts'

const hosted: SignInRequest = { surface: 'hosted' }
const minute = 60_000
const recorder = createTriggerRecorder()

let server: Harness
let pool: MadePool

beforeAll(async () => {
  server = await createHarness({}, recorder.functions)
  const ExplicitAuthFlows = [...(everyFlow ?? []), 'ALLOW_USER_AUTH' as const]
  const LambdaConfig = recorder.config('PreAuthentication', 'PostAuthentication')
  pool = await makePool(server, { AutoVerifiedAttributes: ['email'], LambdaConfig }, { ExplicitAuthFlows })
})
afterAll(() => server.close())
beforeEach(() => {
  server.clock.reset()
  recorder.answer((event) => event)
  recorder.take()
})

const addressOf = (username: string) => `${username}@example.org`

/** Signs somebody up as a page does, and answers what it keeps in the browser. */
const signUp = async (username: string, made = pool): Promise<string> => {
  const ctx = testContext(server)
  const opened = await openClient(ctx, made.ClientId)
  const attributes = [{ Name: 'email', Value: addressOf(username) }]
  const { user } = await selfSignUp(ctx, opened, { username, password, attributes, request: hosted })
  const sealed = await sealPageSignUp(ctx, opened, user)
  return sealed ?? expect.fail('the user has a password')
}

const confirm = async (username: string, made = pool): Promise<void> => {
  const ctx = testContext(server)
  const code = server.codeSentTo(addressOf(username))
  await confirmByCode(ctx, await openClient(ctx, made.ClientId), { username, code, request: hosted })
}

const signedUp = async (username: string, made = pool): Promise<string> => {
  const session = await signUp(username, made)
  await confirm(username, made)
  return session
}

const begin = async (session: string, made = pool, request = hosted) => {
  const ctx = testContext(server)
  return beginSignIn(ctx, await openClient(ctx, made.ClientId), { kind: 'signed up', session }, request, undefined)
}

const refusal = (work: Promise<unknown>) =>
  work.then(
    () => 'nothing',
    ({ code, message }) => [code, message],
  )

const invalid = ['NotAuthorizedException', 'Invalid session for the user.']
const spent = ['NotAuthorizedException', 'Invalid session for the user, session can only be used once.']
const expired = ['NotAuthorizedException', 'Invalid session for the user, session is expired.']

describe('what a sign-up on a page leaves in the browser', () => {
  it('signs in once the sign-up is confirmed, as the password does', async () => {
    const session = await signUp('ana')
    server.clock.advance(15 * minute - 1)
    await confirm('ana')
    expect(await begin(session)).toMatchObject({
      kind: 'authenticated',
      authenticated: { user: { username: 'ana' }, proofs: ['pwd'], authTime: server.clock.now(), newPassword: false },
    })
    expect(recorder.take().map(({ triggerSource, userName }) => [triggerSource, userName])).toEqual([
      ['PreAuthentication_Authentication', 'ana'],
      ['PostAuthentication_Authentication', 'ana'],
    ])
  })

  it(`is good for one of ${atOnce} at once, and never again`, async () => {
    const session = await signedUp('once')
    const outcomes = await Promise.allSettled(Array.from({ length: atOnce }, () => begin(session)))
    expect(outcomes.filter(({ status }) => status === 'fulfilled')).toHaveLength(1)
    expect(await refusal(begin(session))).toEqual(spent)
  })

  it('is good for a quarter of an hour', async () => {
    const session = await signedUp('late')
    server.clock.advance(15 * minute)
    expect(await refusal(begin(session))).toEqual(expired)
  })

  it('is not good for another client or pool, or when a character differs', async () => {
    const session = await signedUp('own')
    expect(await refusal(begin(session, await makeClient(server, pool.UserPoolId)))).toEqual(invalid)
    expect(await refusal(begin(session, await makePool(server)))).toEqual(invalid)
    const [last = ''] = session.slice(-9)
    const changed = `${session.slice(0, -9)}${last === 'A' ? 'B' : 'A'}${session.slice(-8)}`
    expect(await refusal(begin(changed))).toEqual(invalid)
    expect((await begin(session)).kind).toBe('authenticated')
  })

  it('waits for the confirmation, and is not used up by waiting', async () => {
    const session = await signUp('early')
    expect(await refusal(begin(session))).toEqual(['UserNotConfirmedException', 'User is not confirmed.'])
    await confirm('early')
    expect((await begin(session)).kind).toBe('authenticated')
  })

  const end =
    (operation: 'AdminDisableUser' | 'AdminUserGlobalSignOut' | 'AdminDeleteUser' | 'AdminResetUserPassword') => (Username: string) =>
      server.ok(operation, { UserPoolId: pool.UserPoolId, Username })

  it.each<[string, (Username: string) => Promise<unknown>, readonly string[]]>([
    ['the user is disabled', end('AdminDisableUser'), invalid],
    ['the user is signed out everywhere', end('AdminUserGlobalSignOut'), invalid],
    ['the user is deleted', end('AdminDeleteUser'), invalid],
    ['the password is reset', end('AdminResetUserPassword'), invalid],
    [
      'the user changes the password',
      async (USERNAME) => {
        const { AuthenticationResult } = await server.ok('InitiateAuth', {
          ClientId: pool.ClientId,
          AuthFlow: 'USER_PASSWORD_AUTH',
          AuthParameters: { USERNAME, PASSWORD: password },
        })
        const { AccessToken } = AuthenticationResult
        await server.ok('ChangePassword', { AccessToken, PreviousPassword: password, ProposedPassword: 'Another-Horse-8' })
      },
      invalid,
    ],
  ])('signs nobody in once %s', async (what, happens, refused) => {
    const username = what.replaceAll(' ', '-')
    const session = await signedUp(username)
    await happens(username)
    expect(await refusal(begin(session))).toEqual(refused)
  })

  it('is not used up where the PreAuthentication function refuses', async () => {
    const session = await signedUp('barred')
    recorder.answer(() => {
      throw new Error('not today')
    })
    expect(await refusal(begin(session))).toEqual(['UserLambdaValidationException', 'PreAuthentication failed with error not today.'])
    recorder.answer((event) => event)
    expect((await begin(session)).kind).toBe('authenticated')
  })

  it('stands for no second factor', async () => {
    const strict = await makePool(server, { AutoVerifiedAttributes: ['email'] })
    const SoftwareTokenMfaConfiguration = { Enabled: true }
    await server.ok('SetUserPoolMfaConfig', { UserPoolId: strict.UserPoolId, MfaConfiguration: 'ON', SoftwareTokenMfaConfiguration })
    expect(await begin(await signedUp('eva', strict), strict)).toMatchObject({ kind: 'challenge', name: 'MFA_SETUP' })
  })

  it('is nothing to anybody but a page', async () => {
    const session = await signedUp('ida')
    for (const surface of ['public', 'admin'] as const) expect(await refusal(begin(session, pool, { surface }))).toEqual(invalid)
    const { ClientId, UserPoolId } = pool
    const choose = { AuthFlow: 'USER_AUTH', AuthParameters: { USERNAME: 'ida' }, ClientId, Session: session } as const
    expect(await server.refused('InitiateAuth', choose)).toEqual(invalid)
    expect(await server.refused('AdminInitiateAuth', { ...choose, UserPoolId })).toEqual(invalid)
    for (const ChallengeName of ['PASSWORD', 'SELECT_CHALLENGE', 'MFA_SETUP', 'NEW_PASSWORD_REQUIRED', 'WEB_AUTHN', 'SMS_MFA'] as const) {
      const ChallengeResponses = {
        USERNAME: 'ida',
        PASSWORD: password,
        ANSWER: 'PASSWORD',
        NEW_PASSWORD: password,
        SMS_MFA_CODE: '1',
        CREDENTIAL: '{}',
      }
      expect(
        (await server.refused('RespondToAuthChallenge', { ClientId, ChallengeName, Session: session, ChallengeResponses }))[0],
      ).toMatch(/^(?:NotAuthorized|InvalidParameter)Exception$/)
    }
    expect(await server.refused('AssociateSoftwareToken', { Session: session })).toEqual(invalid)
    const other = await signUp('bea')
    const ConfirmationCode = server.codeSentTo(addressOf('bea'))
    expect(await server.refused('ConfirmSignUp', { ClientId, Username: 'bea', ConfirmationCode, Session: other })).toEqual(invalid)
    expect((await begin(session)).kind).toBe('authenticated')
    expect(await signIn(server, pool, 'ida')).toBe('tokens')
  })

  it('is not made for a user without a password', async () => {
    const ctx = testContext(server)
    const opened = await openClient(ctx, pool.ClientId)
    await server.ok('AdminCreateUser', { UserPoolId: pool.UserPoolId, Username: 'bare', MessageAction: 'SUPPRESS' })
    const user = await findUser(ctx, opened.pool, 'bare')
    if (user === undefined) return expect.fail('the user was just made')
    expect(await ctx.store.users.credential(user.poolUid, user.id)).toBeDefined()
    expect(await sealPageSignUp(ctx, opened, { ...user, id: 'without' })).toBeUndefined()
  })
})
