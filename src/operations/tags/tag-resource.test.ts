import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createHarness, type Harness } from '../../../tests/support/harness.ts'

let server: Harness
let ResourceArn: string
let UserPoolId: string

beforeAll(async () => {
  server = await createHarness()
  const { UserPool } = await server.ok('CreateUserPool', { PoolName: 'pool', UserPoolTags: { tenant: 'a', stage: 'test' } })
  ResourceArn = UserPool.Arn
  UserPoolId = UserPool.Id
})
afterAll(() => server.close())

const tags = async () => (await server.ok('ListTagsForResource', { ResourceArn })).Tags

describe('TagResource', () => {
  it('adds tags and replaces those with the same key', async () => {
    expect(await server.ok('TagResource', { ResourceArn, Tags: { tenant: 'b', owner: '' } })).toEqual({})
    expect(await tags()).toEqual({ tenant: 'b', stage: 'test', owner: '' })
    expect((await server.ok('DescribeUserPool', { UserPoolId })).UserPool.UserPoolTags).toEqual(await tags())
  })

  it('loses no tag of several calls at once', async () => {
    await Promise.all(['p', 'q', 'r', 's'].map((key) => server.ok('TagResource', { ResourceArn, Tags: { [key]: '1' } })))
    expect(await tags()).toMatchObject({ p: '1', q: '1', r: '1', s: '1' })
  })

  it('refuses more than 50 tags together with those that are there', async () => {
    const Tags = Object.fromEntries(Array.from({ length: 48 }, (_, n) => [`k${n}`, 'v']))
    const before = await tags()
    expect(await server.refused('TagResource', { ResourceArn, Tags })).toEqual([
      'InvalidParameterException',
      'A resource can have at most 50 tags.',
    ])
    expect(await tags()).toEqual(before)
  })

  it('refuses keys of AWS’s own, and another id for the pool', async () => {
    expect((await server.refused('TagResource', { ResourceArn, Tags: { 'aws:x': '1' } }))[0]).toBe('InvalidParameterException')
    expect((await server.refused('TagResource', { ResourceArn, Tags: { _custom_id_: 'other' } }))[0]).toBe('InvalidParameterException')
  })

  it.each([
    ['another account', 'arn:aws:cognito-idp:us-east-1:999999999999:userpool/'],
    ['another region', 'arn:aws:cognito-idp:eu-west-1:000000000000:userpool/'],
  ])('finds no pool in %s', async (_where, prefix) => {
    expect(await server.refused('TagResource', { ResourceArn: prefix + UserPoolId, Tags: { a: 'b' } })).toEqual([
      'ResourceNotFoundException',
      `User pool ${UserPoolId} does not exist.`,
    ])
  })

  it('refuses the ARN of something else', async () => {
    expect((await server.refused('TagResource', { ResourceArn: 'arn:aws:s3:us-east-1:000000000000:bucket/x', Tags: { a: 'b' } }))[0]).toBe(
      'InvalidParameterException',
    )
  })
})
