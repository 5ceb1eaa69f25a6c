import { describe, expect, it } from 'vitest'
import { askedName, servedNames, vouchedNames } from './served-names.ts'

const usual = { host: 'localhost', allowedHosts: [], publicUrl: undefined }

describe('servedNames', () => {
  it('are this machine’s own, and what is allowed or public', () => {
    expect(servedNames(usual)).toEqual(['127.0.0.1', '::1', 'localhost'])
    const more = { host: '0.0.0.0', allowedHosts: ['Cognito', '127.0.0.2', 'a.localhost'], publicUrl: 'https://[2001:DB8::7]:9339/x' }
    expect(servedNames(more)).toEqual(['127.0.0.1', '127.0.0.2', '2001:db8::7', '::1', 'a.localhost', 'cognito', 'localhost'])
    expect(vouchedNames(more)).toEqual(['2001:db8::7', 'cognito'])
    expect(vouchedNames({ ...usual, host: '192.0.2.7' })).toEqual(['192.0.2.7'])
  })
})

describe('askedName', () => {
  it.each([
    ['localhost', 'localhost'],
    ['LocalHost.', 'localhost'],
    ['shop.auth.us-east-1.localhost', 'shop.auth.us-east-1.localhost'],
    ['id.example.test', 'id.example.test'],
    ['shop.auth.us-east-1.ID.example.test', 'shop.auth.us-east-1.id.example.test'],
    ['example.test', undefined],
    ['notlocalhost', undefined],
    ['localhost.example.com', undefined],
    ['', undefined],
    ['.localhost', undefined],
    ['a..localhost', undefined],
    ['*.localhost', undefined],
    ['a b.localhost', undefined],
    ['a\0.localhost', undefined],
    [`${'a'.repeat(64)}.localhost`, undefined],
    [`${'a.'.repeat(130)}localhost`, undefined],
  ])('%j means %j', (asked, name) => {
    expect(askedName(asked, ['localhost', 'id.example.test'])).toBe(name)
  })
})
