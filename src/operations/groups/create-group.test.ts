import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { callsThrough, createHarness, type Harness } from '../../../tests/support/harness.ts'
import { redispatch } from '../../../tests/support/redispatch.ts'

let server: Harness
let UserPoolId: string

beforeAll(async () => {
  server = await createHarness()
  UserPoolId = (await server.ok('CreateUserPool', { PoolName: 'pool' })).UserPool.Id
})
afterAll(() => server.close())

const RoleArn = 'arn:aws:iam::123456789012:role/example-group-role'

describe('CreateGroup', () => {
  it('answers the group as it was asked for', async () => {
    const asked = { GroupName: 'editors', UserPoolId, Description: 'Who write', RoleArn, Precedence: 0 }
    const now = server.clock.now() / 1000
    const { Group } = await server.ok('CreateGroup', asked)
    expect(Group).toEqual({ ...asked, CreationDate: now, LastModifiedDate: now })
    expect((await server.ok('GetGroup', { UserPoolId, GroupName: 'editors' })).Group).toEqual(Group)
  })

  it('leaves out what was not asked for', async () => {
    const { Group } = await server.ok('CreateGroup', { GroupName: 'plain', UserPoolId })
    expect(Object.keys(Group).sort()).toEqual(['CreationDate', 'GroupName', 'LastModifiedDate', 'UserPoolId'])
  })

  it('refuses a name that the pool has, in whatever pool else it may be', async () => {
    const other = (await server.ok('CreateUserPool', { PoolName: 'other' })).UserPool.Id
    await server.ok('CreateGroup', { GroupName: 'twice', UserPoolId })
    await server.ok('CreateGroup', { GroupName: 'twice', UserPoolId: other })
    expect(await server.refused('CreateGroup', { GroupName: 'twice', UserPoolId })).toEqual([
      'GroupExistsException',
      'A group with the name already exists',
    ])
  })

  it('lets exactly one of several at once have the name', async () => {
    const answers = await Promise.all(Array.from({ length: 4 }, () => server.call('CreateGroup', { GroupName: 'raced', UserPoolId })))
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 400, 400, 400])
  })

  it('holds the quota of the pool', async () => {
    const create = (by: never, group: never, limit: number) => {
      expect(limit).toBe(10_000)
      return server.store.groups.create(by, group, 0)
    }
    const full = callsThrough(redispatch(server, { store: { ...server.store, groups: { ...server.store.groups, create } } as never }))
    expect(await full.refused('CreateGroup', { GroupName: 'one-more', UserPoolId })).toEqual([
      'LimitExceededException',
      'The user pool has 10000 groups already.',
    ])
  })

  it('takes a precedence of 0 to 2^31 - 1', async () => {
    const create = (Precedence: number) => ({ GroupName: 'ranked', UserPoolId, Precedence })
    expect(await server.refused('CreateGroup', create(-1))).toEqual([
      'InvalidParameterException',
      "1 validation error detected: Value '-1' at 'precedence' failed to satisfy constraint: Member must have value greater than or equal to 0",
    ])
    expect((await server.refused('CreateGroup', create(2 ** 31)))[0]).toBe('SerializationException')
    expect((await server.ok('CreateGroup', create(2 ** 31 - 1))).Group.Precedence).toBe(2 ** 31 - 1)
  })

  it('knows no pool of another region', async () => {
    expect(await server.refused('CreateGroup', { GroupName: 'x', UserPoolId }, { region: 'eu-west-1' })).toEqual([
      'ResourceNotFoundException',
      `User pool ${UserPoolId} does not exist.`,
    ])
  })
})
