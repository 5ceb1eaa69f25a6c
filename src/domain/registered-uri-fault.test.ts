import { describe, expect, it } from 'vitest'
import { registeredUriFault } from './registered-uri-fault.ts'

describe('registeredUriFault', () => {
  it.each([
    'https://app.example/cb',
    'https://app.example:8443/cb?x=%20y&z=1',
    'https://xn--bcher-kva.example/',
    'https://[2001:db8::1]/cb',
    'http://localhost',
    'http://localhost:33418/callback',
    'http://127.0.0.1:3000/',
    'http://[::1]:3000/cb',
    'cursor://anysphere.cursor-mcp/oauth/callback',
    'com.example.app:/cb',
  ])('takes %s', (url) => expect(registeredUriFault(url)).toBeUndefined())

  it.each([
    '',
    '/cb',
    '//evil.example/cb',
    'app.example',
    'http://app.example/cb',
    'http://localhost.evil.example/',
    'http://localhost@evil.example/',
    'http://localhost:80@evil.example/',
    'https://app.example@evil.example/',
    'https://user:password@app.example/',
    'https://@evil.example/',
    'https://1.2.3.4.5/',
    'ms-windows-store://pdp',
    'search-ms:query=x',
    'https://app.example/#fragment',
    'https://app.example#',
    'https://*.app.example/',
    'https://*/',
    'https://.app.example/',
    'https://app.example.:99999999/',
    'https://app.example\\@evil.example/',
    'https://app.example/a b',
    'https://app.example/\r\nset-cookie:a=b',
    'https://app.example/\0',
    'https://app.example/%',
    'https://app.example/%zz',
    'https://app.example/"><script>',
    'https://bücher.example/',
    'https://аpp.example/',
    'https:///cb',
    'https:app.example',
    'https:/app.example',
    'javascript:alert(1)',
    'JavaScript:alert(1)',
    'java\tscript:alert(1)',
    ' javascript:alert(1)',
    'data:text/html,x',
    'vbscript:x',
    'file:///etc/passwd',
    'blob:https://app.example/x',
    'about:blank',
    'view-source:https://app.example',
    'filesystem:https://app.example/x',
    'intent://x',
    'mailto:a@b.example',
    'ws://app.example/',
  ])('refuses %j', (url) => expect(registeredUriFault(url)).toBe('A redirect URI is not allowed.'))

  it('repeats nothing of a long one', () =>
    expect(registeredUriFault(`https://app.example/${'x'.repeat(1005)}`)).toBe('A redirect URI has more than 1024 characters.'))
})
