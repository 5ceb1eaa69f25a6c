import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createHarness, type Harness } from '../../../tests/support/harness.ts'
import { makePool } from '../../../tests/support/make-pool.ts'

import { withRival } from '../../../tests/support/with-rival.ts'

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

const make = async (TermsName: string): Promise<string> =>
  (await server.ok('CreateTerms', { UserPoolId, ClientId, TermsName, ...fixed })).Terms.TermsId
const described = async (TermsId: string) => (await server.ok('DescribeTerms', { UserPoolId, TermsId })).Terms

describe('UpdateTerms', () => {
  it('replaces the links and keeps what is left out', async () => {
    const TermsId = await make('terms-of-use')
    await server.clock.advance(1000)
    const next = { 'cognito:default': 'https://example.org/new' }
    const { Terms } = await server.ok('UpdateTerms', { UserPoolId, TermsId, Links: next })
    expect(Terms).toMatchObject({ TermsId, ClientId, TermsName: 'terms-of-use', Links: next })
    expect(Terms.Links).toEqual(next)
    expect(Terms.LastModifiedDate).toBe(Terms.CreationDate + 1)
    expect(await described(TermsId)).toEqual(Terms)
    expect((await server.ok('UpdateTerms', { UserPoolId, TermsId })).Terms).toEqual(Terms)
  })

  it('takes another name when it is free', async () => {
    const { UserPoolId: pool, ClientId: client } = await makePool(server)
    const create = async (TermsName: string) =>
      (await server.ok('CreateTerms', { UserPoolId: pool, ClientId: client, TermsName, ...fixed })).Terms.TermsId
    const [use, privacy] = [await create('terms-of-use'), await create('privacy-policy')]
    const renaming = { UserPoolId: pool, TermsId: use, TermsName: 'privacy-policy' }
    expect(await server.refused('UpdateTerms', renaming)).toEqual([
      'TermsExistsException',
      'The app client has terms with the name privacy-policy already.',
    ])
    await server.ok('DeleteTerms', { UserPoolId: pool, TermsId: privacy })
    await server.ok('UpdateTerms', renaming)
    const found = await server.ok('DescribeTermsByClient', { UserPoolId: pool, ClientId: client, TermsName: 'privacy-policy' })
    expect(found.Terms.TermsId).toBe(use)
    expect(await create('terms-of-use')).not.toBe(use)
  })

  it('refuses unsound links and ids that are not there', async () => {
    const TermsId = await make('privacy-policy')
    expect(await server.refused('UpdateTerms', { UserPoolId, TermsId, Links: { 'cognito:default': 'ftp://example.org' } })).toEqual([
      'InvalidParameterException',
      'The link for cognito:default must be an http or https URL.',
    ])
    const none = { UserPoolId, TermsId: '00000000-0000-4000-8000-000000000000' }
    expect(await server.refused('UpdateTerms', none)).toEqual(['ResourceNotFoundException', 'Terms do not exist.'])
  })

  it('refuses the later of two changes at once', async () => {
    const { TermsId } = (await server.ok('DescribeTermsByClient', { UserPoolId, ClientId, TermsName: 'privacy-policy' })).Terms
    const slow = withRival(server, 'terms', () => server.ok('UpdateTerms', { UserPoolId, TermsId }))
    expect((await slow.refused('UpdateTerms', { UserPoolId, TermsId }))[0]).toBe('ConcurrentModificationException')
  })
})
