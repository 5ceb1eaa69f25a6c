import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { createAuthenticator } from '../support/authenticator.ts'
import { type ChallengeAnswer, type ChallengeKind, createChallengeKinds } from '../support/challenge-kinds.ts'
import { emailOf, makeChallengePool } from '../support/challenge-pool.ts'
import { changePool } from '../support/change-settings.ts'
import { type Answer, createHarness, type Harness } from '../support/harness.ts'
import { type MadePool, makeClient } from '../support/make-pool.ts'
import { makeUser, password } from '../support/make-user.ts'
import { answer } from '../support/mfa-pool.ts'
import { addPasskey, creationOptions, passkeyAnswer, passkeyChallenge } from '../support/passkeys.ts'
import { setUpTotp } from '../support/set-up-totp.ts'
import { accessTokenOf, begin, signIn } from '../support/sign-in.ts'
import { pathFunctions } from '../support/sign-in-paths.ts'
import { signUpUser } from '../support/sign-up-user.ts'
import { totpCode } from '../support/totp-code.ts'
import { trackSessions } from '../support/tracked-sessions.ts'

const server: Harness = await createHarness({}, pathFunctions)
const kinds = createChallengeKinds(server)
let pools: Record<ChallengeKind['pool'], MadePool>
let pool: MadePool
let users = 0
let username: string

beforeAll(async () => {
  pools = { open: await makeChallengePool(server, 'open'), required: await makeChallengePool(server, 'required') }
  pool = pools.open
  await changePool(server, pool.UserPoolId, {
    AutoVerifiedAttributes: ['email'],
    AccountRecoverySetting: { RecoveryMechanisms: [{ Name: 'verified_email', Priority: 1 }] },
  })
})
beforeEach(() => {
  server.clock.reset()
  users += 1
  username = `eve-${users}`
})
afterAll(() => server.close())

const make = () => makeUser(server, pool.UserPoolId, username, { email: emailOf(username), email_verified: 'true' })
const remove = ({ UserPoolId }: MadePool = pool) => server.ok('AdminDeleteUser', { UserPoolId, Username: username })
/** Deleted, and made again with the same name, address and password. */
const remake = async () => {
  await remove()
  await make()
}
const respond = (given: ChallengeAnswer) => server.call('RespondToAuthChallenge', { ...given })
const nothing = ({ status, body }: Answer, what: string) => {
  expect([status, body.AuthenticationResult, body.Session], `${what}: ${JSON.stringify(body)}`).toEqual([400, undefined, undefined])
}

describe('must-not-happen 36: a user made again under the same name', () => {
  it.each(kinds)('is not who was asked $name', async ({ pool: name, ask }) => {
    const old = await ask(pools[name], username)
    await remove(pools[name])
    const fresh = await ask(pools[name], username)
    nothing(await old.finish(await respond(old.rightly())), 'the old one')
    const last = await fresh.finish(await respond(fresh.rightly()))
    expect(last.body.AuthenticationResult, JSON.stringify(last.body)).toBeDefined()
  })

  it('has none of the old passkeys, nor completes an old registration', async () => {
    await make()
    const old = await addPasskey(server, pool, username)
    const token = await accessTokenOf(server, pool, username)
    const options = await creationOptions(server, token)
    await remake()
    const fresh = await accessTokenOf(server, pool, username)
    expect(await server.ok('ListWebAuthnCredentials', { AccessToken: fresh })).toEqual({ Credentials: [] })
    const Credential = createAuthenticator({}).create(options)
    for (const AccessToken of [token, fresh]) await server.refused('CompleteWebAuthnRegistration', { AccessToken, Credential })
    await addPasskey(server, pool, username)
    const asked = await passkeyChallenge(server, pool, username)
    nothing(
      await server.call('RespondToAuthChallenge', passkeyAnswer(pool, username, asked.Session, old.get(asked.options))),
      'old passkey',
    )
  })

  it('has none of the old software tokens, neither set up nor pending', async () => {
    await make()
    const secret = await setUpTotp(server, await accessTokenOf(server, pool, username))
    await remake()
    expect(await signIn(server, pool, username)).toBe('tokens')
    const AccessToken = await accessTokenOf(server, pool, username)
    const { SecretCode: pending } = await server.ok('AssociateSoftwareToken', { AccessToken })
    await remake()
    const fresh = await accessTokenOf(server, pool, username)
    for (const of of [secret, pending]) {
      const UserCode = totpCode(of, server.clock.now())
      expect((await server.refused('VerifySoftwareToken', { AccessToken: fresh, UserCode }))[0]).toBe('EnableSoftwareTokenMFAException')
    }
    await setUpTotp(server, fresh)
    server.clock.advance(30_000)
    const { Session } = (await begin(server, pool, username)).body
    const old = { SOFTWARE_TOKEN_MFA_CODE: totpCode(secret, server.clock.now()) }
    nothing(await answer(server, pool, 'SOFTWARE_TOKEN_MFA', username, Session, old), 'old token')
  })

  it('has none of the old sessions: tokens, families of rotating tokens and the list are gone', async () => {
    const rotating = await makeClient(server, pool.UserPoolId, {
      ExplicitAuthFlows: ['ALLOW_USER_PASSWORD_AUTH', 'ALLOW_USER_AUTH'],
      RefreshTokenRotation: { Feature: 'ENABLED', RetryGracePeriodSeconds: 60 },
    })
    const tracked = await trackSessions(server, pool)
    await make()
    const plain = await tracked.signIn(username)
    const first = await tracked.signIn(username, rotating)
    const DeviceKey = JSON.parse(Buffer.from(first.AccessToken.split('.')[1] ?? '', 'base64url').toString()).device_key
    const turn = (RefreshToken: string) =>
      server.call('GetTokensFromRefreshToken', { ClientId: rotating.ClientId, RefreshToken, DeviceKey })
    const second = (await turn(first.RefreshToken)).body.AuthenticationResult
    expect(second).toBeDefined()
    const [listed] = await tracked.ids(username)
    await remake()
    expect(await tracked.ids(username)).toEqual([])
    for (const token of [first.RefreshToken, second.RefreshToken]) nothing(await turn(token), 'rotating')
    nothing(await tracked.refresh(plain.RefreshToken), 'plain')
    for (const { AccessToken } of [plain, first, second]) {
      expect((await server.refused('GetUser', { AccessToken }))[0]).toBe('UserNotFoundException')
      const stepUp = { USERNAME: username, ACCESS_TOKEN: AccessToken, TARGET_ACR_VALUES: 'urn:cognito:loa:3' }
      await server.refused('InitiateAuth', { ClientId: pool.ClientId, AuthFlow: 'USER_AUTH', AuthParameters: stepUp })
    }
    const Session = { UserPoolId: pool.UserPoolId, Username: username, SessionId: listed }
    expect((await server.refused('AdminRevokeUserSession', Session))[0]).toBe('ResourceNotFoundException')
  })

  it('is neither confirmed nor signed in by what was sent at the old sign-up, nor reset by an old code', async () => {
    const { ClientId } = pool
    const email = emailOf(username)
    const { Session } = await signUpUser(server, pool, username, { email })
    const old = server.codeSentTo(email)
    const remain = { ClientId, Username: username }
    await remove()
    const fresh = await signUpUser(server, pool, username, { email })
    await server.refused('ConfirmSignUp', { ...remain, ConfirmationCode: old })
    const ConfirmationCode = server.codeSentTo(email)
    await server.refused('ConfirmSignUp', { ...remain, ConfirmationCode, Session })
    const confirmed = await server.ok('ConfirmSignUp', { ...remain, ConfirmationCode, Session: fresh.Session })
    await server.ok('ForgotPassword', remain)
    const reset = server.codeSentTo(email)
    await remake()
    const AuthParameters = { USERNAME: username }
    nothing(await server.call('InitiateAuth', { ClientId, AuthFlow: 'USER_AUTH', AuthParameters, Session: confirmed.Session }), 'auto')
    await server.refused('ConfirmForgotPassword', { ...remain, ConfirmationCode: reset, Password: 'Taken-Over-9' })
    expect(await signIn(server, pool, username, password)).toBe('tokens')
  })

  it('is not locked out by failures against the old one', async () => {
    await make()
    for (let failure = 0; failure < 6; failure += 1) await signIn(server, pool, username, 'Wrong-Horse-7')
    expect(await signIn(server, pool, username)).toEqual(['NotAuthorizedException', 'Password attempts exceeded'])
    await remake()
    expect(await signIn(server, pool, username)).toBe('tokens')
  })
})
