import { describe, expect, it } from 'vitest'
import { redirectBack } from './redirect-back.ts'

describe('the address of an answer', () => {
  it.each([
    ['https://a.example/cb', 'query', 'https://a.example/cb?code=1&state=a+b'],
    ['https://a.example/cb?x=1', 'query', 'https://a.example/cb?x=1&code=1&state=a+b'],
    ['https://a.example/cb?', 'query', 'https://a.example/cb?code=1&state=a+b'],
    ['myapp://cb', 'query', 'myapp://cb?code=1&state=a+b'],
    ['https://a.example/cb?x=1', 'fragment', 'https://a.example/cb?x=1#code=1&state=a+b'],
  ] as const)('%s by %s', (uri, mode, expected) => {
    expect(redirectBack(uri, mode, { code: '1', iss: undefined, state: 'a b' })).toBe(expected)
  })

  it('is the registered one, unchanged, without members', () => {
    expect(redirectBack('https://a.example/cb', 'query', { state: undefined })).toBe('https://a.example/cb')
  })
})
