import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { createHarness, type Harness } from '../../../tests/support/harness.ts'
import { makePool } from '../../../tests/support/make-pool.ts'
import { withRival } from '../../../tests/support/with-rival.ts'

let server: Harness
let UserPoolId: string
let count = 0
let Domain: string

beforeAll(async () => {
  server = await createHarness()
})
beforeEach(async () => {
  ;({ UserPoolId } = await makePool(server))
  count += 1
  Domain = `shop-${count}`
  await server.ok('CreateUserPoolDomain', { UserPoolId, Domain })
})
afterAll(() => server.close())

const unknown = ['InvalidParameterException', 'No such domain or user pool exists.']

describe('DeleteUserPoolDomain', () => {
  it('takes the domain from its pool and frees the name for any pool', async () => {
    expect(await server.ok('DeleteUserPoolDomain', { UserPoolId, Domain })).toEqual({})
    expect(await server.ok('DescribeUserPoolDomain', { Domain })).toEqual({ DomainDescription: {} })
    expect((await server.ok('DescribeUserPool', { UserPoolId })).UserPool).not.toHaveProperty('Domain')
    expect(await server.refused('DeleteUserPoolDomain', { UserPoolId, Domain })).toEqual(unknown)
    const other = await makePool(server)
    await server.ok('CreateUserPoolDomain', { UserPoolId: other.UserPoolId, Domain })
    expect(await server.refused('DeleteUserPoolDomain', { UserPoolId, Domain })).toEqual(unknown)
    expect((await server.ok('DescribeUserPoolDomain', { Domain })).DomainDescription).toMatchObject({ UserPoolId: other.UserPoolId })
  })

  it('leaves the other domain of the pool', async () => {
    const custom = `auth${count}.example.org`
    const CustomDomainConfig = { CertificateArn: 'arn:aws:acm:us-east-1:123456789012:certificate/one' }
    await server.ok('CreateUserPoolDomain', { UserPoolId, Domain: custom, CustomDomainConfig })
    await server.ok('DeleteUserPoolDomain', { UserPoolId, Domain })
    const { UserPool } = await server.ok('DescribeUserPool', { UserPoolId })
    expect(UserPool).toMatchObject({ CustomDomain: custom })
    expect(UserPool).not.toHaveProperty('Domain')
  })

  it('tells the second of two deletions that the domain is gone', async () => {
    const rival = () => server.ok('DeleteUserPoolDomain', { UserPoolId, Domain })
    expect(await withRival(server, 'domains', rival).refused('DeleteUserPoolDomain', { UserPoolId, Domain })).toEqual(unknown)
  })

  it('lets the pool be deleted', async () => {
    expect((await server.refused('DeleteUserPool', { UserPoolId }))[0]).toBe('InvalidParameterException')
    await server.ok('DeleteUserPoolDomain', { UserPoolId, Domain })
    await server.ok('DeleteUserPool', { UserPoolId })
  })
})
