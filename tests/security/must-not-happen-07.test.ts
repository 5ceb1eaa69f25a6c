import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import type { Authenticator, Lies } from '../support/authenticator.ts'
import { createHarness, type Harness } from '../support/harness.ts'
import { type MadePool, makeClient } from '../support/make-pool.ts'
import { makeUser } from '../support/make-user.ts'
import { atOnce, outcomes } from '../support/parallel.ts'
import { addPasskey, makePasskeyPool, passkeyAnswer, passkeyChallenge, signInWithPasskey } from '../support/passkeys.ts'
import { signIn } from '../support/sign-in.ts'

let server: Harness
let pool: MadePool
let made = 0
let username: string
let authenticator: Authenticator

const incorrect = ['NotAuthorizedException', 'Incorrect username or password.']

beforeAll(async () => {
  server = await createHarness()
  pool = await makePasskeyPool(server)
})
afterAll(() => server.close())
// Of its own for each test, so that failures of one lock out nobody else.
beforeEach(async () => {
  made += 1
  username = `user-${made}`
  await makeUser(server, pool.UserPoolId, username)
  authenticator = await addPasskey(server, pool, username)
})

const attempt = async (lies: Lies = {}, by = authenticator) => {
  const { body } = await signInWithPasskey(server, pool, username, by, lies)
  return body.AuthenticationResult ? 'tokens' : [body.__type, body.message]
}

const challenged = async () => {
  const { options, Session } = await passkeyChallenge(server, pool, username)
  return { Session, answer: (lies: Lies = {}) => passkeyAnswer(pool, username, Session, authenticator.get(options, lies)) }
}

describe('must-not-happen 07: an assertion that was not made for us', () => {
  it.each<[string, Lies]>([
    ['the origin of somebody else', { origin: 'https://evil.test' }],
    ['an origin that looks like ours', { origin: 'http://localhost.evil.test:5173' }],
    ['an address instead of a name', { origin: 'http://127.0.0.1:5173' }],
    ['the origin of an app', { origin: 'android:apk-key-hash:rqvg-8Vk3Y0jzKkrNzyDAHJnrVV1Fnx5WjJkgjhcBXg' }],
    ['a frame in a page of somebody else', { crossOrigin: true, topOrigin: 'https://evil.test' }],
    ['another relying party', { relyingPartyId: 'evil.test' }],
    ['another challenge', { challenge: Buffer.alloc(32, 1).toString('base64url') }],
    ['a registration', { type: 'webauthn.create' }],
    ['another key', { foreignKey: true }],
    ['nobody present', { userPresent: false }],
    ['the handle of another user', { userHandle: Buffer.from('another').toString('base64url') }],
  ])('signs nobody in: %s', async (_, lies) => {
    expect(await attempt(lies)).toEqual(incorrect)
    expect(await attempt()).toBe('tokens')
  })

  it.each<[string, string]>([
    ['no JSON', '{'],
    ['a list', '[]'],
    ['half of one', '{"id":"AAAA","rawId":"AAAA","type":"public-key","response":{}}'],
  ])('signs nobody in: %s', async (_, CREDENTIAL) => {
    const { answer } = await challenged()
    const given = answer()
    const refused = await server.refused('RespondToAuthChallenge', {
      ...given,
      ChallengeResponses: { ...given.ChallengeResponses, CREDENTIAL },
    })
    expect(refused).toEqual(incorrect)
  })
})

describe('must-not-happen 07: user verification', () => {
  it('is enforced where the pool requires it, by what it requires now', async () => {
    expect(await attempt({ userVerified: false })).toBe('tokens')
    const changing = await makePasskeyPool(server)
    await makeUser(server, changing.UserPoolId, username)
    const key = await addPasskey(server, changing, username, { userVerified: false })
    const { options, Session } = await passkeyChallenge(server, changing, username)
    await server.ok('SetUserPoolMfaConfig', { UserPoolId: changing.UserPoolId, WebAuthnConfiguration: { UserVerification: 'required' } })
    expect(await server.refused('RespondToAuthChallenge', passkeyAnswer(changing, username, Session, key.get(options)))).toEqual(incorrect)
    const { body } = await signInWithPasskey(server, changing, username, key, { userVerified: true })
    expect(body).toHaveProperty('AuthenticationResult')
  })
})

describe('must-not-happen 07: a challenge that is used twice', () => {
  it('is refused when the answer is sent again', async () => {
    const { answer } = await challenged()
    const given = answer()
    await server.ok('RespondToAuthChallenge', given)
    expect(await server.refused('RespondToAuthChallenge', given)).toEqual([
      'NotAuthorizedException',
      'Invalid session for the user, session can only be used once.',
    ])
  })

  it('is refused when it is signed again', async () => {
    const { answer } = await challenged()
    await server.ok('RespondToAuthChallenge', answer())
    const [type] = await server.refused('RespondToAuthChallenge', answer())
    expect(type).toBe('NotAuthorizedException')
  })

  it('is refused with the session of another challenge', async () => {
    const [one, other] = [await challenged(), await challenged()]
    expect(await server.refused('RespondToAuthChallenge', { ...one.answer(), Session: other.Session })).toEqual(incorrect)
  })

  it('is refused when it is too old, or asked by another app client', async () => {
    const { answer } = await challenged()
    const ExplicitAuthFlows = ['ALLOW_USER_AUTH' as const]
    const { ClientId } = await makeClient(server, pool.UserPoolId, { ExplicitAuthFlows })
    expect(await server.refused('RespondToAuthChallenge', { ...answer(), ClientId })).toEqual([
      'NotAuthorizedException',
      'Invalid session for the user.',
    ])
    server.clock.advance(3 * 60_000)
    expect(await server.refused('RespondToAuthChallenge', answer())).toEqual([
      'NotAuthorizedException',
      'Invalid session for the user, session is expired.',
    ])
  })

  it.each([true, false])('signs in once when one answer is sent many times at once (counting authenticator: %s)', async (counts) => {
    const key = await addPasskey(server, pool, username, { counts })
    const { options, Session } = await passkeyChallenge(server, pool, username)
    const answer = passkeyAnswer(pool, username, Session, key.get(options))
    const calls = Array.from({ length: atOnce }, () => server.call('RespondToAuthChallenge', answer))
    expect(await outcomes(calls)).toEqual({ ok: 1, NotAuthorizedException: atOnce - 1 })
  })
})

describe('must-not-happen 07: a counter that goes back', () => {
  it.each<[string, number]>([
    ['a lower one', 9],
    ['the same one', 10],
    ['none', 0],
  ])('is refused: %s', async (_, counter) => {
    expect(await attempt({ counter: 10 })).toBe('tokens')
    expect(await attempt({ counter })).toEqual(incorrect)
    expect(await attempt({ counter: 11 })).toBe('tokens')
  })
})

describe('must-not-happen 07: a passkey of somebody else', () => {
  it('signs nobody in, under its own id or under one of the user', async () => {
    await makeUser(server, pool.UserPoolId, `${username}-evil`)
    const evil = await addPasskey(server, pool, `${username}-evil`)
    expect(await attempt({}, evil)).toEqual(incorrect)
    expect(await attempt({ credentialId: authenticator.credentialId }, evil)).toEqual(incorrect)
    const { userHandle } = authenticator.get({ challenge: 'AAAA', rpId: 'localhost' }).response as { userHandle: string }
    expect(await attempt({ credentialId: authenticator.credentialId, userHandle }, evil)).toEqual(incorrect)
  })

  it('signs nobody in after it was deleted, or of a user who was made again', async () => {
    const { UserPoolId } = pool
    await server.ok('AdminDeleteUser', { UserPoolId, Username: username })
    await makeUser(server, UserPoolId, username)
    await addPasskey(server, pool, username)
    expect(await attempt()).toEqual(incorrect)
  })
})

describe('must-not-happen 07: guessing', () => {
  it('locks nobody out, neither of the passkey nor of the password, because no signature is ever guessed', async () => {
    for (let tries = 0; tries < 10; tries += 1) expect(await attempt({ foreignKey: true })).toEqual(incorrect)
    expect(await signIn(server, pool, username)).toBe('tokens')
    expect(await attempt()).toBe('tokens')
  })
})
