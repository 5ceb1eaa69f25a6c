import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createHarness, type Harness } from '../../../tests/support/harness.ts'
import { makeClient, makePool } from '../../../tests/support/make-pool.ts'

let server: Harness

beforeAll(async () => {
  server = await createHarness()
})
afterAll(() => server.close())

describe('ListUserPoolClientSecrets', () => {
  it('shows ids and dates, never values', async () => {
    const { UserPoolId, ClientId, ClientSecret } = await makePool(server, {}, { GenerateSecret: true })
    await server.ok('AddUserPoolClientSecret', { UserPoolId, ClientId })
    const answer = await server.ok('ListUserPoolClientSecrets', { UserPoolId, ClientId })
    expect(Object.keys(answer)).toEqual(['ClientSecrets'])
    expect(answer.ClientSecrets).toHaveLength(2)
    const ids = answer.ClientSecrets.map(({ ClientSecretId }: { ClientSecretId: string }) => ClientSecretId)
    expect(new Set(ids).size).toBe(2)
    for (const shown of answer.ClientSecrets) expect(Object.keys(shown).sort()).toEqual(['ClientSecretCreateDate', 'ClientSecretId'])
    expect(JSON.stringify(answer)).not.toContain(ClientSecret)
  })

  it('is empty for a public client', async () => {
    const { UserPoolId } = await makePool(server)
    const { ClientId } = await makeClient(server, UserPoolId)
    expect(await server.ok('ListUserPoolClientSecrets', { UserPoolId, ClientId })).toEqual({ ClientSecrets: [] })
  })

  it('refuses a client that is not there', async () => {
    const { UserPoolId } = await makePool(server)
    expect(await server.refused('ListUserPoolClientSecrets', { UserPoolId, ClientId: 'none' })).toEqual([
      'ResourceNotFoundException',
      'User pool client none does not exist.',
    ])
  })
})
