import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createHarness, type Harness } from '../../../tests/support/harness.ts'
import { makePool } from '../../../tests/support/make-pool.ts'
import { readPages } from '../../../tests/support/read-pages.ts'

let server: Harness
let UserPoolId: string

beforeAll(async () => {
  server = await createHarness()
  ;({ UserPoolId } = await makePool(server))
  for (const name of ['b', 'c', 'a']) await server.ok('CreateResourceServer', { UserPoolId, Identifier: name, Name: name })
})
afterAll(() => server.close())

const list = (more: object) => readPages(server, 'ListResourceServers', { UserPoolId, ...more }, 'ResourceServers')

describe('ListResourceServers', () => {
  it('lists those of the pool in pages', async () => {
    const row = (name: string) => ({ UserPoolId, Identifier: name, Name: name })
    expect(await list({ MaxResults: 2 })).toEqual([[row('a'), row('b')], [row('c')]])
    expect(await list({})).toEqual([[row('a'), row('b'), row('c')]])
  })

  it('lists none of another pool', async () => {
    expect(await list({ UserPoolId: (await makePool(server)).UserPoolId })).toEqual([[]])
  })

  it('answers 50 at most', async () => {
    expect(await server.refused('ListResourceServers', { UserPoolId, MaxResults: 51 })).toEqual([
      'InvalidParameterException',
      "1 validation error detected: Value '51' at 'maxResults' failed to satisfy constraint: Member must have value less than or equal to 50",
    ])
  })
})
