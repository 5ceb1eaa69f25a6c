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

const refused = (more: object) => server.refused('CreateTerms', { UserPoolId, ClientId, TermsName: 'terms-of-use', ...fixed, ...more })

describe('CreateTerms', () => {
  it('gives a client a document of each name', async () => {
    const at = server.clock.now() / 1000
    for (const TermsName of ['terms-of-use', 'privacy-policy']) {
      const made = await server.ok('CreateTerms', { UserPoolId, ClientId, TermsName, ...fixed })
      const TermsId = expect.stringMatching(/^[0-9a-f-]{36}$/)
      expect(made).toEqual({ Terms: { TermsId, UserPoolId, ClientId, TermsName, ...fixed, CreationDate: at, LastModifiedDate: at } })
    }
    expect(await refused({})).toEqual(['TermsExistsException', 'The app client has terms with the name terms-of-use already.'])
  })

  it('refuses links that a browser must not follow, and none', async () => {
    const { ClientId: other } = await makeClient(server, UserPoolId)
    const invalid = (sentence: string) => ['InvalidParameterException', sentence]
    expect(await refused({ ClientId: other, Links: { 'cognito:default': 'javascript:alert(1)' } })).toEqual(
      invalid('The link for cognito:default must be an http or https URL.'),
    )
    expect(await refused({ ClientId: other, Links: { 'cognito:french': 'https://example.org' } })).toEqual(
      invalid('Links must have a URL for cognito:default.'),
    )
    expect(await refused({ ClientId: other, Links: undefined })).toEqual(invalid('Links must have a URL for cognito:default.'))
    expect((await refused({ ClientId: other, Links: { 'cognito:klingon': 'https://example.org' } }))[1]).toContain('Map keys must satisfy')
    expect((await refused({ ClientId: other, TermsName: 'imprint' }))[1]).toContain('^(terms-of-use|privacy-policy)$')
  })

  it('holds the limit of 40', async () => {
    const pool = await makePool(server)
    for (let count = 0; count < 20; count += 1) {
      const { ClientId: other } = await makeClient(server, pool.UserPoolId)
      for (const TermsName of ['terms-of-use', 'privacy-policy']) {
        await server.ok('CreateTerms', { UserPoolId: pool.UserPoolId, ClientId: other, TermsName, ...fixed })
      }
    }
    expect(await refused({ UserPoolId: pool.UserPoolId, ClientId: pool.ClientId })).toEqual([
      'LimitExceededException',
      'The user pool has 40 terms documents already.',
    ])
  })
})
