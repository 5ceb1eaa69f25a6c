import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createHarness, type Harness } from '../../../tests/support/harness.ts'
import { type MadePool, makeClient, makePool } from '../../../tests/support/make-pool.ts'
import { makeUser } from '../../../tests/support/make-user.ts'
import { tokensOf } from '../../../tests/support/sign-in.ts'
import { tokenParts } from '../../../tests/support/token-parts.ts'

let server: Harness
let pool: MadePool

beforeAll(async () => {
  server = await createHarness()
  pool = await makePool(server)
  await makeUser(server, pool.UserPoolId, 'ana')
})
afterAll(() => server.close())

const signIn = async (made: MadePool): Promise<string> => (await tokensOf(server, made, 'ana')).RefreshToken

describe('GetTokensFromRefreshToken', () => {
  it('answers new ID and access tokens, unsigned', async () => {
    const RefreshToken = await signIn(pool)
    const body = await server.ok('GetTokensFromRefreshToken', { ClientId: pool.ClientId, RefreshToken }, { unsigned: true })
    expect(Object.keys(body)).toEqual(['AuthenticationResult'])
    expect(Object.keys(body.AuthenticationResult).sort()).toEqual(['AccessToken', 'ExpiresIn', 'IdToken', 'TokenType'])
    expect(tokenParts(body.AuthenticationResult.IdToken).payload).toMatchObject({ 'cognito:username': 'ana', token_use: 'id' })
  })

  it('needs no ALLOW_REFRESH_TOKEN_AUTH', async () => {
    const made = await makeClient(server, pool.UserPoolId, { ExplicitAuthFlows: ['ALLOW_USER_PASSWORD_AUTH'] })
    const RefreshToken = await signIn(made)
    expect((await server.ok('GetTokensFromRefreshToken', { ClientId: made.ClientId, RefreshToken })).AuthenticationResult).toBeDefined()
  })

  it('takes each of the secrets in plain, and nothing else', async () => {
    const made = await makeClient(server, pool.UserPoolId, { GenerateSecret: true })
    const RefreshToken = await signIn(made)
    const second = 'secondsecretsecondsecretsecondsecret'
    await server.ok('AddUserPoolClientSecret', { UserPoolId: made.UserPoolId, ClientId: made.ClientId, ClientSecret: second })
    for (const ClientSecret of [made.ClientSecret, second]) {
      const body = await server.ok('GetTokensFromRefreshToken', { ClientId: made.ClientId, RefreshToken, ClientSecret })
      expect(body.AuthenticationResult).toBeDefined()
    }
    for (const wrong of [{}, { ClientSecret: 'thirdsecretthirdsecretthirdsecret' }]) {
      expect(await server.refused('GetTokensFromRefreshToken', { ClientId: made.ClientId, RefreshToken, ...wrong })).toEqual([
        'NotAuthorizedException',
        'Invalid client or secret',
      ])
    }
  })

  it('refuses a secret that the client does not have', async () => {
    const input = { ClientId: pool.ClientId, RefreshToken: await signIn(pool), ClientSecret: 'thirdsecretthirdsecretthirdsecret' }
    expect(await server.refused('GetTokensFromRefreshToken', input)).toEqual(['NotAuthorizedException', 'Invalid client or secret'])
  })

  it('refuses an app client that does not exist', async () => {
    expect(await server.refused('GetTokensFromRefreshToken', { ClientId: 'nosuchclient', RefreshToken: 'x.y.z.a.b' })).toEqual([
      'ResourceNotFoundException',
      'User pool client nosuchclient does not exist.',
    ])
  })
})
