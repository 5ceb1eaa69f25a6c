import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createAuthenticator, type Lies, type Make } from '../../../tests/support/authenticator.ts'
import { createHarness, type Harness } from '../../../tests/support/harness.ts'
import { type MadePool, makeClient } from '../../../tests/support/make-pool.ts'
import { makeUser } from '../../../tests/support/make-user.ts'
import { atOnce, outcomes } from '../../../tests/support/parallel.ts'
import { creationOptions, makePasskeyPool } from '../../../tests/support/passkeys.ts'
import { accessTokenOf } from '../../../tests/support/sign-in.ts'

let server: Harness
let pool: MadePool
let AccessToken: string

beforeAll(async () => {
  server = await createHarness()
  pool = await makePasskeyPool(server)
  await makeUser(server, pool.UserPoolId, 'ana')
  AccessToken = await accessTokenOf(server, pool, 'ana')
})
afterAll(() => server.close())

const made = async (make: Make = {}, lies: Lies = {}, token = AccessToken) =>
  createAuthenticator(make).create(await creationOptions(server, token), lies)

const refusal = async (Credential: object | string, token = AccessToken) => {
  const [type] = await server.refused('CompleteWebAuthnRegistration', { AccessToken: token, Credential }, { unsigned: true })
  return type
}

const names = async () => {
  const { Credentials } = await server.ok('ListWebAuthnCredentials', { AccessToken })
  return Credentials.map(({ FriendlyCredentialName }: { FriendlyCredentialName: string }) => FriendlyCredentialName)
}

describe('CompleteWebAuthnRegistration', () => {
  it('registers a passkey, from a document or from its JSON text', async () => {
    expect(await server.ok('CompleteWebAuthnRegistration', { AccessToken, Credential: await made() }, { unsigned: true })).toEqual({})
    const Credential = JSON.stringify(await made({ algorithm: 'RS256', attachment: 'cross-platform' }))
    await server.ok('CompleteWebAuthnRegistration', { AccessToken, Credential }, { unsigned: true })
    expect((await names()).sort()).toEqual(['Platform passkey', 'Roaming passkey'])
  })

  it('lets several registrations be under way', async () => {
    const [first, second] = [await made(), await made()]
    for (const Credential of [second, first]) await server.ok('CompleteWebAuthnRegistration', { AccessToken, Credential })
  })

  it.each<[string, Make, Lies, string]>([
    ['another origin', {}, { origin: 'https://evil.test' }, 'WebAuthnOriginNotAllowedException'],
    ['plain http', {}, { origin: 'http://example.com' }, 'WebAuthnOriginNotAllowedException'],
    ['a frame', {}, { crossOrigin: true }, 'WebAuthnOriginNotAllowedException'],
    ['another relying party', {}, { relyingPartyId: 'evil.test' }, 'WebAuthnRelyingPartyMismatchException'],
    ['a challenge of nobody', {}, { challenge: 'A'.repeat(43) }, 'WebAuthnChallengeNotFoundException'],
    ['another kind of key', { algorithm: 'ES384' }, {}, 'WebAuthnCredentialNotSupportedException'],
    ['a sign-in', {}, { type: 'webauthn.get' }, 'InvalidParameterException'],
  ])('refuses %s', async (_, make, lies, type) => {
    expect(await refusal(await made(make, lies))).toBe(type)
  })

  it('refuses what is no credential', async () => {
    for (const Credential of ['{', 'text', {}, { id: 'AAAA' }]) {
      expect(await server.refused('CompleteWebAuthnRegistration', { AccessToken, Credential })).toEqual([
        'InvalidParameterException',
        'Credential data is not valid',
      ])
    }
  })

  it('wants a user verified where the pool requires it', async () => {
    const strict = await makePasskeyPool(server, { UserVerification: 'required' })
    await makeUser(server, strict.UserPoolId, 'ana')
    const token = await accessTokenOf(server, strict, 'ana')
    expect(await refusal(await made({ userVerified: false }, {}, token), token)).toBe('WebAuthnCredentialNotSupportedException')
    await server.ok('CompleteWebAuthnRegistration', { AccessToken: token, Credential: await made({}, {}, token) })
  })

  it('refuses a challenge that is not of this user, session or app client', async () => {
    await makeUser(server, pool.UserPoolId, 'eva')
    expect(await refusal(await made(), await accessTokenOf(server, pool, 'eva'))).toBe('WebAuthnChallengeNotFoundException')
    expect(await refusal(await made(), await accessTokenOf(server, pool, 'ana'))).toBe('WebAuthnChallengeNotFoundException')
    const other = await makeClient(server, pool.UserPoolId)
    expect(await refusal(await made(), await accessTokenOf(server, other, 'ana'))).toBe('WebAuthnClientMismatchException')
  })

  it('goes on with refreshed tokens of the same session', async () => {
    const { AuthenticationResult } = await server.ok('InitiateAuth', {
      ClientId: pool.ClientId,
      AuthFlow: 'USER_PASSWORD_AUTH',
      AuthParameters: { USERNAME: 'ana', PASSWORD: 'Correct-Horse-7' },
    })
    const Credential = await made({}, {}, AuthenticationResult.AccessToken)
    const refreshed = await server.ok('InitiateAuth', {
      ClientId: pool.ClientId,
      AuthFlow: 'REFRESH_TOKEN_AUTH',
      AuthParameters: { REFRESH_TOKEN: AuthenticationResult.RefreshToken },
    })
    await server.ok('CompleteWebAuthnRegistration', { AccessToken: refreshed.AuthenticationResult.AccessToken, Credential })
  })

  it('refuses a challenge that is used or too old', async () => {
    const Credential = await made()
    await server.ok('CompleteWebAuthnRegistration', { AccessToken, Credential })
    expect(await refusal(Credential)).toBe('WebAuthnChallengeNotFoundException')
    const late = await made()
    server.clock.advance(5 * 60_000 - 1)
    const another = await made()
    server.clock.advance(1)
    expect(await refusal(late)).toBe('WebAuthnChallengeNotFoundException')
    await server.ok('CompleteWebAuthnRegistration', { AccessToken, Credential: another })
  })

  it('lets one of many who complete a registration at once get past', async () => {
    const Credential = await made()
    const calls = Array.from({ length: atOnce }, () => server.call('CompleteWebAuthnRegistration', { AccessToken, Credential }))
    expect(await outcomes(calls)).toEqual({ ok: 1, WebAuthnChallengeNotFoundException: atOnce - 1 })
  })

  it('refuses a passkey that is there already', async () => {
    const authenticator = createAuthenticator()
    await server.ok('CompleteWebAuthnRegistration', {
      AccessToken,
      Credential: authenticator.create(await creationOptions(server, AccessToken)),
    })
    expect(await refusal(authenticator.create(await creationOptions(server, AccessToken)))).toBe('InvalidParameterException')
  })

  it('refuses what was begun before the pool changed its relying party, or gave passkeys up', async () => {
    const changing = await makePasskeyPool(server)
    await makeUser(server, changing.UserPoolId, 'ana')
    const token = await accessTokenOf(server, changing, 'ana')
    const Credential = await made({}, {}, token)
    await server.ok('SetUserPoolMfaConfig', {
      UserPoolId: changing.UserPoolId,
      WebAuthnConfiguration: { RelyingPartyId: 'example.com' },
    })
    expect(await refusal(Credential, token)).toBe('WebAuthnRelyingPartyMismatchException')
    await server.ok('UpdateUserPool', {
      UserPoolId: changing.UserPoolId,
      Policies: { SignInPolicy: { AllowedFirstAuthFactors: ['PASSWORD'] } },
    })
    expect(await refusal(Credential, token)).toBe('WebAuthnNotEnabledException')
  })

  it('never stores a 21st passkey', async () => {
    await makeUser(server, pool.UserPoolId, 'cem')
    const token = await accessTokenOf(server, pool, 'cem')
    const all = await Promise.all(Array.from({ length: 22 }, () => made({}, {}, token)))
    const calls = all.map((Credential) => server.call('CompleteWebAuthnRegistration', { AccessToken: token, Credential }))
    expect(await outcomes(calls)).toEqual({ ok: 20, LimitExceededException: 2 })
  })
})
