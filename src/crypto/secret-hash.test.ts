import { createHmac } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { secretHash } from './secret-hash.ts'

describe('secretHash', () => {
  it('is the HMAC of RFC 4231 test case 2 when its inputs spell that case', () => {
    const expected = Buffer.from('5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843', 'hex').toString('base64')
    expect(secretHash('what do ya want ', 'for nothing?', 'Jefe')).toBe(expected)
  })

  it('reads names and secrets as UTF-8', () => {
    const expected = createHmac('sha256', Buffer.from('geheim')).update(Buffer.from('jörg1example23456789')).digest('base64')
    expect(secretHash('jörg', '1example23456789', 'geheim')).toBe(expected)
  })
})
