import { createSecretKey } from 'node:crypto'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { openUuid, sealUuid } from './opaque-uuid.ts'

const bytes = (size: number) => fc.uint8Array({ minLength: size, maxLength: size }).map((array) => Buffer.from(array))

describe('opaque UUIDs', () => {
  it('encrypts the block of FIPS 197, appendix C.1 and C.3', () => {
    const noise = Buffer.from('445566778899aabbccddeeff', 'hex')
    const key = Buffer.from('000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f', 'hex')
    expect(sealUuid(createSecretKey(key.subarray(0, 16)), 0x00112233, noise)).toBe('69c4e0d8-6a7b-0430-d8cd-b78070b4c55a')
    expect(sealUuid(createSecretKey(key), 0x00112233, noise)).toBe('8ea2b7ca-5167-45bf-eafc-49904b496089')
  })

  it('opens what it sealed', () => {
    fc.assert(
      fc.property(fc.oneof(bytes(16), bytes(32)), fc.nat({ max: 0xffffffff }), bytes(12), (secret, generation, noise) => {
        const key = createSecretKey(secret)
        expect(openUuid(key, sealUuid(key, generation, noise))).toEqual({ generation, noise })
      }),
    )
  })

  it('refuses other shapes and numbers', () => {
    const key = createSecretKey(Buffer.alloc(16))
    for (const text of [
      '',
      '69c4e0d86a7b0430d8cdb78070b4c55a',
      '69C4E0D8-6a7b-0430-d8cd-b78070b4c55a',
      '69c4e0d8-6a7b-0430-d8cd-b78070b4c55a\n',
    ]) {
      expect(openUuid(key, text)).toBeUndefined()
    }
    expect(() => sealUuid(key, 2 ** 32, Buffer.alloc(12))).toThrow(RangeError)
    expect(() => sealUuid(key, -1, Buffer.alloc(12))).toThrow(RangeError)
    expect(() => sealUuid(key, 1, Buffer.alloc(11))).toThrow(RangeError)
  })
})
