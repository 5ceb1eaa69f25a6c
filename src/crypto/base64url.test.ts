import { describe, expect, it } from 'vitest'
import { decodeBase64Url } from './base64url.ts'

describe('decodeBase64Url', () => {
  it('reads the canonical spelling', () => {
    expect(decodeBase64Url('-_8')).toEqual(Buffer.from([0xfb, 0xff]))
    expect(decodeBase64Url('')).toEqual(Buffer.alloc(0))
  })

  it('refuses padding, white space, the other alphabet and stray bits', () => {
    for (const text of ['-_8=', '-_ 8', '+/8', '-_9', 'A', '-_8\n', 'ü']) expect(decodeBase64Url(text), text).toBeUndefined()
  })
})
