import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createHarness, type Harness } from '../../../tests/support/harness.ts'
import { makeClient, makePool } from '../../../tests/support/make-pool.ts'
import { makeUser, password } from '../../../tests/support/make-user.ts'

let server: Harness

beforeAll(async () => {
  server = await createHarness()
})
afterAll(() => server.close())

describe('DeleteUserPoolClient', () => {
  it('ends the client and what was issued to it', async () => {
    const { UserPoolId, ClientId } = await makePool(server)
    await makeUser(server, UserPoolId, 'ana')
    const { AuthenticationResult } = await server.ok('InitiateAuth', {
      ClientId,
      AuthFlow: 'USER_PASSWORD_AUTH',
      AuthParameters: { USERNAME: 'ana', PASSWORD: password },
    })
    const gone = ['ResourceNotFoundException', `User pool client ${ClientId} does not exist.`]
    expect((await server.call('DeleteUserPoolClient', { UserPoolId, ClientId })).status).toBe(200)
    expect(await server.refused('DeleteUserPoolClient', { UserPoolId, ClientId })).toEqual(gone)
    expect(
      await server.refused('InitiateAuth', {
        ClientId,
        AuthFlow: 'REFRESH_TOKEN_AUTH',
        AuthParameters: { REFRESH_TOKEN: AuthenticationResult.RefreshToken },
      }),
    ).toEqual(gone)
    expect((await server.refused('GetUser', { AccessToken: AuthenticationResult.AccessToken }))[0]).toBe('NotAuthorizedException')
  })

  it('revives nothing when a client is made again under the same id', async () => {
    const { UserPoolId } = await makePool(server)
    await makeUser(server, UserPoolId, 'ana')
    const { ClientId } = await makeClient(server, UserPoolId, { ClientName: '_custom_id_:again' })
    const { AuthenticationResult } = await server.ok('InitiateAuth', {
      ClientId,
      AuthFlow: 'USER_PASSWORD_AUTH',
      AuthParameters: { USERNAME: 'ana', PASSWORD: password },
    })
    await server.ok('DeleteUserPoolClient', { UserPoolId, ClientId })
    await makeClient(server, UserPoolId, { ClientName: '_custom_id_:again' })
    expect(
      (
        await server.refused('InitiateAuth', {
          ClientId,
          AuthFlow: 'REFRESH_TOKEN_AUTH',
          AuthParameters: { REFRESH_TOKEN: AuthenticationResult.RefreshToken },
        })
      )[0],
    ).toBe('NotAuthorizedException')
  })
})
