import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createHarness, type Harness } from '../../../tests/support/harness.ts'
import { makeClient, makePool } from '../../../tests/support/make-pool.ts'

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

describe('DescribeTermsByClient', () => {
  it("shows a client's document of a name", async () => {
    const made = await server.ok('CreateTerms', { UserPoolId, ClientId, TermsName: 'terms-of-use', ...fixed })
    expect(await server.ok('DescribeTermsByClient', { UserPoolId, ClientId, TermsName: 'terms-of-use' })).toEqual(made)
    const none = ['ResourceNotFoundException', 'Terms do not exist.']
    expect(await server.refused('DescribeTermsByClient', { UserPoolId, ClientId, TermsName: 'privacy-policy' })).toEqual(none)
    const other = await makeClient(server, UserPoolId)
    const ofOther = { UserPoolId, ClientId: other.ClientId, TermsName: 'terms-of-use' }
    expect(await server.refused('DescribeTermsByClient', ofOther)).toEqual(none)
  })
})
