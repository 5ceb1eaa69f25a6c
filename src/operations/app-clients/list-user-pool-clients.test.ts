import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createHarness, type Harness } from '../../../tests/support/harness.ts'

let server: Harness
let UserPoolId: string

beforeAll(async () => {
  server = await createHarness()
  UserPoolId = (await server.ok('CreateUserPool', { PoolName: 'pool' })).UserPool.Id
})
afterAll(() => server.close())

describe('ListUserPoolClients', () => {
  it('answers an empty list', async () => {
    expect(await server.ok('ListUserPoolClients', { UserPoolId })).toEqual({ UserPoolClients: [] })
  })

  it('pages through ids and names, without secrets', async () => {
    const made = []
    for (const ClientName of ['one', 'two', 'three']) {
      const { UserPoolClient } = await server.ok('CreateUserPoolClient', { UserPoolId, ClientName, GenerateSecret: true })
      made.push({ UserPoolId, ClientName, ClientId: UserPoolClient.ClientId })
    }
    const seen = []
    let NextToken: string | undefined
    do {
      const page = await server.ok('ListUserPoolClients', { UserPoolId, MaxResults: 2, NextToken })
      seen.push(...page.UserPoolClients)
      NextToken = page.NextToken
    } while (NextToken !== undefined)
    expect(seen).toHaveLength(3)
    expect(seen).toEqual(expect.arrayContaining(made))
  })

  it('knows no clients that registered themselves', async () => {
    expect((await server.ok('ListUserPoolClients', { UserPoolId, ClientType: 'DCR' })).UserPoolClients).toEqual([])
    expect((await server.ok('ListUserPoolClients', { UserPoolId, ClientType: 'REGULAR' })).UserPoolClients).toHaveLength(3)
  })

  it('refuses a pool that is not there', async () => {
    expect((await server.refused('ListUserPoolClients', { UserPoolId: 'us-east-1_none' }))[0]).toBe('ResourceNotFoundException')
  })
})
