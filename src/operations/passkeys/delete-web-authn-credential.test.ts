import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createHarness, type Harness } from '../../../tests/support/harness.ts'
import type { MadePool } from '../../../tests/support/make-pool.ts'
import { makeUser } from '../../../tests/support/make-user.ts'
import { addPasskey, makePasskeyPool } from '../../../tests/support/passkeys.ts'
import { setUpTotp } from '../../../tests/support/set-up-totp.ts'
import { accessTokenOf } from '../../../tests/support/sign-in.ts'

let server: Harness
let pool: MadePool

beforeAll(async () => {
  server = await createHarness()
  pool = await makePasskeyPool(server)
})
afterAll(() => server.close())

describe('DeleteWebAuthnCredential', () => {
  it("deletes the caller's passkey, and nobody else's", async () => {
    await makeUser(server, pool.UserPoolId, 'ana')
    await makeUser(server, pool.UserPoolId, 'ben')
    const { credentialId: CredentialId } = await addPasskey(server, pool, 'ana')
    const [ana, ben] = [await accessTokenOf(server, pool, 'ana'), await accessTokenOf(server, pool, 'ben')]
    const notFound = ['ResourceNotFoundException', 'Credential does not exist.']
    expect(await server.refused('DeleteWebAuthnCredential', { AccessToken: ben, CredentialId })).toEqual(notFound)
    expect(await server.ok('DeleteWebAuthnCredential', { AccessToken: ana, CredentialId }, { unsigned: true })).toEqual({})
    expect(await server.refused('DeleteWebAuthnCredential', { AccessToken: ana, CredentialId })).toEqual(notFound)
    expect(await server.ok('ListWebAuthnCredentials', { AccessToken: ana })).toEqual({ Credentials: [] })
  })

  it('takes the wish that passkeys count as two factors with the last one', async () => {
    const WebAuthnConfiguration = { FactorConfiguration: 'MULTI_FACTOR_WITH_USER_VERIFICATION' as const }
    const strict = await makePasskeyPool(server, WebAuthnConfiguration)
    await makeUser(server, strict.UserPoolId, 'ana')
    const keys = [await addPasskey(server, strict, 'ana'), await addPasskey(server, strict, 'ana')]
    const AccessToken = await accessTokenOf(server, strict, 'ana')
    await server.ok('SetUserPoolMfaConfig', {
      UserPoolId: strict.UserPoolId,
      MfaConfiguration: 'OPTIONAL',
      SoftwareTokenMfaConfiguration: { Enabled: true },
      WebAuthnConfiguration,
    })
    await setUpTotp(server, AccessToken)
    const SoftwareTokenMfaSettings = { Enabled: true }
    await server.ok('SetUserMFAPreference', { AccessToken, WebAuthnMfaSettings: { Enabled: true }, SoftwareTokenMfaSettings })
    const listed = async () => (await server.ok('GetUser', { AccessToken })).UserMFASettingList
    for (const left of [['SOFTWARE_TOKEN_MFA', 'WEB_AUTHN_MFA'], ['SOFTWARE_TOKEN_MFA']]) {
      await server.ok('DeleteWebAuthnCredential', { AccessToken, CredentialId: keys.pop()?.credentialId })
      expect(await listed()).toEqual(left)
    }
  })

  it('makes room for another one', async () => {
    await makeUser(server, pool.UserPoolId, 'cem')
    const AccessToken = await accessTokenOf(server, pool, 'cem')
    const made = []
    for (let count = 0; count < 20; count += 1) made.push(await addPasskey(server, pool, 'cem'))
    await server.ok('DeleteWebAuthnCredential', { AccessToken, CredentialId: made[0]?.credentialId })
    await addPasskey(server, pool, 'cem')
  })
})
