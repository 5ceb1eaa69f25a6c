import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createHarness, type Harness } from '../../../tests/support/harness.ts'

let server: Harness
let UserPoolId: string

beforeAll(async () => {
  server = await createHarness()
  UserPoolId = (await server.ok('CreateUserPool', { PoolName: 'pool' })).UserPool.Id
})
afterAll(() => server.close())

const notFound = ['ResourceNotFoundException', 'Resource server api does not exist.']

describe('DeleteResourceServer', () => {
  it('takes the server away, once', async () => {
    const api = { UserPoolId, Identifier: 'api' }
    await server.ok('CreateResourceServer', { ...api, Name: 'API' })
    expect((await server.call('DeleteResourceServer', api)).status).toBe(200)
    expect(await server.refused('DescribeResourceServer', api)).toEqual(notFound)
    expect(await server.refused('DeleteResourceServer', api)).toEqual(notFound)
  })

  it('leaves the scopes on app clients', async () => {
    const api = { UserPoolId, Identifier: 'used' }
    await server.ok('CreateResourceServer', { ...api, Name: 'API', Scopes: [{ ScopeName: 'read', ScopeDescription: 'Reads' }] })
    const { UserPoolClient } = await server.ok('CreateUserPoolClient', {
      UserPoolId,
      ClientName: 'app',
      AllowedOAuthFlows: ['code'],
      AllowedOAuthScopes: ['used/read'],
      CallbackURLs: ['https://app.example.com'],
    })
    await server.ok('DeleteResourceServer', api)
    const { ClientId } = UserPoolClient
    expect((await server.ok('DescribeUserPoolClient', { UserPoolId, ClientId })).UserPoolClient).toEqual(UserPoolClient)
  })
})
