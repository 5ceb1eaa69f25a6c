import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createHarness, type Harness } from '../../../tests/support/harness.ts'
import { type MadePool, makePool } from '../../../tests/support/make-pool.ts'
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

const start = (AccessToken: string) => server.ok('StartWebAuthnRegistration', { AccessToken }, { unsigned: true })

describe('StartWebAuthnRegistration', () => {
  it('answers creation options in the form of the sample', async () => {
    const sub = await makeUser(server, pool.UserPoolId, 'ana', { email: 'ana@example.org' })
    const AccessToken = await accessTokenOf(server, pool, 'ana')
    const { CredentialCreationOptions } = await start(AccessToken)
    expect(CredentialCreationOptions).toEqual({
      authenticatorSelection: { requireResidentKey: true, residentKey: 'required', userVerification: 'preferred' },
      challenge: expect.stringMatching(/^[\w-]{43}$/),
      excludeCredentials: [],
      pubKeyCredParams: [
        { alg: -7, type: 'public-key' },
        { alg: -257, type: 'public-key' },
      ],
      rp: { id: 'localhost', name: 'localhost' },
      timeout: 60_000,
      user: { displayName: 'ana', id: Buffer.from(sub).toString('base64url'), name: 'ana' },
    })
    expect((await start(AccessToken)).CredentialCreationOptions.challenge).not.toBe(CredentialCreationOptions.challenge)
  })

  it('names the passkeys that the user has', async () => {
    await makeUser(server, pool.UserPoolId, 'ben')
    const { credentialId } = await addPasskey(server, pool, 'ben')
    const { CredentialCreationOptions } = await start(await accessTokenOf(server, pool, 'ben'))
    expect(CredentialCreationOptions.excludeCredentials).toEqual([{ id: credentialId, type: 'public-key' }])
  })

  it('asks for what the pool sets, and shows the address that users sign in with', async () => {
    const { UserPool } = await server.ok('CreateUserPool', {
      PoolName: 'by e-mail',
      UsernameAttributes: ['email'],
      Policies: { SignInPolicy: { AllowedFirstAuthFactors: ['PASSWORD', 'WEB_AUTHN'] } },
    })
    await server.ok('SetUserPoolMfaConfig', {
      UserPoolId: UserPool.Id,
      WebAuthnConfiguration: { RelyingPartyId: 'example.com', UserVerification: 'required' },
    })
    const { UserPoolClient } = await server.ok('CreateUserPoolClient', {
      UserPoolId: UserPool.Id,
      ClientName: 'app',
      ExplicitAuthFlows: ['ALLOW_USER_PASSWORD_AUTH', 'ALLOW_REFRESH_TOKEN_AUTH'],
    })
    await makeUser(server, UserPool.Id, 'eva@example.org')
    const { CredentialCreationOptions } = await start(await accessTokenOf(server, UserPoolClient, 'eva@example.org'))
    expect(CredentialCreationOptions).toMatchObject({
      authenticatorSelection: { userVerification: 'required' },
      rp: { id: 'example.com', name: 'example.com' },
      user: { name: 'eva@example.org', displayName: 'eva@example.org' },
    })
  })

  it('refuses a pool without passkeys, and one without a relying party', async () => {
    const plain = await makePool(server)
    await makeUser(server, plain.UserPoolId, 'ana')
    expect(await server.refused('StartWebAuthnRegistration', { AccessToken: await accessTokenOf(server, plain, 'ana') })).toEqual([
      'WebAuthnNotEnabledException',
      'WebAuthn is not enabled for this user pool.',
    ])
    const nowhere = await createHarness({ publicUrl: 'http://127.0.0.1:9339' })
    const its = await makePasskeyPool(nowhere)
    await makeUser(nowhere, its.UserPoolId, 'ana')
    const [type] = await nowhere.refused('StartWebAuthnRegistration', { AccessToken: await accessTokenOf(nowhere, its, 'ana') })
    expect(type).toBe('WebAuthnConfigurationMissingException')
    await nowhere.close()
  })

  it('refuses the 21st passkey', async () => {
    await makeUser(server, pool.UserPoolId, 'cem')
    for (let made = 0; made < 20; made += 1) await addPasskey(server, pool, 'cem')
    expect(await server.refused('StartWebAuthnRegistration', { AccessToken: await accessTokenOf(server, pool, 'cem') })).toEqual([
      'LimitExceededException',
      'A user can register at most 20 passkeys.',
    ])
  })

  it('refuses tokens that are not live access tokens, and those of users who are gone', async () => {
    await makeUser(server, pool.UserPoolId, 'dan')
    const AccessToken = await accessTokenOf(server, pool, 'dan')
    await server.ok('AdminDeleteUser', { UserPoolId: pool.UserPoolId, Username: 'dan' })
    expect(await server.refused('StartWebAuthnRegistration', { AccessToken })).toEqual([
      'NotAuthorizedException',
      'Access Token has been revoked',
    ])
    expect(await server.refused('StartWebAuthnRegistration', { AccessToken: 'garbage' })).toEqual([
      'NotAuthorizedException',
      'Invalid Access Token',
    ])
  })
})
