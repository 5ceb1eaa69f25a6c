import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Make } from '../../../tests/support/authenticator.ts'
import { createHarness, type Harness } from '../../../tests/support/harness.ts'
import { type MadePool, makeClient } from '../../../tests/support/make-pool.ts'
import { makeUser } from '../../../tests/support/make-user.ts'
import { addPasskey, makePasskeyPool, passkeyAnswer, passkeyChallenge, signInWithPasskey } from '../../../tests/support/passkeys.ts'
import { setUpTotp } from '../../../tests/support/set-up-totp.ts'
import { accessTokenOf } from '../../../tests/support/sign-in.ts'
import { tokenParts } from '../../../tests/support/token-parts.ts'

let server: Harness
let pool: MadePool

beforeAll(async () => {
  server = await createHarness()
  pool = await makePasskeyPool(server)
})
afterAll(() => server.close())

const amrOf = async (made: MadePool, username: string, make: Make) => {
  await makeUser(server, made.UserPoolId, username)
  const { body } = await signInWithPasskey(server, made, username, await addPasskey(server, made, username, make))
  const { amr, acr } = tokenParts(body.AuthenticationResult.AccessToken).payload
  return [amr, acr]
}

describe('WEB_AUTHN', () => {
  it('asks as the sample does', async () => {
    await makeUser(server, pool.UserPoolId, 'ana')
    const one = await addPasskey(server, pool, 'ana')
    const other = await addPasskey(server, pool, 'ana', { attachment: 'cross-platform', transports: ['usb', 'nfc'] })
    const { body, options } = await passkeyChallenge(server, pool, 'ana')
    expect(body).toEqual({
      ChallengeName: 'WEB_AUTHN',
      AvailableChallenges: expect.arrayContaining(['WEB_AUTHN', 'PASSWORD']),
      ChallengeParameters: { CREDENTIAL_REQUEST_OPTIONS: expect.any(String) },
      Session: expect.any(String),
    })
    expect(options).toEqual({
      challenge: expect.stringMatching(/^[\w-]{43}$/),
      timeout: 180_000,
      rpId: 'localhost',
      allowCredentials: expect.arrayContaining([
        { type: 'public-key', id: one.credentialId, transports: ['internal'] },
        { type: 'public-key', id: other.credentialId, transports: ['usb', 'nfc'] },
      ]),
      userVerification: 'preferred',
    })
  })

  it('signs in by the challenge that was chosen', async () => {
    await makeUser(server, pool.UserPoolId, 'eva')
    const authenticator = await addPasskey(server, pool, 'eva')
    const { ClientId } = pool
    const begun = await server.ok('InitiateAuth', { ClientId, AuthFlow: 'USER_AUTH', AuthParameters: { USERNAME: 'eva' } })
    expect(begun.ChallengeName).toBe('SELECT_CHALLENGE')
    const asked = await server.ok('RespondToAuthChallenge', {
      ClientId,
      ChallengeName: 'SELECT_CHALLENGE',
      Session: begun.Session,
      ChallengeResponses: { USERNAME: 'eva', ANSWER: 'WEB_AUTHN' },
    })
    const credential = authenticator.get(JSON.parse(asked.ChallengeParameters.CREDENTIAL_REQUEST_OPTIONS))
    const { AuthenticationResult } = await server.ok('RespondToAuthChallenge', passkeyAnswer(pool, 'eva', asked.Session, credential))
    expect(tokenParts(AuthenticationResult.IdToken).payload).toMatchObject({ 'cognito:username': 'eva' })
  })

  it.each<[string, Make, string]>([
    ['platform', { algorithm: 'RS256', attachment: 'platform' }, 'swk'],
    ['roaming', { attachment: 'cross-platform' }, 'hwk'],
    ['synced', { syncable: true, counts: false }, 'swk'],
  ])('tells a %s passkey in amr, at level 3', async (username, make, proof) => {
    expect(await amrOf(pool, username, make)).toEqual([[proof], 'urn:cognito:loa:3'])
  })

  it('counts uses up, and takes a counter that always is 0', async () => {
    for (const counts of [true, false]) {
      const username = `counts-${counts}`
      await makeUser(server, pool.UserPoolId, username)
      const authenticator = await addPasskey(server, pool, username, { counts })
      for (let use = 0; use < 3; use += 1) {
        expect((await signInWithPasskey(server, pool, username, authenticator)).body).toHaveProperty('AuthenticationResult')
      }
    }
  })

  it('asks no second factor of a passkey that counts as two, when it verified its user', async () => {
    const WebAuthnConfiguration = { FactorConfiguration: 'MULTI_FACTOR_WITH_USER_VERIFICATION' as const }
    const strict = await makePasskeyPool(server, WebAuthnConfiguration)
    await makeUser(server, strict.UserPoolId, 'ana')
    const [able, unable] = [await addPasskey(server, strict, 'ana'), await addPasskey(server, strict, 'ana', { userVerified: false })]
    const AccessToken = await accessTokenOf(server, strict, 'ana')
    await server.ok('SetUserPoolMfaConfig', {
      UserPoolId: strict.UserPoolId,
      MfaConfiguration: 'ON',
      SoftwareTokenMfaConfiguration: { Enabled: true },
      WebAuthnConfiguration,
    })
    await setUpTotp(server, AccessToken)
    expect((await server.ok('GetUserAuthFactors', { AccessToken })).ConfiguredUserAuthFactors).not.toContain('WEB_AUTHN')
    // A passkey is one factor until the user, who has to have another one, says that it is two.
    const ana = { UserPoolId: strict.UserPoolId, Username: 'ana' }
    await server.ok('AdminSetUserMFAPreference', {
      ...ana,
      WebAuthnMfaSettings: { Enabled: true },
      SoftwareTokenMfaSettings: { Enabled: true },
    })
    expect((await server.ok('AdminGetUser', ana)).UserMFASettingList).toEqual(['SOFTWARE_TOKEN_MFA', 'WEB_AUTHN_MFA'])
    expect((await signInWithPasskey(server, strict, 'ana', able)).body).toHaveProperty('AuthenticationResult')
    expect((await signInWithPasskey(server, strict, 'ana', unable)).body.__type).toBe('NotAuthorizedException')
  })

  it('knows passkeys of the present relying party only', async () => {
    const moving = await makePasskeyPool(server)
    await makeUser(server, moving.UserPoolId, 'ana')
    const authenticator = await addPasskey(server, moving, 'ana')
    await server.ok('SetUserPoolMfaConfig', { UserPoolId: moving.UserPoolId, WebAuthnConfiguration: { RelyingPartyId: 'example.com' } })
    const { options } = await passkeyChallenge(server, moving, 'ana')
    expect(options.rpId).toBe('example.com')
    expect(options.allowCredentials[0]).toEqual({ type: 'public-key', id: expect.any(String), transports: expect.any(Array) })
    expect(JSON.stringify(options)).not.toContain(authenticator.credentialId)
    const lies = { origin: 'https://example.com' }
    expect((await signInWithPasskey(server, moving, 'ana', authenticator, lies)).body.__type).toBe('NotAuthorizedException')
  })

  it('makes a passkey up for somebody whom a hiding client may not tell of, always the same', async () => {
    const hiding = await makeClient(server, pool.UserPoolId, {
      ExplicitAuthFlows: ['ALLOW_USER_AUTH', 'ALLOW_USER_PASSWORD_AUTH'],
      PreventUserExistenceErrors: 'ENABLED',
    })
    await makeUser(server, pool.UserPoolId, 'off')
    const authenticator = await addPasskey(server, pool, 'off')
    await server.ok('AdminDisableUser', { UserPoolId: pool.UserPoolId, Username: 'off' })
    const { options, Session } = await passkeyChallenge(server, hiding, 'off')
    const again = await passkeyChallenge(server, hiding, 'off')
    expect(options.allowCredentials.length).toBeGreaterThan(0)
    expect(JSON.stringify(options)).not.toContain(authenticator.credentialId)
    expect(again.options.allowCredentials).toEqual(options.allowCredentials)
    expect(again.options.challenge).not.toBe(options.challenge)
    const credential = authenticator.get(options, { credentialId: options.allowCredentials[0].id })
    expect(await server.refused('RespondToAuthChallenge', passkeyAnswer(hiding, 'off', Session, credential))).toEqual([
      'NotAuthorizedException',
      'Incorrect username or password.',
    ])
  })

  it('wants a credential', async () => {
    const { Session } = await passkeyChallenge(server, pool, 'ana')
    const without = { ClientId: pool.ClientId, ChallengeName: 'WEB_AUTHN', Session, ChallengeResponses: { USERNAME: 'ana' } }
    expect(await server.refused('RespondToAuthChallenge', without)).toEqual([
      'InvalidParameterException',
      'Missing required parameter CREDENTIAL',
    ])
  })
})
