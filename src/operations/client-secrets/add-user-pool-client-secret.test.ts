import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createHarness, type Harness } from '../../../tests/support/harness.ts'
import { type MadePool, makeClient, makePool } from '../../../tests/support/make-pool.ts'
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

const signIn = (ClientId: string, secret: string) =>
  server.call('InitiateAuth', {
    ClientId,
    AuthFlow: 'USER_PASSWORD_AUTH',
    AuthParameters: { USERNAME: 'ana', PASSWORD: password, SECRET_HASH: secretHash('ana', ClientId, secret) },
  })

describe('AddUserPoolClientSecret', () => {
  it('makes a second secret, and both are good', async () => {
    const { UserPoolId, ClientId, ClientSecret } = pool
    const { ClientSecretDescriptor } = await server.ok('AddUserPoolClientSecret', { UserPoolId, ClientId })
    const { ClientSecretId, ClientSecretValue, ClientSecretCreateDate } = ClientSecretDescriptor
    expect(ClientSecretId).toBe(`${ClientId}--${Math.round(ClientSecretCreateDate * 1000)}`)
    expect(ClientSecretValue).toMatch(/^[a-z0-9]{52}$/)
    expect(ClientSecretValue).not.toBe(ClientSecret)
    expect((await signIn(ClientId, ClientSecret)).status).toBe(200)
    expect((await signIn(ClientId, ClientSecretValue)).status).toBe(200)
  })

  it('refuses a third', async () => {
    const { UserPoolId, ClientId } = pool
    expect((await server.refused('AddUserPoolClientSecret', { UserPoolId, ClientId }))[0]).toBe('LimitExceededException')
    expect((await server.ok('ListUserPoolClientSecrets', { UserPoolId, ClientId })).ClientSecrets).toHaveLength(2)
  })

  it('adds one at most, however many calls come at once', async () => {
    const { UserPoolId, ClientId } = await makeClient(server, pool.UserPoolId, { GenerateSecret: true })
    const answers = await Promise.all(Array.from({ length: 3 }, () => server.call('AddUserPoolClientSecret', { UserPoolId, ClientId })))
    expect(answers.filter(({ status }) => status === 200)).toHaveLength(1)
    expect((await server.ok('ListUserPoolClientSecrets', { UserPoolId, ClientId })).ClientSecrets).toHaveLength(2)
  })

  it('does not repeat a secret that it was given', async () => {
    const { UserPoolId, ClientId } = await makeClient(server, pool.UserPoolId, { GenerateSecret: true })
    const ClientSecret = 'our_own_secret_of_32_characters+'
    const { ClientSecretDescriptor } = await server.ok('AddUserPoolClientSecret', { UserPoolId, ClientId, ClientSecret })
    expect(Object.keys(ClientSecretDescriptor).sort()).toEqual(['ClientSecretCreateDate', 'ClientSecretId'])
    expect((await signIn(ClientId, ClientSecret)).status).toBe(200)
  })

  it('makes no public client confidential', async () => {
    const { UserPoolId, ClientId } = await makeClient(server, pool.UserPoolId)
    expect((await server.refused('AddUserPoolClientSecret', { UserPoolId, ClientId }))[0]).toBe('InvalidParameterException')
    expect((await server.ok('DescribeUserPoolClient', { UserPoolId, ClientId })).UserPoolClient.ClientSecret).toBeUndefined()
  })

  it('refuses a client of another pool', async () => {
    const other = await makePool(server)
    expect(await server.refused('AddUserPoolClientSecret', { UserPoolId: other.UserPoolId, ClientId: pool.ClientId })).toEqual([
      'ResourceNotFoundException',
      `User pool client ${pool.ClientId} does not exist.`,
    ])
  })
})
