import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { OperationName } from '../../src/model/types.gen.ts'
import { openDocsPage } from '../support/docs-page.ts'
import { createHarness, type Harness, testRegion } from '../support/harness.ts'
import { createKeyHolders, type KeyHolders } from '../support/key-holders.ts'
import { type MadePool, makePool } from '../support/make-pool.ts'
import { makeUser } from '../support/make-user.ts'
import { redispatch } from '../support/redispatch.ts'
import { signedInput, signedOperations } from '../support/signed-input.ts'

let server: Harness
let callAs: KeyHolders['callAs']
let mine: MadePool
let theirs: MadePool
let untagged: MadePool

const arnOf = (poolId: string, start = `arn:aws:cognito-idp:${testRegion}:000000000000`) => `${start}:userpool/${poolId}`
const policy = (...Statement: object[]) => ({ Version: '2012-10-17', Statement })
const allow = (Action: string | string[], Condition?: object) => ({
  Effect: 'Allow',
  Action,
  Resource: '*',
  ...(Condition && { Condition }),
})
const deny = (Action: string | string[], Condition?: object) => ({ ...allow(Action, Condition), Effect: 'Deny' })

const answer = async (key: string, name: OperationName, input: object): Promise<{ type: string; message: string; body: string }> => {
  const { status, body } = await callAs(key, name, input)
  const { __type: type = 'ok', message = '' } = status === 200 ? {} : (JSON.parse(body) as { __type: string; message: string })
  return { type, message, body }
}
const told = async (key: string, name: OperationName, input: object): Promise<string> => (await answer(key, name, input)).type
const tagsOf = async (UserPoolId: string) => (await server.ok('DescribeUserPool', { UserPoolId })).UserPool.UserPoolTags

const seen = async ({ UserPoolId, ClientId }: MadePool) => ({
  pool: (await server.ok('DescribeUserPool', { UserPoolId })).UserPool,
  clients: (await server.ok('ListUserPoolClients', { UserPoolId })).UserPoolClients,
  secrets: await server.ok('ListUserPoolClientSecrets', { UserPoolId, ClientId }),
  users: (await server.ok('ListUsers', { UserPoolId })).Users,
  groups: (await server.ok('ListGroups', { UserPoolId })).Groups,
  terms: (await server.ok('ListTerms', { UserPoolId })).Terms,
})

beforeAll(async () => {
  server = await createHarness()
  const verifying = redispatch(server, {}, { auth: 'verify', idsChosenBy: 'permission' })
  const holders = createKeyHolders(server, verifying)
  callAs = holders.callAs
  const make = (UserPoolTags: Record<string, string>) => makePool(server, { UserPoolTags, UserPoolTier: 'PLUS' }, { GenerateSecret: true })
  ;[mine, theirs, untagged] = [await make({ team: 'a', stage: 'test' }), await make({ team: 'b', stage: 'test' }), await make({})]
  for (const { UserPoolId } of [mine, theirs]) {
    await makeUser(server, UserPoolId, 'ana', { name: 'Ana' })
    await server.ok('CreateGroup', { UserPoolId, GroupName: 'admins' })
  }
  // A team that rules the pools that bear its tag, makes further ones, and can't give them away or take others'.
  const page = await openDocsPage('policies.md')
  await page.close()
  await holders.addKey('AKIATENANT', JSON.parse(page.code('tenant')))
  await holders.addKey('AKIAUPDATER', policy(allow('cognito-idp:*'), deny(['cognito-idp:TagResource', 'cognito-idp:UntagResource'])))
  await holders.addKey('AKIACAREFUL', policy(allow('*'), deny('*', { StringEquals: { 'aws:ResourceTag/protected': 'yes' } })))
  await holders.addKey(
    'AKIACHOOSER',
    policy(allow('cognito-idp:*'), allow('poolhouse:ChooseId', { StringEquals: { 'aws:RequestTag/team': 'a' } })),
  )
})
afterAll(() => server.close())

describe('must-not-happen 30: a tenant whom tags bound', () => {
  it.each(signedOperations)('is refused %s, and does not learn whether there is such a pool', async (name) => {
    const nowhere = { UserPoolId: `${testRegion}_nowhere00`, ClientId: 'nosuchclient' }
    const answers: string[] = []
    for (const pool of [theirs, untagged, nowhere]) {
      const { type, body } = await answer('AKIATENANT', name, signedInput(name, pool))
      expect(type, body).toBe('AccessDeniedException')
      answers.push(body.replaceAll(pool.UserPoolId, '<pool>'))
    }
    expect(new Set(answers).size).toBe(1)
  })

  it('is refused in AWS’s words', async () => {
    const arn = arnOf(theirs.UserPoolId)
    expect((await answer('AKIATENANT', 'DescribeUserPool', { UserPoolId: theirs.UserPoolId })).message).toBe(
      `User: arn:aws:iam::000000000000:user/akiatenant is not authorized to perform: cognito-idp:DescribeUserPool on resource: ${arn} because no identity-based policy allows the cognito-idp:DescribeUserPool action`,
    )
    expect((await answer('AKIATENANT', 'UntagResource', { ResourceArn: arn, TagKeys: ['team'] })).message).toMatch(
      /cognito-idp:UntagResource on resource: .* with an explicit deny in an identity-based policy$/,
    )
  })

  it('cannot make another’s pool its own, by whatever name and call', async () => {
    const { UserPoolId } = theirs
    const names = [
      arnOf(UserPoolId),
      arnOf(UserPoolId, `arn:aws-cn:cognito-idp:${testRegion}:000000000000`),
      arnOf(UserPoolId, 'arn:aws:cognito-idp:eu-west-1:000000000000'),
      arnOf(UserPoolId, `arn:aws:cognito-idp:${testRegion}:999999999999`),
    ]
    for (const ResourceArn of names) {
      expect(await told('AKIATENANT', 'TagResource', { ResourceArn, Tags: { team: 'a' } })).toBe('AccessDeniedException')
      expect(await told('AKIATENANT', 'UntagResource', { ResourceArn, TagKeys: ['team', 'stage'] })).toBe('AccessDeniedException')
      expect(await told('AKIATENANT', 'ListTagsForResource', { ResourceArn })).toBe('AccessDeniedException')
    }
    for (const poolId of [untagged.UserPoolId, `${testRegion}_nowhere00`]) {
      expect(await told('AKIATENANT', 'TagResource', { ResourceArn: arnOf(poolId), Tags: { team: 'a' } })).toBe('AccessDeniedException')
      expect(await told('AKIATENANT', 'UpdateUserPool', { UserPoolId: poolId, UserPoolTags: { team: 'a' } })).toBe('AccessDeniedException')
    }
    // A member that the call does not have names no other pool.
    const aside = { ResourceArn: arnOf(UserPoolId), UserPoolId: mine.UserPoolId, UserPoolTags: { team: 'a' } }
    expect(await told('AKIATENANT', 'TagResource', { ...aside, Tags: { stage: 'b' } })).toBe('AccessDeniedException')
    for (const UserPoolTags of [{ team: 'a' }, { Team: 'a' }, {}]) {
      expect(await told('AKIATENANT', 'UpdateUserPool', { UserPoolId, UserPoolTags })).toBe('AccessDeniedException')
    }
    expect(await tagsOf(UserPoolId)).toEqual({ team: 'b', stage: 'test' })
  })

  it('rules its own pools', async () => {
    const { UserPoolId } = mine
    expect(await told('AKIATENANT', 'ListUsers', { UserPoolId })).toBe('ok')
    expect(await told('AKIATENANT', 'CreateGroup', { UserPoolId, GroupName: 'more' })).toBe('ok')
    expect(await told('AKIATENANT', 'ListTagsForResource', { ResourceArn: arnOf(UserPoolId) })).toBe('ok')
    expect(await told('AKIATENANT', 'TagResource', { ResourceArn: arnOf(UserPoolId), Tags: { colour: 'red' } })).toBe('ok')
    expect(await told('AKIATENANT', 'UntagResource', { ResourceArn: arnOf(UserPoolId), TagKeys: ['colour'] })).toBe('ok')
    expect(await told('AKIATENANT', 'UpdateUserPool', { UserPoolId, UserPoolTier: 'PLUS' })).toBe('ok')
    expect(await told('AKIATENANT', 'UpdateUserPool', { UserPoolId, UserPoolTags: { team: 'a', stage: 'test' } })).toBe('ok')
    expect(await tagsOf(UserPoolId)).toEqual({ team: 'a', stage: 'test' })
  })

  it('cannot give its own pools away, nor strip them', async () => {
    const { UserPoolId } = mine
    const ResourceArn = arnOf(UserPoolId)
    expect(await told('AKIATENANT', 'TagResource', { ResourceArn, Tags: { team: 'b' } })).toBe('AccessDeniedException')
    expect(await told('AKIATENANT', 'TagResource', { ResourceArn, Tags: { TEAM: 'b' } })).toBe('AccessDeniedException')
    expect(await told('AKIATENANT', 'UntagResource', { ResourceArn, TagKeys: ['stage', 'team'] })).toBe('AccessDeniedException')
    for (const UserPoolTags of [{ team: 'b' }, { stage: 'test' }, {}]) {
      expect(await told('AKIATENANT', 'UpdateUserPool', { UserPoolId, UserPoolTags })).toBe('AccessDeniedException')
    }
    expect(await tagsOf(UserPoolId)).toEqual({ team: 'a', stage: 'test' })
  })

  it('makes pools of its own only', async () => {
    const made = await answer('AKIATENANT', 'CreateUserPool', { PoolName: 'new', UserPoolTags: { team: 'a', stage: 'new' } })
    expect(made.type, made.body).toBe('ok')
    const UserPoolId = (JSON.parse(made.body) as { UserPool: { Id: string } }).UserPool.Id
    expect(await told('AKIATENANT', 'DeleteUserPool', { UserPoolId })).toBe('ok')
    for (const UserPoolTags of [undefined, {}, { team: 'b' }, { stage: 'a' }]) {
      expect(await told('AKIATENANT', 'CreateUserPool', { PoolName: 'new', UserPoolTags })).toBe('AccessDeniedException')
    }
  })

  it('has changed nothing in another’s pool', async () => {
    const before = await seen(theirs)
    for (const name of signedOperations) await callAs('AKIATENANT', name, signedInput(name, theirs))
    expect(await seen(theirs)).toEqual(before)
    expect(JSON.stringify(before)).toContain('admins')
  })
})

describe('must-not-happen 30: whoever may not tag', () => {
  it('does not tag or untag by the way', async () => {
    const { UserPoolId } = theirs
    const arn = arnOf(UserPoolId)
    for (const UserPoolTags of [{ team: 'b', stage: 'test' }, { team: 'x' }, { team: 'b', stage: 'test', more: 'x' }]) {
      expect((await answer('AKIAUPDATER', 'UpdateUserPool', { UserPoolId, UserPoolTags })).message).toContain(
        `cognito-idp:TagResource on resource: ${arn} with an explicit deny`,
      )
    }
    expect((await answer('AKIAUPDATER', 'UpdateUserPool', { UserPoolId, UserPoolTags: {} })).message).toContain(
      `cognito-idp:UntagResource on resource: ${arn} with an explicit deny`,
    )
    expect((await answer('AKIAUPDATER', 'CreateUserPool', { PoolName: 'new', UserPoolTags: { team: 'b' } })).message).toContain(
      `cognito-idp:TagResource on resource: ${arnOf('*')} with an explicit deny`,
    )
    expect(await tagsOf(UserPoolId)).toEqual({ team: 'b', stage: 'test' })
  })

  it('still updates and creates what bears no tags', async () => {
    expect(await told('AKIAUPDATER', 'UpdateUserPool', { UserPoolId: theirs.UserPoolId, UserPoolTier: 'PLUS' })).toBe('ok')
    expect(await told('AKIAUPDATER', 'UpdateUserPool', { UserPoolId: untagged.UserPoolId, UserPoolTags: {}, UserPoolTier: 'PLUS' })).toBe(
      'ok',
    )
    expect(await told('AKIAUPDATER', 'CreateUserPool', { PoolName: 'new' })).toBe('ok')
    expect(await tagsOf(theirs.UserPoolId)).toEqual({ team: 'b', stage: 'test' })
  })
})

describe('must-not-happen 30: a Deny with a condition', () => {
  it('holds from the next call after the pool got the tag', async () => {
    const { UserPoolId } = await makePool(server)
    expect(await told('AKIACAREFUL', 'ListUsers', { UserPoolId })).toBe('ok')
    await server.ok('TagResource', { ResourceArn: arnOf(UserPoolId), Tags: { Protected: 'yes' } })
    for (const name of ['ListUsers', 'DeleteUserPool', 'UntagResource', 'UpdateUserPool'] as const) {
      const input = { UserPoolId, ResourceArn: arnOf(UserPoolId), TagKeys: ['Protected'], UserPoolTags: {} }
      expect((await answer('AKIACAREFUL', name, input)).message).toMatch(/with an explicit deny in an identity-based policy$/)
    }
  })

  it('does not hold for a pool that is not there', async () => {
    expect(await told('AKIACAREFUL', 'ListUsers', { UserPoolId: `${testRegion}_nowhere00` })).toBe('ResourceNotFoundException')
  })
})

describe('must-not-happen 30: poolhouse:ChooseId with a condition', () => {
  it('goes by the tags of the call, of which the one that chooses the id is none', async () => {
    const chosen = (id: string, tags: object) => ({ PoolName: 'new', UserPoolTags: { _custom_id_: id, ...tags } })
    expect(await told('AKIACHOOSER', 'CreateUserPool', chosen('chosen1', { team: 'a' }))).toBe('ok')
    expect(await told('AKIACHOOSER', 'CreateUserPool', chosen('chosen2', { team: 'b' }))).toBe('NotAuthorizedException')
    expect(await told('AKIACHOOSER', 'CreateUserPool', chosen('chosen3', {}))).toBe('NotAuthorizedException')
  })
})
