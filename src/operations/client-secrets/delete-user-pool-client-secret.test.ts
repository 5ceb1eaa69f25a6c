import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createHarness, type Harness } from '../../../tests/support/harness.ts'
import { type MadePool, makePool } from '../../../tests/support/make-pool.ts'
import { makeUser, password } from '../../../tests/support/make-user.ts'
import { secretHash } from '../../crypto/secret-hash.ts'

let server: Harness
let pool: MadePool

beforeAll(async () => {
  server = await createHarness()
  pool = await makePool(server, {}, { GenerateSecret: true })
  await makeUser(server, pool.UserPoolId, 'ana')
})
afterAll(() => server.close())

describe('DeleteUserPoolClientSecret', () => {
  it('ends one of two secrets at once; the other stays', async () => {
    const { UserPoolId, ClientId, ClientSecret } = pool
    const client = { UserPoolId, ClientId }
    const { ClientSecretDescriptor } = await server.ok('AddUserPoolClientSecret', client)
    const { ClientSecrets } = await server.ok('ListUserPoolClientSecrets', client)
    expect(await server.ok('DeleteUserPoolClientSecret', { ...client, ClientSecretId: ClientSecrets[0].ClientSecretId })).toEqual({})

    const signIn = (secret: string) => ({
      ClientId,
      AuthFlow: 'USER_PASSWORD_AUTH',
      AuthParameters: { USERNAME: 'ana', PASSWORD: password, SECRET_HASH: secretHash('ana', ClientId, secret) },
    })
    expect(await server.refused('InitiateAuth', signIn(ClientSecret))).toEqual([
      'NotAuthorizedException',
      `Unable to verify secret hash for client ${ClientId}`,
    ])
    await server.ok('InitiateAuth', signIn(ClientSecretDescriptor.ClientSecretValue))
    // A secret that was added later is shown once, when it is added.
    expect((await server.ok('DescribeUserPoolClient', client)).UserPoolClient).not.toHaveProperty('ClientSecret')
  })

  it('refuses the only secret', async () => {
    const { UserPoolId, ClientId } = pool
    const { ClientSecrets } = await server.ok('ListUserPoolClientSecrets', { UserPoolId, ClientId })
    expect(ClientSecrets).toHaveLength(1)
    const { ClientSecretId } = ClientSecrets[0]
    expect((await server.refused('DeleteUserPoolClientSecret', { UserPoolId, ClientId, ClientSecretId }))[0]).toBe('LimitExceededException')
  })

  it('refuses a secret that the client does not have', async () => {
    const { UserPoolId, ClientId } = pool
    const refusal = await server.refused('DeleteUserPoolClientSecret', { UserPoolId, ClientId, ClientSecretId: `${ClientId}--1` })
    expect(refusal[0]).toBe('ResourceNotFoundException')
  })
})
