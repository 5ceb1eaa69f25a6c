import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createHarness, type Harness } from '../../../tests/support/harness.ts'

let server: Harness
let UserPoolId: string

beforeAll(async () => {
  server = await createHarness()
  UserPoolId = (await server.ok('CreateUserPool', { PoolName: 'pool' })).UserPool.Id
})
afterAll(() => server.close())

const Scopes = [
  { ScopeName: 'international.read', ScopeDescription: 'International customers' },
  { ScopeName: 'domestic.read', ScopeDescription: 'Domestic customers' },
]
const asked = (Identifier: string) => ({ UserPoolId, Identifier, Name: 'Example API', Scopes })

describe('CreateResourceServer', () => {
  it('answers the server in the form of the sample', async () => {
    const { ResourceServer } = await server.ok('CreateResourceServer', asked('myapi.example.com'))
    expect(ResourceServer).toEqual(asked('myapi.example.com'))
    const described = await server.ok('DescribeResourceServer', { UserPoolId, Identifier: 'myapi.example.com' })
    expect(described.ResourceServer).toEqual(ResourceServer)
  })

  it('gives app clients the scopes', async () => {
    await server.ok('CreateResourceServer', asked('https://api.example.com'))
    const AllowedOAuthScopes = ['openid', 'https://api.example.com/domestic.read']
    const client = {
      UserPoolId,
      ClientName: 'app',
      AllowedOAuthFlows: ['code'],
      AllowedOAuthFlowsUserPoolClient: true,
      CallbackURLs: ['https://app.example.com'],
    }
    const { UserPoolClient } = await server.ok('CreateUserPoolClient', { ...client, AllowedOAuthScopes })
    expect(UserPoolClient.AllowedOAuthScopes).toEqual(AllowedOAuthScopes)
    expect(
      await server.refused('CreateUserPoolClient', { ...client, AllowedOAuthScopes: ['https://api.example.com/domestic.write'] }),
    ).toEqual(['ScopeDoesNotExistException', 'Invalid scope requested: https://api.example.com/domestic.write'])
  })

  it('refuses an identifier that the pool has', async () => {
    await server.ok('CreateResourceServer', asked('twice'))
    expect(await server.refused('CreateResourceServer', asked('twice'))).toEqual([
      'InvalidParameterException',
      `twice already exists in user pool ${UserPoolId}.`,
    ])
  })

  it('refuses the service’s own identifiers and doubled scopes', async () => {
    expect((await server.refused('CreateResourceServer', asked('aws.cognito/dcr')))[0]).toBe('InvalidParameterException')
    expect((await server.refused('CreateResourceServer', { ...asked('d'), Scopes: [...Scopes, ...Scopes] }))[0]).toBe(
      'InvalidParameterException',
    )
  })

  it('lets a pool have 25', async () => {
    const pool = (await server.ok('CreateUserPool', { PoolName: 'full' })).UserPool.Id
    for (let n = 0; n < 25; n += 1) {
      await server.ok('CreateResourceServer', { UserPoolId: pool, Identifier: `api-${n}`, Name: 'api' })
    }
    const refusal = await server.refused('CreateResourceServer', { UserPoolId: pool, Identifier: 'one-more', Name: 'api' })
    expect(refusal[0]).toBe('LimitExceededException')
  })
})
