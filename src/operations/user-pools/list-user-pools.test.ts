import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createHarness, type Harness } from '../../../tests/support/harness.ts'
import { readPages } from '../../../tests/support/read-pages.ts'

let server: Harness

beforeAll(async () => {
  server = await createHarness()
  for (const name of ['a', 'b', 'c']) await named('us-east-1', name)
  await named('eu-west-1', 'elsewhere')
})
afterAll(() => server.close())

const named = (region: string, PoolName: string) => server.ok('CreateUserPool', { PoolName }, { region })

describe('ListUserPools', () => {
  it('lists the pools of the region in pages, with a few members each', async () => {
    const pages = await readPages(server, 'ListUserPools', { MaxResults: 2 }, 'UserPools')
    expect(pages.map((page) => page.length)).toEqual([2, 1])
    const now = server.clock.now() / 1000
    expect(
      pages
        .flat()
        .map(({ Name }) => Name)
        .sort(),
    ).toEqual(['a', 'b', 'c'])
    expect(pages[0]?.[0]).toEqual({
      Id: expect.stringMatching(/^us-east-1_/),
      Name: expect.any(String),
      LambdaConfig: {},
      CreationDate: now,
      LastModifiedDate: now,
    })
  })

  it('shows each region its own', async () => {
    const { UserPools } = await server.ok('ListUserPools', { MaxResults: 60 }, { region: 'eu-west-1' })
    expect(UserPools).toMatchObject([{ Name: 'elsewhere' }])
    expect(await server.ok('ListUserPools', { MaxResults: 60 }, { region: 'eu-north-1' })).toEqual({ UserPools: [] })
  })

  it('takes no token of another region', async () => {
    const { NextToken } = await server.ok('ListUserPools', { MaxResults: 1 })
    expect(await server.refused('ListUserPools', { MaxResults: 1, NextToken }, { region: 'eu-west-1' })).toEqual([
      'InvalidParameterException',
      'Invalid pagination token given.',
    ])
  })

  it('must be told how many', async () => {
    expect(await server.refused('ListUserPools', {})).toEqual([
      'InvalidParameterException',
      "1 validation error detected: Value null at 'maxResults' failed to satisfy constraint: Member must not be null",
    ])
  })
})
