import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createHarness, type Harness } from '../../../tests/support/harness.ts'
import { makeClient, makePool } from '../../../tests/support/make-pool.ts'
import { makeUser } from '../../../tests/support/make-user.ts'
import { tokensOf } from '../../../tests/support/sign-in.ts'

let server: Harness
let UserPoolId: string

beforeAll(async () => {
  server = await createHarness()
  ;({ UserPoolId } = await makePool(server))
  await makeUser(server, UserPoolId, 'ana')
})
afterAll(() => server.close())

const signIn = (ClientId: string) => tokensOf(server, { ClientId }, 'ana')
const refresh = (ClientId: string, REFRESH_TOKEN: string) => ({
  ClientId,
  AuthFlow: 'REFRESH_TOKEN_AUTH',
  AuthParameters: { REFRESH_TOKEN },
})

describe('DeleteUserPoolClient', () => {
  it('ends the client at once, with an empty answer', async () => {
    const { ClientId } = await makeClient(server, UserPoolId)
    expect(await server.ok('DeleteUserPoolClient', { UserPoolId, ClientId })).toBeUndefined()
    const gone = ['ResourceNotFoundException', `User pool client ${ClientId} does not exist.`]
    expect(await server.refused('DescribeUserPoolClient', { UserPoolId, ClientId })).toEqual(gone)
    expect(await server.refused('DeleteUserPoolClient', { UserPoolId, ClientId })).toEqual(gone)
    expect(await server.refused('ForgotPassword', { ClientId, Username: 'ana' }, { unsigned: true })).toEqual(gone)
  })

  it('leaves a client of another pool alone', async () => {
    const other = await makePool(server)
    expect(await server.refused('DeleteUserPoolClient', { UserPoolId, ClientId: other.ClientId })).toEqual([
      'ResourceNotFoundException',
      `User pool client ${other.ClientId} does not exist.`,
    ])
    await server.ok('DescribeUserPoolClient', { UserPoolId: other.UserPoolId, ClientId: other.ClientId })
  })

  it('ends what was issued to the client, also when one is made again under its id', async () => {
    const { ClientId } = await makeClient(server, UserPoolId, { ClientName: '_custom_id_:again' })
    const { AccessToken, RefreshToken } = await signIn(ClientId)
    await server.ok('DeleteUserPoolClient', { UserPoolId, ClientId })
    expect(await server.refused('GetUser', { AccessToken })).toEqual(['NotAuthorizedException', 'Invalid Access Token'])
    await makeClient(server, UserPoolId, { ClientName: '_custom_id_:again' })
    expect(await server.refused('InitiateAuth', refresh(ClientId, RefreshToken))).toEqual([
      'NotAuthorizedException',
      'Invalid Refresh Token.',
    ])
    await signIn(ClientId)
  })
})
