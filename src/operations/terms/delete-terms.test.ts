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

describe('DeleteTerms', () => {
  it('makes the name free', async () => {
    const make = async () => (await server.ok('CreateTerms', { UserPoolId, ClientId, TermsName: 'terms-of-use', ...fixed })).Terms
    const { TermsId } = await make()
    expect(await server.ok('DeleteTerms', { UserPoolId, TermsId })).toBeUndefined()
    expect(await server.refused('DeleteTerms', { UserPoolId, TermsId })).toEqual(['ResourceNotFoundException', 'Terms do not exist.'])
    expect((await make()).TermsId).not.toBe(TermsId)
  })
})
