import { createSecretKey } from 'node:crypto'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Binding, DataKey } from './seal.ts'
import { masterKeyId, unwrapKey, wrapKey } from './wrap-key.ts'

const master = Buffer.alloc(32, 9)
const dataKey: DataKey = {
  id: '00112233445566778899aabbccddeeff',
  key: createSecretKey(Buffer.from(Array.from({ length: 32 }, (_, i) => i))),
}
const binding: Binding = { purpose: 'verifiers', poolUid: 'pool', entity: 'data-key' }
const wrapped = wrapKey(master, dataKey, binding, Buffer.alloc(12, 5))

describe('wrapKey', () => {
  it('gives the data key back', () => {
    const unwrapped = unwrapKey(master, dataKey.id, binding, wrapped)
    expect(unwrapped?.id).toBe(dataKey.id)
    expect(unwrapped?.key.export()).toEqual(dataKey.key.export())
    expect(wrapped.includes(dataKey.key.export().subarray(0, 4))).toBe(false)
  })

  it('opens under no other master key, id or binding', () => {
    expect(unwrapKey(Buffer.alloc(32, 8), dataKey.id, binding, wrapped)).toBeUndefined()
    expect(unwrapKey(Buffer.alloc(31, 9), dataKey.id, binding, wrapped)).toBeUndefined()
    for (const id of ['', 'zz', dataKey.id.toUpperCase(), `${dataKey.id.slice(0, -1)}e`]) {
      expect(unwrapKey(master, id, binding, wrapped)).toBeUndefined()
    }
    fc.assert(
      fc.property(fc.constantFrom('purpose', 'poolUid', 'entity'), fc.string(), (name, value) => {
        fc.pre(binding[name] !== value)
        expect(unwrapKey(master, dataKey.id, { ...binding, [name]: value }, wrapped)).toBeUndefined()
      }),
    )
  })

  it('refuses changed and truncated bytes without throwing', () => {
    for (let i = 0; i < wrapped.length; i++) {
      const changed = Buffer.from(wrapped)
      changed[i] = (changed[i] ?? 0) ^ 1
      expect(unwrapKey(master, dataKey.id, binding, changed)).toBeUndefined()
      expect(unwrapKey(master, dataKey.id, binding, wrapped.subarray(0, i))).toBeUndefined()
    }
  })

  it('refuses keys and nonces of another size', () => {
    expect(() => wrapKey(master, dataKey, binding, Buffer.alloc(11))).toThrow(RangeError)
    expect(() => wrapKey(master, { ...dataKey, key: createSecretKey(Buffer.alloc(16)) }, binding, Buffer.alloc(12))).toThrow(RangeError)
    expect(() => wrapKey(master.subarray(1), dataKey, binding, Buffer.alloc(12))).toThrow(RangeError)
  })
})

describe('masterKeyId', () => {
  it('names a key without being part of it', () => {
    // HKDF-SHA256 with an empty salt, computed with Python's hmac module.
    expect(masterKeyId(master)).toBe('40a192f09cb00b5e73b8ab7369ed786d')
    expect(masterKeyId(Buffer.alloc(32, 8))).not.toBe(masterKeyId(master))
  })
})
