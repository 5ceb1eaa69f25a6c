import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createHarness, type Harness } from '../../../tests/support/harness.ts'
import { makePool } from '../../../tests/support/make-pool.ts'
import { withRival } from '../../../tests/support/with-rival.ts'

let server: Harness

beforeAll(async () => {
  server = await createHarness()
})
afterAll(() => server.close())

const refused = (UserPoolId: string) => server.refused('DeleteUserPool', { UserPoolId })

describe('DeleteUserPool', () => {
  it('ends the pool and its app clients at once, with an empty answer', async () => {
    const { UserPoolId, ClientId } = await makePool(server)
    expect(await server.ok('DeleteUserPool', { UserPoolId })).toBeUndefined()
    const gone = ['ResourceNotFoundException', `User pool ${UserPoolId} does not exist.`]
    expect(await server.refused('DescribeUserPool', { UserPoolId })).toEqual(gone)
    expect(await refused(UserPoolId)).toEqual(gone)
    expect(await server.refused('ForgotPassword', { ClientId, Username: 'ana' })).toEqual([
      'ResourceNotFoundException',
      `User pool client ${ClientId} does not exist.`,
    ])
  })

  it('leaves a protected pool until the protection is taken off', async () => {
    const { UserPoolId } = await makePool(server, { DeletionProtection: 'ACTIVE' })
    expect(await refused(UserPoolId)).toEqual([
      'InvalidParameterException',
      'The user pool cannot be deleted because deletion protection is activated. Deletion protection must be inactivated first.',
    ])
    await server.ok('UpdateUserPool', { UserPoolId, DeletionProtection: 'INACTIVE' })
    await server.ok('DeleteUserPool', { UserPoolId })
  })

  it('leaves a pool that is protected between the check and the deletion', async () => {
    const { UserPoolId } = await makePool(server)
    const protect = () => server.ok('UpdateUserPool', { UserPoolId, DeletionProtection: 'ACTIVE' })
    expect((await withRival(server, 'pools', protect).refused('DeleteUserPool', { UserPoolId }))[0]).toBe('InvalidParameterException')
    expect((await server.ok('DescribeUserPool', { UserPoolId })).UserPool.DeletionProtection).toBe('ACTIVE')
  })

  it('leaves a pool that gets a domain between the check and the deletion', async () => {
    const { UserPoolId } = await makePool(server)
    const rival = () => server.ok('CreateUserPoolDomain', { UserPoolId, Domain: 'just-now' })
    expect((await withRival(server, 'pools', rival).refused('DeleteUserPool', { UserPoolId }))[0]).toBe('InvalidParameterException')
    expect((await server.ok('DescribeUserPoolDomain', { Domain: 'just-now' })).DomainDescription).toMatchObject({ UserPoolId })
  })

  it('deletes a pool whose settings change meanwhile, unless they change all the time', async () => {
    const { UserPoolId } = await makePool(server)
    const rename = () => server.ok('UpdateUserPool', { UserPoolId, PoolName: 'renamed' })
    expect((await withRival(server, 'pools', rename, 5).refused('DeleteUserPool', { UserPoolId }))[0]).toBe('TooManyRequestsException')
    await withRival(server, 'pools', rename, 4).ok('DeleteUserPool', { UserPoolId })
    expect((await refused(UserPoolId))[0]).toBe('ResourceNotFoundException')
  })

  it('tells the second of two deletions that the pool is gone', async () => {
    const { UserPoolId } = await makePool(server)
    const rival = () => server.ok('DeleteUserPool', { UserPoolId })
    expect((await withRival(server, 'pools', rival).refused('DeleteUserPool', { UserPoolId }))[0]).toBe('ResourceNotFoundException')
  })

  const CustomDomainConfig = { CertificateArn: 'arn:aws:acm:us-east-1:123456789012:certificate/one' }
  it.each([{ Domain: 'example' }, { Domain: 'auth.example.org', CustomDomainConfig }])('leaves a pool that has %j', async (domain) => {
    const { UserPoolId } = await makePool(server)
    await server.ok('CreateUserPoolDomain', { UserPoolId, ...domain })
    expect(await refused(UserPoolId)).toEqual([
      'InvalidParameterException',
      'User pool cannot be deleted. It has a domain configured that should be deleted first.',
    ])
  })

  it('makes room for another pool of the region', async () => {
    const { UserPoolId } = await makePool(server)
    const before = (await server.ok('ListUserPools', { MaxResults: 60 })).UserPools.length
    await server.ok('DeleteUserPool', { UserPoolId })
    expect((await server.ok('ListUserPools', { MaxResults: 60 })).UserPools).toHaveLength(before - 1)
  })
})
