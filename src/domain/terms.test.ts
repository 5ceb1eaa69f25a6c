import { describe, expect, it } from 'vitest'
import { termsLink, termsLinksFault } from './terms.ts'

describe('termsLinksFault', () => {
  it('takes URLs of the web', () => {
    expect(
      termsLinksFault({ 'cognito:default': 'https://example.org/terms?a=b#c', 'cognito:french': 'http://localhost:3000/fr' }),
    ).toBeUndefined()
  })

  it('wants a default', () => {
    expect(termsLinksFault({ 'cognito:french': 'https://example.org/fr' })).toBe('Links must have a URL for cognito:default.')
    expect(termsLinksFault({})).toBe('Links must have a URL for cognito:default.')
  })

  it.each([
    'javascript:alert(1)',
    'data:text/html,x',
    '//example.org',
    '/terms',
    'https:',
    'https://',
    'http:///x',
    'https://[',
    'https://a%b/',
  ])('refuses %s', (url) => {
    expect(termsLinksFault({ 'cognito:default': 'https://example.org', 'cognito:dutch': url })).toBe(
      'The link for cognito:dutch must be an http or https URL.',
    )
  })
})

describe('termsLink', () => {
  const Links = { 'cognito:default': 'd', 'cognito:portuguese-brazil': 'pt', 'cognito:chinese-simplified': 'zh', 'cognito:english': 'en' }

  it.each([
    ['pt-BR', 'pt'],
    ['zh-CN', 'zh'],
    ['en', 'en'],
    ['zh-TW', 'd'],
    ['fr', 'd'],
    ['sv', 'd'],
    ['', 'd'],
    ['constructor', 'd'],
  ])('for a page in %j is %s', (language, link) => {
    expect(termsLink({ Links }, language)).toBe(link)
  })

  it('may be missing', () => {
    expect(termsLink({ Links: { 'cognito:french': 'fr' } }, 'de')).toBeUndefined()
  })
})
