import { createDecipheriv, createSecretKey, hkdfSync } from 'node:crypto'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { frameRefreshToken, openRefreshToken, refreshTokenEntropySize, refreshTokenKeyId } from './refresh-token.ts'
import type { Binding, DataKey } from './seal.ts'

const key: DataKey = { id: '00112233445566778899aabbccddeeff', key: createSecretKey(Buffer.alloc(32, 3)) }
const binding: Binding = { purpose: 'refresh', poolUid: 'pool', entity: 'client-uid' }
const entropy = Buffer.from(Array.from({ length: 252 }, (_, i) => i))
const content = Buffer.from('{"family":"f"}')
const token = frameRefreshToken(key, binding, content, entropy)

describe('refresh tokens', () => {
  it('look as Cognito makes them', () => {
    const parts = token.split('.')
    expect(token.startsWith('eyJjdHkiOiJKV1QiLCJlbmMiOiJBMjU2R0NNIiwiYWxnIjoiUlNBLU9BRVAifQ.')).toBe(true)
    expect(parts.map((part) => Buffer.from(part, 'base64url').length)).toEqual([46, 256, 12, content.length, 16])
  })

  it('are AES-256-GCM under HKDF, bound to their first two parts', () => {
    const [head = '', keyText = '', nonce, sealed, tag] = token.split('.')
    const keyPart = Buffer.from(keyText, 'base64url')
    expect(keyPart).toEqual(Buffer.concat([Buffer.from(key.id, 'hex'), entropy.subarray(0, 240)]))
    const secret = Buffer.from(hkdfSync('sha256', key.key, keyPart.subarray(16, 48), 'refresh', 32))
    const [iv, text, authTag] = [nonce, sealed, tag].map((part) => Buffer.from(part ?? '', 'base64url')) as [Buffer, Buffer, Buffer]
    const decipher = createDecipheriv('aes-256-gcm', secret, iv).setAuthTag(authTag)
    decipher.setAAD(Buffer.from(`${head}.${keyText}\0\0\0\x07refresh\0\0\0\x04pool\0\0\0\x0aclient-uid`))
    expect(Buffer.concat([decipher.update(text), decipher.final()])).toEqual(content)
  })

  it('open to what went in, and name their key', () => {
    fc.assert(
      fc.property(fc.uint8Array(), fc.uint8Array({ minLength: 252, maxLength: 252 }), (bytes, random) => {
        const text = frameRefreshToken(key, binding, bytes, random)
        expect(refreshTokenKeyId(text)).toBe(key.id)
        expect(openRefreshToken(key, binding, text)).toEqual(Buffer.from(bytes))
      }),
    )
    expect(refreshTokenEntropySize).toBe(252)
  })

  it('open under no other binding or key', () => {
    for (const other of [{ purpose: 'pages' }, { poolUid: 'pool2' }, { entity: 'client' }]) {
      expect(openRefreshToken(key, { ...binding, ...other }, token)).toBeUndefined()
    }
    expect(openRefreshToken({ ...key, key: createSecretKey(Buffer.alloc(32, 4)) }, binding, token)).toBeUndefined()
    expect(openRefreshToken({ ...key, id: 'ff'.repeat(16) }, binding, token)).toBeUndefined()
  })

  it('do not open when a character has changed or is missing, padding included', () => {
    for (let i = 0; i < token.length; i++) {
      const changed = token.slice(0, i) + (token[i] === 'A' ? 'B' : 'A') + token.slice(i + 1)
      expect(openRefreshToken(key, binding, changed), `${i}`).toBeUndefined()
      expect(openRefreshToken(key, binding, token.slice(0, i)), `${i}`).toBeUndefined()
    }
  })

  it('of other makers are no tokens of ours, and never throw', () => {
    const head = token.slice(0, token.indexOf('.'))
    for (const text of [
      '',
      '....',
      `${head}....`,
      `${token}.`,
      `${token}=`,
      ` ${token}`,
      'a'.repeat(9000),
      `${token}${'A'.repeat(49_152)}`,
    ]) {
      expect(refreshTokenKeyId(text), text).toBeUndefined()
    }
    fc.assert(fc.property(fc.string(), (text) => openRefreshToken(key, binding, text) === undefined))
  })

  it('open whatever they were made of, up to a size beyond which none is made', () => {
    const largest = frameRefreshToken(key, binding, Buffer.alloc(36_000, 7), entropy)
    expect(largest.length).toBeLessThanOrEqual(49_152)
    expect(openRefreshToken(key, binding, largest)?.length).toBe(36_000)
    expect(() => frameRefreshToken(key, binding, Buffer.alloc(36_001), entropy)).toThrow(RangeError)
  })

  it('refuse the wrong amount of entropy', () => {
    expect(() => frameRefreshToken(key, binding, content, entropy.subarray(1))).toThrow(RangeError)
  })
})
