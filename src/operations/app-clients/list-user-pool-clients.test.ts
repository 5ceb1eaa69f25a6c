import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createHarness, type Harness } from '../../../tests/support/harness.ts'
import { makeClient, makePool } from '../../../tests/support/make-pool.ts'
import { readPages } from '../../../tests/support/read-pages.ts'

let server: Harness
let UserPoolId: string

beforeAll(async () => {
  server = await createHarness()
  ;({ UserPoolId } = await makePool(server))
  await makeClient(server, UserPoolId, { ClientName: 'two', GenerateSecret: true })
  await makeClient(server, UserPoolId, { ClientName: 'three' })
})
afterAll(() => server.close())

describe('ListUserPoolClients', () => {
  it('lists the pool’s clients in pages, by id and name, without secrets', async () => {
    await makePool(server)
    const pages = await readPages(server, 'ListUserPoolClients', { UserPoolId, MaxResults: 2 }, 'UserPoolClients')
    expect(pages.map((page) => page.length)).toEqual([2, 1])
    const clients = pages.flat()
    expect(clients.map(({ ClientName }) => ClientName).sort()).toEqual(['app', 'three', 'two'])
    for (const client of clients) expect(Object.keys(client).sort()).toEqual(['ClientId', 'ClientName', 'UserPoolId'])
  })

  it('lists all at once where no number is given', async () => {
    const body = await server.ok('ListUserPoolClients', { UserPoolId })
    expect(body.UserPoolClients).toHaveLength(3)
    expect(body.NextToken).toBeUndefined()
  })

  it('lists those of a type', async () => {
    expect((await server.ok('ListUserPoolClients', { UserPoolId, ClientType: 'REGULAR' })).UserPoolClients).toHaveLength(3)
    expect((await server.ok('ListUserPoolClients', { UserPoolId, ClientType: 'DCR' })).UserPoolClients).toEqual([])
  })

  it('takes a token for the type that it was made for', async () => {
    const { NextToken } = await server.ok('ListUserPoolClients', { UserPoolId, MaxResults: 1 })
    expect(await server.refused('ListUserPoolClients', { UserPoolId, MaxResults: 1, ClientType: 'REGULAR', NextToken })).toEqual([
      'InvalidParameterException',
      'Invalid pagination token given.',
    ])
  })
})
