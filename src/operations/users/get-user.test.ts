import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { listed } from '../../../tests/support/attributes.ts'
import { createHarness, type Harness } from '../../../tests/support/harness.ts'
import { type MadePool, makeClient, makePool } from '../../../tests/support/make-pool.ts'
import { makeUser } from '../../../tests/support/make-user.ts'
import { accessTokenOf } from '../../../tests/support/sign-in.ts'

let server: Harness
let pool: MadePool

beforeAll(async () => {
  server = await createHarness()
  pool = await makePool(server)
})
afterAll(() => server.close())

describe('GetUser', () => {
  it('shows the caller with every attribute, sub first', async () => {
    const attributes = { name: 'Ana', email: 'ana@example.org', email_verified: 'true' }
    const sub = await makeUser(server, pool.UserPoolId, 'ana', attributes)
    const AccessToken = await accessTokenOf(server, pool, 'ana')
    expect(await server.ok('GetUser', { AccessToken }, { unsigned: true })).toEqual({
      Username: 'ana',
      UserAttributes: [{ Name: 'sub', Value: sub }, ...listed(attributes)],
    })
  })

  it('shows what the app client may read, and no more (must-not-happen 31)', async () => {
    const narrow = await makeClient(server, pool.UserPoolId, { ReadAttributes: ['name', 'nickname'] })
    const { UserAttributes } = await server.ok('GetUser', { AccessToken: await accessTokenOf(server, narrow, 'ana') })
    expect(UserAttributes.map(({ Name }: { Name: string }) => Name)).toEqual(['sub', 'name'])
  })

  it('refuses tokens that are not live access tokens', async () => {
    const { AuthenticationResult } = await server.ok('InitiateAuth', {
      ClientId: pool.ClientId,
      AuthFlow: 'USER_PASSWORD_AUTH',
      AuthParameters: { USERNAME: 'ana', PASSWORD: 'Correct-Horse-7' },
    })
    for (const AccessToken of ['garbage', AuthenticationResult.IdToken]) {
      expect(await server.refused('GetUser', { AccessToken })).toEqual(['NotAuthorizedException', 'Invalid Access Token'])
    }
    server.clock.advance(3_600_000)
    expect(await server.refused('GetUser', { AccessToken: AuthenticationResult.AccessToken })).toEqual([
      'NotAuthorizedException',
      'Access Token has expired',
    ])
  })
})
