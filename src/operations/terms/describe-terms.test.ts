import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createHarness, type Harness } from '../../../tests/support/harness.ts'
import { makePool } from '../../../tests/support/make-pool.ts'

let server: Harness
let UserPoolId: string
let ClientId: string

beforeAll(async () => {
  server = await createHarness()
  ;({ UserPoolId, ClientId } = await makePool(server))
})
afterAll(() => server.close())

const Links = { 'cognito:default': 'https://example.org/terms', 'cognito:french': 'https://example.org/fr' }
const fixed = { TermsSource: 'LINK', Enforcement: 'NONE', Links }

describe('DescribeTerms', () => {
  it('shows a document of the pool', async () => {
    const made = await server.ok('CreateTerms', { UserPoolId, ClientId, TermsName: 'terms-of-use', ...fixed })
    const { TermsId } = made.Terms
    expect(await server.ok('DescribeTerms', { UserPoolId, TermsId })).toEqual(made)
    const other = await makePool(server)
    expect(await server.refused('DescribeTerms', { UserPoolId: other.UserPoolId, TermsId })).toEqual([
      'ResourceNotFoundException',
      'Terms do not exist.',
    ])
    await server.ok('DeleteUserPoolClient', { UserPoolId, ClientId })
    expect((await server.refused('DescribeTerms', { UserPoolId, TermsId }))[0]).toBe('ResourceNotFoundException')
  })
})
