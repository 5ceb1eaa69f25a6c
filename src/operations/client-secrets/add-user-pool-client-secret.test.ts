import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { createHarness, type Harness } from '../../../tests/support/harness.ts'
import { makeClient, makePool } from '../../../tests/support/make-pool.ts'
import { makeUser, password } from '../../../tests/support/make-user.ts'
import { withRival } from '../../../tests/support/with-rival.ts'
import { secretHash } from '../../crypto/secret-hash.ts'

let server: Harness
let UserPoolId: string
let ClientId: string
let ClientSecret: string

beforeAll(async () => {
  server = await createHarness()
})
beforeEach(async () => {
  ;({ UserPoolId, ClientId, ClientSecret } = await makePool(server, {}, { GenerateSecret: true }))
})
afterAll(() => server.close())

const add = async (more: object = {}) =>
  (await server.ok('AddUserPoolClientSecret', { UserPoolId, ClientId, ...more })).ClientSecretDescriptor
const tooMany = ['LimitExceededException', 'Client secrets cannot exceed limit of 2 secrets.']

describe('AddUserPoolClientSecret', () => {
  it('answers a secret that it makes', async () => {
    const added = await add()
    expect(added).toEqual({
      ClientSecretId: `${ClientId}--${added.ClientSecretCreateDate * 1000}`,
      ClientSecretValue: expect.stringMatching(/^[0-9a-z]{52}$/),
      ClientSecretCreateDate: expect.any(Number),
    })
    expect(added.ClientSecretValue).not.toBe(ClientSecret)
  })

  it('takes one and does not repeat it', async () => {
    const own = 'A_secret+of_the+callers_own'
    const added = await add({ ClientSecret: own })
    expect(Object.keys(added).sort()).toEqual(['ClientSecretCreateDate', 'ClientSecretId'])
    expect(JSON.stringify(added)).not.toContain(own)
  })

  it('stops at two, also when two are added at once', async () => {
    const slow = withRival(server, 'clients', add)
    expect(await slow.refused('AddUserPoolClientSecret', { UserPoolId, ClientId })).toEqual(tooMany)
    expect(await server.refused('AddUserPoolClientSecret', { UserPoolId, ClientId })).toEqual(tooMany)
    expect((await server.ok('ListUserPoolClientSecrets', { UserPoolId, ClientId })).ClientSecrets).toHaveLength(2)
  })

  it('makes both secrets good, and a deleted one bad', async () => {
    await makeUser(server, UserPoolId, 'ana')
    const signIn = (secret: string) => ({
      ClientId,
      AuthFlow: 'USER_PASSWORD_AUTH',
      AuthParameters: { USERNAME: 'ana', PASSWORD: password, SECRET_HASH: secretHash('ana', ClientId, secret) },
    })
    const added = await add()
    await server.ok('InitiateAuth', signIn(ClientSecret))
    await server.ok('InitiateAuth', signIn(added.ClientSecretValue))
    await server.ok('DeleteUserPoolClientSecret', { UserPoolId, ClientId, ClientSecretId: added.ClientSecretId })
    expect(await server.refused('InitiateAuth', signIn(added.ClientSecretValue))).toEqual([
      'NotAuthorizedException',
      `Unable to verify secret hash for client ${ClientId}`,
    ])
    await server.ok('InitiateAuth', signIn(ClientSecret))
  })

  it('makes no public client confidential', async () => {
    const open = await makeClient(server, UserPoolId)
    expect(await server.refused('AddUserPoolClientSecret', { UserPoolId, ClientId: open.ClientId })).toEqual([
      'InvalidParameterException',
      'Client secrets can only be added to a client that has one.',
    ])
  })

  it('knows a client in its own pool only', async () => {
    const other = await makePool(server)
    expect(await server.refused('AddUserPoolClientSecret', { UserPoolId, ClientId: other.ClientId })).toEqual([
      'ResourceNotFoundException',
      `User pool client ${other.ClientId} does not exist.`,
    ])
  })
})
