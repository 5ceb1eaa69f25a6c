import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createHarness, type Harness } from '../../../tests/support/harness.ts'
import { type MadePool, makePool } from '../../../tests/support/make-pool.ts'
import { makeUser, password } from '../../../tests/support/make-user.ts'
import { outcomes } from '../../../tests/support/parallel.ts'
import { accessTokenOf, signIn } from '../../../tests/support/sign-in.ts'

let server: Harness
let pool: MadePool

const chosen = 'Another-Horse-7'
const incorrect = ['NotAuthorizedException', 'Incorrect username or password.']

beforeAll(async () => {
  server = await createHarness()
  pool = await makePool(server, { Policies: { PasswordPolicy: { MinimumLength: 8, PasswordHistorySize: 1 } } })
})
afterAll(() => server.close())

/** An access token of a new user. */
const signedIn = async (name: string): Promise<string> => {
  await makeUser(server, pool.UserPoolId, name)
  return accessTokenOf(server, pool, name)
}
const change = (AccessToken: string, PreviousPassword: string, ProposedPassword: string) => ({
  AccessToken,
  PreviousPassword,
  ProposedPassword,
})

describe('ChangePassword', () => {
  it('changes the password and leaves sessions alone', async () => {
    const AccessToken = await signedIn('ana')
    expect(await server.ok('ChangePassword', change(AccessToken, password, chosen), { unsigned: true })).toEqual({})
    expect(await signIn(server, pool, 'ana', password)).toEqual(incorrect)
    expect(await signIn(server, pool, 'ana', chosen)).toBe('tokens')
    await server.ok('GetUser', { AccessToken })
  })

  it('ends every session where the policy wants that', async () => {
    const strict = await createHarness({ sessionsOnPasswordChange: 'end' })
    const own = await makePool(strict)
    await makeUser(strict, own.UserPoolId, 'ana')
    const [first, second] = [await accessTokenOf(strict, own, 'ana'), await accessTokenOf(strict, own, 'ana')]
    await strict.ok('ChangePassword', change(first, password, chosen))
    for (const AccessToken of [first, second]) expect((await strict.refused('GetUser', { AccessToken }))[0]).toBe('NotAuthorizedException')
    expect(await signIn(strict, own, 'ana', chosen)).toBe('tokens')
    await strict.close()
  })

  it('wants none of somebody who has none yet, and every one afterwards', async () => {
    const codes = { AllowedFirstAuthFactors: ['PASSWORD' as const, 'EMAIL_OTP' as const] }
    const flows = ['ALLOW_USER_AUTH' as const, 'ALLOW_USER_PASSWORD_AUTH' as const]
    const open = await makePool(server, { Policies: { SignInPolicy: codes } }, { ExplicitAuthFlows: flows })
    const email = 'free@example.org'
    const UserAttributes = [{ Name: 'email', Value: email }]
    await server.ok('AdminCreateUser', { UserPoolId: open.UserPoolId, Username: 'free', MessageAction: 'SUPPRESS', UserAttributes })
    const { Session } = await server.ok('InitiateAuth', {
      ClientId: open.ClientId,
      AuthFlow: 'USER_AUTH',
      AuthParameters: { USERNAME: 'free', PREFERRED_CHALLENGE: 'EMAIL_OTP' },
    })
    const { AuthenticationResult } = await server.ok('RespondToAuthChallenge', {
      ClientId: open.ClientId,
      ChallengeName: 'EMAIL_OTP',
      Session,
      ChallengeResponses: { USERNAME: 'free', EMAIL_OTP_CODE: server.codeSentTo(email) },
    })
    const { AccessToken } = AuthenticationResult
    const calls = [password, chosen].map((ProposedPassword) => server.call('ChangePassword', { AccessToken, ProposedPassword }))
    expect(await outcomes(calls)).toEqual({ ok: 1, InvalidParameterException: 1 })
    const good = await Promise.all([password, chosen].map((word) => signIn(server, open, 'free', word)))
    expect(good.filter((outcome) => outcome === 'tokens')).toHaveLength(1)
  })

  it('wants the present password, and a new one that policy and history allow', async () => {
    const AccessToken = await signedIn('bea')
    expect(await server.refused('ChangePassword', { AccessToken, ProposedPassword: chosen })).toEqual([
      'InvalidParameterException',
      'Missing required parameter PreviousPassword',
    ])
    expect(await server.refused('ChangePassword', change(AccessToken, 'Wrong-Horse-7', chosen))).toEqual(incorrect)
    expect(await server.refused('ChangePassword', change(AccessToken, password, 'short'))).toEqual([
      'InvalidPasswordException',
      'Password did not conform with policy: Password not long enough',
    ])
    expect(await server.refused('ChangePassword', change(AccessToken, password, password))).toEqual([
      'PasswordHistoryPolicyViolationException',
      'Password has previously been used',
    ])
    expect(await signIn(server, pool, 'bea')).toBe('tokens')
  })

  it('is tried five times an hour at most', async () => {
    const AccessToken = await signedIn('cleo')
    const calls = Array.from({ length: 7 }, () => server.call('ChangePassword', change(AccessToken, 'Wrong-Horse-7', chosen)))
    expect(await outcomes(calls)).toEqual({ NotAuthorizedException: 5, LimitExceededException: 2 })
    expect(await server.refused('ChangePassword', change(AccessToken, password, chosen))).toEqual([
      'LimitExceededException',
      'Attempt limit exceeded, please try after some time.',
    ])
    // The wrong ones count for the sign-in too.
    expect(await signIn(server, pool, 'cleo')).toEqual(['NotAuthorizedException', 'Password attempts exceeded'])
  })

  it('is granted to one of several who prove the same password', async () => {
    const AccessToken = await signedIn('race')
    const calls = Array.from({ length: 5 }, (_, i) => server.call('ChangePassword', change(AccessToken, password, `${chosen}-${i}`)))
    expect(await outcomes(calls)).toEqual({ ok: 1, NotAuthorizedException: 4 })
  })

  it('does not overrule an administrator who sets a password meanwhile', async () => {
    const AccessToken = await signedIn('owner')
    const [changed] = await Promise.all([
      server.call('ChangePassword', change(AccessToken, password, chosen)),
      server.call('AdminSetUserPassword', { UserPoolId: pool.UserPoolId, Username: 'owner', Password: 'Admin-Horse-7', Permanent: true }),
    ])
    const outcome = { before: [200, undefined], after: [400, 'NotAuthorizedException'] }
    expect(Object.values(outcome)).toContainEqual([changed.status, changed.body.__type])
    expect(await signIn(server, pool, 'owner', 'Admin-Horse-7')).toBe('tokens')
  })

  it('wants a live access token', async () => {
    const AccessToken = await signedIn('gone')
    expect(await server.refused('ChangePassword', change('garbage', password, chosen))).toEqual([
      'NotAuthorizedException',
      'Invalid Access Token',
    ])
    await server.ok('AdminUserGlobalSignOut', { UserPoolId: pool.UserPoolId, Username: 'gone' })
    expect(await server.refused('ChangePassword', change(AccessToken, password, chosen))).toEqual([
      'NotAuthorizedException',
      'Access Token has been revoked',
    ])
  })
})
