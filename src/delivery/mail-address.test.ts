import { describe, expect, it } from 'vitest'
import { parseMailAddress } from './mail-address.ts'

describe('parseMailAddress', () => {
  it.each([
    ['a@example.com', { name: '', address: 'a@example.com' }],
    ["o'neil+tag_1.x@sub.example.co.uk", { name: '', address: "o'neil+tag_1.x@sub.example.co.uk" }],
    ['käthe@bücher.example', { name: '', address: 'käthe@bücher.example' }],
    ['Example Shop <no-reply@example.com>', { name: 'Example Shop', address: 'no-reply@example.com' }],
    ['"Shop, Inc." <no-reply@example.com>', { name: 'Shop, Inc.', address: 'no-reply@example.com' }],
    ['<a@example.com>', { name: '', address: 'a@example.com' }],
  ])('reads %s', (text, address) => {
    expect(parseMailAddress(text)).toEqual(address)
  })

  it.each([
    '',
    'a',
    'a@',
    '@example.com',
    'a@b@example.com',
    'a@example.com, b@example.com',
    'a@example.com;b@example.com',
    'a@example.com\r\nBcc: b@example.com',
    'a@example.com\nRCPT TO:<b@example.com>',
    'a@example.com\u0000',
    'a\u200bb@example.com',
    'a@example.com\u2028x',
    'a b@example.com',
    '"a b"@example.com',
    'a@[127.0.0.1]',
    'group:a@example.com;',
    'a@example.com>',
    'Name\r\nBcc: b@example.com <a@example.com>',
    '"Name\nBcc: b@example.com" <a@example.com>',
    'A <a@example.com> <b@example.com>',
    'A <a@example.com>, B <b@example.com>',
    `${'a'.repeat(65)}@example.com`,
    'a@example.com SIZE=1',
  ])('refuses %j', (text) => {
    expect(parseMailAddress(text)).toBeUndefined()
  })

  it('answers long nonsense in no time', () => {
    const start = performance.now()
    for (const unit of ['<', '"', 'a@', ' ', '> ', '<a@']) parseMailAddress(unit.repeat(100_000))
    expect(performance.now() - start).toBeLessThan(1000)
  })
})
