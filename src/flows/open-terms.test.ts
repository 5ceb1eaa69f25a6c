import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createHarness, type Harness } from '../../tests/support/harness.ts'
import { makeClient, makePool } from '../../tests/support/make-pool.ts'
import { pageContext } from '../../tests/support/page-context.ts'
import { openClient } from './open-client.ts'
import { termsOf } from './open-terms.ts'

let server: Harness

beforeAll(async () => {
  server = await createHarness()
})
afterAll(() => server.close())

describe('termsOf', () => {
  it('links both documents of a client or none', async () => {
    const { UserPoolId, ClientId } = await makePool(server)
    const links = async (language: string, client = ClientId) => {
      const ctx = pageContext(server)
      return termsOf(ctx, await openClient(ctx, client), language)
    }
    const create = (TermsName: string, Links: Record<string, string>) =>
      server.ok('CreateTerms', { UserPoolId, ClientId, TermsName, TermsSource: 'LINK', Enforcement: 'NONE', Links })
    expect(await links('en')).toBeUndefined()
    await create('privacy-policy', { 'cognito:default': 'https://example.org/p', 'cognito:german': 'https://example.org/de/p' })
    expect(await links('en')).toBeUndefined()
    await create('terms-of-use', { 'cognito:default': 'https://example.org/t', 'cognito:french': 'https://example.org/fr/t' })
    expect(await links('de')).toEqual({ termsOfUse: 'https://example.org/t', privacyPolicy: 'https://example.org/de/p' })
    expect(await links('fr')).toEqual({ termsOfUse: 'https://example.org/fr/t', privacyPolicy: 'https://example.org/p' })
    expect(await links('sv')).toEqual({ termsOfUse: 'https://example.org/t', privacyPolicy: 'https://example.org/p' })
    expect(await links('de', (await makeClient(server, UserPoolId)).ClientId)).toBeUndefined()
  })
})
