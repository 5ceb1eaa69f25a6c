import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createHarness, type Harness } from '../../tests/support/harness.ts'
import { makePool } from '../../tests/support/make-pool.ts'

let server: Harness
let UserPoolId: string
let token: string

const hour = 3_600_000
const invalid = ['InvalidParameterException', 'Invalid pagination token given.']
const next = (NextToken: string, pool = UserPoolId) => ({ UserPoolId: pool, Limit: 1, NextToken })

beforeAll(async () => {
  server = await createHarness()
  ;({ UserPoolId } = await makePool(server))
  for (const GroupName of ['a', 'b', 'c']) await server.ok('CreateGroup', { UserPoolId, GroupName })
  token = (await server.ok('ListGroups', { UserPoolId, Limit: 1 })).NextToken
})
afterAll(() => server.close())

describe('a page token', () => {
  it('goes on after the page that came with it, as often as it is used', async () => {
    for (let n = 0; n < 2; n += 1) expect((await server.ok('ListGroups', next(token))).Groups).toMatchObject([{ GroupName: 'b' }])
  })

  it('goes on where it was, though its own row is gone and another came before it', async () => {
    const { UserPoolId } = await makePool(server)
    for (const GroupName of ['m', 'n', 'o']) await server.ok('CreateGroup', { UserPoolId, GroupName })
    const { NextToken } = await server.ok('ListGroups', { UserPoolId, Limit: 1 })
    await server.ok('DeleteGroup', { UserPoolId, GroupName: 'm' })
    await server.ok('CreateGroup', { UserPoolId, GroupName: 'a' })
    expect((await server.ok('ListGroups', next(NextToken, UserPoolId))).Groups).toMatchObject([{ GroupName: 'n' }])
  })

  it('tells nothing of the row that it stands for', () => {
    expect(Buffer.from(token, 'base64').toString('latin1')).not.toMatch(/\["a"/)
  })

  it('is good for its pool and its operation only', async () => {
    const other = await makePool(server)
    expect(await server.refused('ListGroups', next(token, other.UserPoolId))).toEqual(invalid)
    expect(await server.refused('ListResourceServers', { UserPoolId, MaxResults: 1, NextToken: token })).toEqual(invalid)
  })

  it('can not be made up or changed', async () => {
    expect(await server.refused('ListGroups', next('made-up'))).toEqual(invalid)
    const bytes = Buffer.from(token, 'base64')
    bytes[bytes.length - 1] = (bytes.at(-1) ?? 0) ^ 1
    expect(await server.refused('ListGroups', next(bytes.toString('base64')))).toEqual(invalid)
  })

  it('lasts an hour', async () => {
    const { NextToken } = await server.ok('ListGroups', { UserPoolId, Limit: 1 })
    server.clock.advance(hour - 1)
    await server.ok('ListGroups', next(NextToken))
    server.clock.advance(1)
    expect(await server.refused('ListGroups', next(NextToken))).toEqual(invalid)
  })
})
