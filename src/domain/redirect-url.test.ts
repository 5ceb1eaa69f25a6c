import { describe, expect, it } from 'vitest'
import { redirectUrlFault } from './redirect-url.ts'

describe('redirectUrlFault', () => {
  it.each([
    'https://example.com',
    'https://example.com:8443/cb?x=1',
    'http://localhost',
    'http://localhost:3000/cb',
    'http://127.0.0.1:3000/',
    'http://[::1]:3000/cb',
    'myapp://example',
    'com.example.app:/cb',
    'urn:ietf:wg:oauth:2.0:oob',
  ])('takes %s', (url) => expect(redirectUrlFault(url)).toBeUndefined())

  it.each([
    ['http://example.com/cb', 'cannot use the HTTP protocol.'],
    ['http://localhost.example.com/', 'cannot use the HTTP protocol.'],
    ['http://localhost@example.com/', 'cannot use the HTTP protocol.'],
    ['http://localhost:80@example.com/', 'cannot use the HTTP protocol.'],
    ['http://localhost:3000@example.com', 'cannot use the HTTP protocol.'],
    ['HTTP://example.com', 'cannot use the HTTP protocol.'],
    ['https://example.com/#x', 'cannot use fragment'],
    ['https://example.com#', 'cannot use fragment'],
    ['/cb', 'is not a valid redirect URI.'],
    ['example.com', 'is not a valid redirect URI.'],
    ['https:example.com', 'is not a valid redirect URI.'],
    ['https:///cb', 'is not a valid redirect URI.'],
    ['https:\\\\example.com', 'is not a valid redirect URI.'],
    ['https://example.com/a b', 'is not a valid redirect URI.'],
    ['javascript:alert(1)', 'is not a valid redirect URI.'],
    ['JavaScript:alert(1)', 'is not a valid redirect URI.'],
    ['data:text/html,x', 'is not a valid redirect URI.'],
  ])('refuses %s', (url, fault) => expect(redirectUrlFault(url)).toBe(`${url} ${fault}`))
})
