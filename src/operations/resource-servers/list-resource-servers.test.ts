import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createHarness, type Harness } from '../../../tests/support/harness.ts'

let server: Harness
let UserPoolId: string

beforeAll(async () => {
  server = await createHarness()
  UserPoolId = (await server.ok('CreateUserPool', { PoolName: 'pool' })).UserPool.Id
})
afterAll(() => server.close())

describe('ListResourceServers', () => {
  it('answers an empty list', async () => {
    expect(await server.ok('ListResourceServers', { UserPoolId })).toEqual({ ResourceServers: [] })
  })

  it('pages through all of them with their scopes', async () => {
    const Scopes = [{ ScopeName: 'read', ScopeDescription: 'Reads' }]
    const made = ['a', 'b', 'c'].map((Identifier) => ({ UserPoolId, Identifier, Name: Identifier, Scopes }))
    for (const one of made) await server.ok('CreateResourceServer', one)
    const first = await server.ok('ListResourceServers', { UserPoolId, MaxResults: 2 })
    const second = await server.ok('ListResourceServers', { UserPoolId, MaxResults: 2, NextToken: first.NextToken })
    expect([...first.ResourceServers, ...second.ResourceServers]).toEqual(made)
    expect(second.NextToken).toBeUndefined()
  })

  it('forgets a token after an hour', async () => {
    const { NextToken } = await server.ok('ListResourceServers', { UserPoolId, MaxResults: 1 })
    server.clock.advance(3_600_000)
    expect(await server.refused('ListResourceServers', { UserPoolId, NextToken })).toEqual([
      'InvalidParameterException',
      'Invalid pagination token given.',
    ])
  })
})
