import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createHarness, type Harness } from '../../../tests/support/harness.ts'
import type { MadePool } from '../../../tests/support/make-pool.ts'
import { makeUser } from '../../../tests/support/make-user.ts'
import { addPasskey, makePasskeyPool } from '../../../tests/support/passkeys.ts'
import { accessTokenOf } from '../../../tests/support/sign-in.ts'

let server: Harness
let pool: MadePool

beforeAll(async () => {
  server = await createHarness()
  pool = await makePasskeyPool(server)
})
afterAll(() => server.close())

const list = (AccessToken: string, more: object = {}) => server.ok('ListWebAuthnCredentials', { AccessToken, ...more }, { unsigned: true })

describe('ListWebAuthnCredentials', () => {
  it('shows what is known of a passkey', async () => {
    await makeUser(server, pool.UserPoolId, 'ana')
    const AccessToken = await accessTokenOf(server, pool, 'ana')
    expect(await list(AccessToken)).toEqual({ Credentials: [] })
    const { credentialId } = await addPasskey(server, pool, 'ana', {
      aaguid: 'ea9b8d66-4d01-1d21-3ce4-b6b48cb575d4',
      transports: ['internal', 'hybrid'],
    })
    expect(await list(AccessToken)).toEqual({
      Credentials: [
        {
          CredentialId: credentialId,
          FriendlyCredentialName: 'Google Password Manager',
          RelyingPartyId: 'localhost',
          AuthenticatorAttachment: 'platform',
          AuthenticatorTransports: ['internal', 'hybrid'],
          CreatedAt: server.clock.now() / 1000,
        },
      ],
    })
  })

  it("goes through pages of the caller's own", async () => {
    await makeUser(server, pool.UserPoolId, 'ben')
    const made = [await addPasskey(server, pool, 'ben'), await addPasskey(server, pool, 'ben'), await addPasskey(server, pool, 'ben')]
    const AccessToken = await accessTokenOf(server, pool, 'ben')
    const first = await list(AccessToken, { MaxResults: 2 })
    const second = await list(AccessToken, { MaxResults: 2, NextToken: first.NextToken })
    expect(second.NextToken).toBeUndefined()
    const ids = [...first.Credentials, ...second.Credentials].map(({ CredentialId }) => CredentialId)
    expect(ids.sort()).toEqual(made.map(({ credentialId }) => credentialId).sort())
    expect((await list(AccessToken, { MaxResults: 0 })).Credentials).toHaveLength(3)
    const others = { AccessToken: await accessTokenOf(server, pool, 'ana'), MaxResults: 2, NextToken: first.NextToken }
    expect(await server.refused('ListWebAuthnCredentials', others)).toEqual([
      'InvalidParameterException',
      'Invalid pagination token given.',
    ])
  })
})
