import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { createHarness, type Harness, testRegion } from '../../tests/support/harness.ts'
import { type Policy, parsePolicy } from '../domain/iam-policy.ts'
import type { OperationName } from '../model/types.gen.ts'
import { authorise } from './authorise.ts'

let server: Harness
let UserPoolId: string
let known: Pick<Harness, 'store' | 'policy'>
let reads: string[] = []

beforeAll(async () => {
  server = await createHarness()
  UserPoolId = (await server.ok('CreateUserPool', { PoolName: 'pool', UserPoolTags: { team: 'a' } })).UserPool.Id
  const { pools } = server.store
  const byId = (id: string) => {
    reads.push(id)
    return pools.byId(id)
  }
  known = { policy: server.policy, store: { ...server.store, pools: { ...pools, byId } } }
})
beforeEach(() => {
  reads = []
})
afterAll(() => server.close())

const policy = (Condition?: object): Policy => {
  const parsed = parsePolicy({
    Version: '2012-10-17',
    Statement: { Effect: 'Allow', Action: 'cognito-idp:*', Resource: '*', ...(Condition && { Condition }) },
  })
  if ('fault' in parsed) throw new Error(parsed.fault)
  return parsed
}
const ofTeam = (team: string) => policy({ StringEquals: { 'aws:ResourceTag/team': team } })

const decide = async (policies: readonly Policy[] | undefined, name: OperationName, input: object, region = testRegion) =>
  authorise(known, { name, auth: 'sigv4' }, { actor: 'ada', region, policies }, input as Record<string, unknown>).then(
    () => 'allowed',
    (error: { code: string }) => error.code,
  )

describe('authorise', () => {
  it('reads nothing for policies without conditions, and nothing about calls that name no pool', async () => {
    expect(await decide(undefined, 'DescribeUserPool', { UserPoolId })).toBe('allowed')
    expect(await decide([policy(), policy()], 'DescribeUserPool', { UserPoolId })).toBe('allowed')
    expect(await decide([ofTeam('a')], 'ListUserPools', {})).toBe('AccessDeniedException')
    expect(reads).toEqual([])
  })

  it('reads the tags of the pool, once, where a condition may ask for them', async () => {
    expect(await decide([policy(), ofTeam('a')], 'DescribeUserPool', { UserPoolId })).toBe('allowed')
    expect(reads).toEqual([UserPoolId])
  })

  it('reads them too where UpdateUserPool replaces them', async () => {
    expect(await decide([policy()], 'UpdateUserPool', { UserPoolId })).toBe('allowed')
    expect(reads).toEqual([])
    expect(await decide([policy()], 'UpdateUserPool', { UserPoolId, UserPoolTags: {} })).toBe('allowed')
    expect(reads).toEqual([UserPoolId])
  })

  it('wants every policy to allow', async () => {
    expect(await decide([ofTeam('a'), ofTeam('b')], 'DescribeUserPool', { UserPoolId })).toBe('AccessDeniedException')
    expect(await decide([ofTeam('b'), policy()], 'DescribeUserPool', { UserPoolId })).toBe('AccessDeniedException')
    expect(await decide([], 'DescribeUserPool', { UserPoolId })).toBe('AccessDeniedException')
  })

  it('knows no tags of a pool of another region', async () => {
    expect(await decide([ofTeam('a')], 'DescribeUserPool', { UserPoolId }, 'eu-west-1')).toBe('AccessDeniedException')
  })
})
