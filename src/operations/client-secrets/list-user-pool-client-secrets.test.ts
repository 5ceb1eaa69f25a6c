import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { createHarness, type Harness } from '../../../tests/support/harness.ts'
import { makeClient, makePool } from '../../../tests/support/make-pool.ts'

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

const list = (id: string) => server.ok('ListUserPoolClientSecrets', { UserPoolId, ClientId: id })

describe('ListUserPoolClientSecrets', () => {
  it('lists id and date of both, oldest first, and no value', async () => {
    server.clock.advance(5000)
    const { ClientSecretDescriptor } = await server.ok('AddUserPoolClientSecret', { UserPoolId, ClientId })
    const body = await list(ClientId)
    const at = server.clock.now()
    const row = (createdAt: number) => ({ ClientSecretId: `${ClientId}--${createdAt}`, ClientSecretCreateDate: createdAt / 1000 })
    expect(body).toEqual({ ClientSecrets: [row(at - 5000), row(at)] })
    const text = JSON.stringify(body)
    expect(text).not.toContain(ClientSecret)
    expect(text).not.toContain(ClientSecretDescriptor.ClientSecretValue)
  })

  it('gives two secrets of one moment two ids', async () => {
    await server.ok('AddUserPoolClientSecret', { UserPoolId, ClientId })
    const { ClientSecrets } = await list(ClientId)
    expect(ClientSecrets[0].ClientSecretId).not.toBe(ClientSecrets[1].ClientSecretId)
  })

  it('lists none of a public client', async () => {
    expect(await list((await makeClient(server, UserPoolId)).ClientId)).toEqual({ ClientSecrets: [] })
  })

  it('knows a client in its own pool only', async () => {
    const other = await makePool(server)
    expect(await server.refused('ListUserPoolClientSecrets', { UserPoolId, ClientId: other.ClientId })).toEqual([
      'ResourceNotFoundException',
      `User pool client ${other.ClientId} does not exist.`,
    ])
  })
})
