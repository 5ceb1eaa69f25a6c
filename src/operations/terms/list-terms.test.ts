import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createHarness, type Harness } from '../../../tests/support/harness.ts'
import { makeClient, makePool } from '../../../tests/support/make-pool.ts'

import { readPages } from '../../../tests/support/read-pages.ts'

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

describe('ListTerms', () => {
  it('lists those of all clients in pages, without links', async () => {
    const other = await makeClient(server, UserPoolId)
    const made = []
    for (const client of [ClientId, other.ClientId]) {
      for (const TermsName of ['terms-of-use', 'privacy-policy']) {
        made.push((await server.ok('CreateTerms', { UserPoolId, ClientId: client, TermsName, ...fixed })).Terms)
      }
    }
    const rows = made
      .sort((a, b) => (a.TermsId < b.TermsId ? -1 : 1))
      .map(({ TermsId, TermsName, Enforcement, CreationDate, LastModifiedDate }) => ({
        TermsId,
        TermsName,
        Enforcement,
        CreationDate,
        LastModifiedDate,
      }))
    const list = (more: object) => readPages(server, 'ListTerms', { UserPoolId, ...more }, 'Terms')
    expect(await list({})).toEqual([rows])
    expect(await list({ MaxResults: 3 })).toEqual([rows.slice(0, 3), rows.slice(3)])
    expect(await list({ UserPoolId: (await makePool(server)).UserPoolId })).toEqual([[]])
  })
})
