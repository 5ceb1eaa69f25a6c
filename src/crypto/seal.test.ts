import { createDecipheriv, createHmac, createSecretKey } from 'node:crypto'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { type Binding, type DataKey, mostUnderOneSalt, seal, sealAll, sealAllEntropySize, sealedKeyId, unseal } from './seal.ts'

const key: DataKey = { id: '00112233445566778899aabbccddeeff', key: createSecretKey(Buffer.alloc(32, 3)) }
const otherKey: DataKey = { id: 'ff112233445566778899aabbccddee00', key: createSecretKey(Buffer.alloc(32, 4)) }
const binding: Binding = { purpose: 'secrets', poolUid: 'pool', entity: 'client/1' }
const entropy = Buffer.from(Array.from({ length: 44 }, (_, i) => i))
const plain = Buffer.from('a secret of an app client')
const sealed = seal(key, binding, plain, entropy)

const bindings = fc.record({ purpose: fc.string(), poolUid: fc.string(), entity: fc.string() })

describe('seal', () => {
  it('lays out version, key id, salt, nonce, ciphertext and tag as AES-GCM under HKDF says', () => {
    const hmac = (secret: Uint8Array, ...parts: Uint8Array[]) => createHmac('sha256', secret).update(Buffer.concat(parts)).digest()
    const valueKey = hmac(hmac(entropy.subarray(0, 32), key.key.export()), Buffer.from('secrets\x01'))
    expect(sealed.subarray(0, 61)).toEqual(Buffer.concat([Uint8Array.of(1), Buffer.from(key.id, 'hex'), entropy]))
    const decipher = createDecipheriv('aes-256-gcm', valueKey, sealed.subarray(49, 61))
    decipher.setAAD(Buffer.from('\0\0\0\x07secrets\0\0\0\x04pool\0\0\0\x08client/1')).setAuthTag(sealed.subarray(-16))
    expect(Buffer.concat([decipher.update(sealed.subarray(61, -16)), decipher.final()])).toEqual(plain)
  })

  it('opens to what went in', () => {
    fc.assert(
      fc.property(bindings, fc.uint8Array(), fc.uint8Array({ minLength: 44, maxLength: 44 }), (bound, content, random) => {
        const value = seal(key, bound, content, random)
        expect(sealedKeyId(value)).toBe(key.id)
        expect(unseal(key, bound, value)).toEqual(Buffer.from(content))
      }),
    )
  })

  it('never opens under another binding', () => {
    fc.assert(
      fc.property(bindings, bindings, (bound, other) => {
        fc.pre(JSON.stringify(bound) !== JSON.stringify(other))
        expect(unseal(key, other, seal(key, bound, plain, entropy))).toBeUndefined()
      }),
    )
    expect(unseal(key, { ...binding, poolUid: 'poolclient', entity: '/1' }, sealed)).toBeUndefined()
  })

  it('never opens under another key, nor under one that took its id', () => {
    expect(unseal(otherKey, binding, sealed)).toBeUndefined()
    expect(unseal({ ...otherKey, id: key.id }, binding, sealed)).toBeUndefined()
    expect(unseal({ ...key, id: otherKey.id }, binding, sealed)).toBeUndefined()
  })

  it('never opens when a bit has changed or bytes are missing, and never throws', () => {
    for (let i = 0; i < sealed.length * 8; i++) {
      const changed = Buffer.from(sealed)
      changed[i >> 3] = (changed[i >> 3] ?? 0) ^ (1 << (i & 7))
      expect(unseal(key, binding, changed)).toBeUndefined()
    }
    for (let length = 0; length < sealed.length; length++) expect(unseal(key, binding, sealed.subarray(0, length))).toBeUndefined()
    expect(unseal(key, binding, Buffer.concat([sealed, Buffer.alloc(1)]))).toBeUndefined()
    const named = fc.uint8Array({ maxLength: 200 }).map((bytes) => Buffer.concat([sealed.subarray(0, 17), bytes]))
    fc.assert(fc.property(named, (bytes) => unseal(key, binding, bytes) === undefined))
  })

  it('refuses the wrong amount of entropy and ids that are not hexadecimal', () => {
    expect(() => seal(key, binding, plain, entropy.subarray(1))).toThrow(RangeError)
    expect(() => seal({ ...key, id: 'short' }, binding, plain, entropy)).toThrow(RangeError)
  })
})

describe('sealAll', () => {
  const scope = { purpose: 'verifiers', poolUid: 'pool' }
  const entities = ['ann', 'bob', 'cy']
  const values = entities.map((entity) => ({ entity, plain: Buffer.from(`a secret of ${entity}`) }))
  const random = Buffer.from(Array.from({ length: sealAllEntropySize(3) }, (_, i) => i))

  it('seals each value as `seal` does with the same salt and its own nonce', () => {
    const all = sealAll(key, scope, values, random)
    const alone = values.map(({ entity, plain: one }, at) =>
      seal(key, { ...scope, entity }, one, Buffer.concat([random.subarray(0, 32), random.subarray(32 + 12 * at, 44 + 12 * at)])),
    )
    expect(all).toEqual(alone)
    expect(new Set(all.map((one) => one.subarray(49, 61).toString('hex'))).size).toBe(3)
  })

  it('opens each value for its own entity alone', () => {
    for (const [at, one] of sealAll(key, scope, values, random).entries()) {
      expect(entities.map((entity) => unseal(key, { ...scope, entity }, one)?.toString())).toEqual(
        entities.map((entity, other) => (other === at ? `a secret of ${entity}` : undefined)),
      )
      expect(unseal(key, { ...scope, purpose: 'secrets', entity: entities[at] ?? '' }, one)).toBeUndefined()
    }
  })

  it('takes no entropy of another size, and not too many values', () => {
    expect(() => sealAll(key, scope, values, random.subarray(1))).toThrow(RangeError)
    expect(() => sealAll(key, scope, values, Buffer.concat([random, random]))).toThrow(RangeError)
    const many = Array.from({ length: mostUnderOneSalt + 1 }, () => ({ entity: 'e', plain }))
    expect(() => sealAll(key, scope, many, Buffer.alloc(sealAllEntropySize(many.length)))).toThrow('at most 65536 values')
    expect(sealAll(key, scope, [], Buffer.alloc(32))).toEqual([])
  })
})
