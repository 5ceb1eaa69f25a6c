import { createPublicKey, sign, verify } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { p256Key } from './p256-key.ts'

const order = 0xffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632551n
const seedOf = (value: bigint) => Buffer.from(value.toString(16).padStart(80, '0'), 'hex')

describe('p256Key', () => {
  // RFC 6979, A.2.5.
  it('has the public key that belongs to a secret', () => {
    const secret = 0xc9afa9d845ba75166b5c215767b1d6934e50c3db36e89b127b8a622b120f6721n
    const { x, y } = p256Key(seedOf(secret - 1n)).export({ format: 'jwk' })
    expect(Buffer.from(x ?? '', 'base64url').toString('hex')).toBe('60fed4ba255a9d31c961eb74c6356d68c049b8923b61fa6ce669622e60f29fb6')
    expect(Buffer.from(y ?? '', 'base64url').toString('hex')).toBe('7903fe1008b8bc99a41ae9e95628bc64f2f1b20c2d7e9f5177a3c294d4462299')
  })

  it.each([0n, order - 2n, order - 1n, order, 2n ** 320n - 1n])('makes a key that signs of %s', (value) => {
    const key = p256Key(seedOf(value))
    const text = Buffer.from('text')
    expect(verify('sha256', text, createPublicKey(key), sign('sha256', text, key))).toBe(true)
  })

  it('makes the same key of the same bytes, and takes no fewer', () => {
    expect(p256Key(seedOf(7n)).equals(p256Key(seedOf(7n)))).toBe(true)
    expect(() => p256Key(new Uint8Array(32))).toThrow('40 random bytes')
  })
})
