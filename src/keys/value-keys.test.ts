import { createSecretKey } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { type DataKey, mostUnderOneSalt, valueKey } from '../crypto/seal.ts'
import { systemRandom } from '../random.ts'
import { openValueKeys } from './value-keys.ts'

const key: DataKey = { id: '00112233445566778899aabbccddeeff', key: createSecretKey(Buffer.alloc(32, 3)) }
const other: DataKey = { id: 'ff112233445566778899aabbccddee00', key: createSecretKey(Buffer.alloc(32, 4)) }
const bytes = (secret: ReturnType<typeof valueKey>) => secret.export().toString('hex')

describe('salts of sealed values', () => {
  it('serve so many values that no nonce is likely to come twice, and no more', () => {
    const { saltFor } = openValueKeys(systemRandom)
    const salts = Array.from({ length: 2 * mostUnderOneSalt + 1 }, () => saltFor(key))
    const places = new Map(salts.map((salt, place) => [Buffer.from(salt).toString('hex'), place]))
    expect([...places.values()]).toEqual([mostUnderOneSalt - 1, 2 * mostUnderOneSalt - 1, 2 * mostUnderOneSalt])
    expect(salts[0]).toHaveLength(32)
  })

  it('are each data key’s own, and each keyring’s', () => {
    const [one, two] = [openValueKeys(systemRandom), openValueKeys(systemRandom)]
    const salts = [one.saltFor(key), one.saltFor(other), two.saltFor(key), one.saltFor(key)].map((salt) =>
      Buffer.from(salt).toString('hex'),
    )
    expect(new Set(salts).size).toBe(3)
    expect(salts[3]).toBe(salts[0])
  })
})

describe('keys that are remembered', () => {
  it('are those that are derived anew, for each data key, purpose and salt', () => {
    const { using } = openValueKeys(systemRandom)
    const [salt, another] = [Buffer.alloc(32, 5), Buffer.alloc(32, 0xe5)]
    const cases: [DataKey, Buffer, string][] = [
      [key, salt, 'codes'],
      [other, salt, 'codes'],
      [key, another, 'codes'],
      [key, salt, 'sessions'],
    ]
    for (const one of [...cases, ...cases]) expect(using((derive) => bytes(derive(...one)))).toBe(bytes(valueKey(...one)))
    expect(using((derive) => derive(key, salt, 'codes'))).toBe(using((derive) => derive(key, Buffer.from(salt), 'codes')))
  })

  it('are none of what did not open', () => {
    const { using } = openValueKeys(systemRandom)
    const seen: unknown[] = []
    const fail = () =>
      using((derive) => {
        seen.push(derive(key, Buffer.alloc(32, 6), 'codes'))
        return undefined
      })
    fail()
    fail()
    expect(seen[1]).not.toBe(seen[0])
  })
})
