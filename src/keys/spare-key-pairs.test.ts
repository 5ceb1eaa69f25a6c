import { setImmediate as turn } from 'node:timers/promises'
import { describe, expect, it } from 'vitest'
import type { SigningKeyPair } from '../crypto/rsa-key.ts'
import { createSpareKeyPairs } from './spare-key-pairs.ts'

const numbered = () => {
  let made = 0
  let running = 0
  let most = 0
  const make = async (): Promise<SigningKeyPair> => {
    running += 1
    most = Math.max(most, running)
    await turn()
    running -= 1
    made += 1
    return { privateKeyPkcs8: Buffer.from(`${made}`), publicJwk: { kty: 'RSA', n: `${made}`, e: 'AQAB' } }
  }
  return { make, made: () => made, most: () => most }
}

const settle = async (): Promise<void> => {
  for (let n = 0; n < 50; n++) await turn()
}

describe('createSpareKeyPairs', () => {
  it('makes as many as it keeps, one after another, and only when asked', async () => {
    const source = numbered()
    const spares = createSpareKeyPairs(source.make, 3)
    await settle()
    expect(source.made()).toBe(0)
    spares.fill()
    spares.fill()
    await settle()
    expect(source.made()).toBe(3)
    expect(source.most()).toBe(1)
  })

  it('gives each pair to one taker, spare or not', async () => {
    const source = numbered()
    const spares = createSpareKeyPairs(source.make, 2)
    spares.fill()
    await settle()
    const taken = await Promise.all(Array.from({ length: 20 }, () => spares.take()))
    expect(new Set(taken.map(({ publicJwk }) => publicJwk.n)).size).toBe(20)
    await settle()
    // 20 taken, two kept.
    expect(source.made()).toBe(22)
  })

  it('hears of a failure only where a pair is needed, and recovers', async () => {
    const source = numbered()
    let fail = true
    const spares = createSpareKeyPairs(() => (fail ? Promise.reject(new Error('no entropy')) : source.make()), 2)
    spares.fill()
    await settle()
    await expect(spares.take()).rejects.toThrow('no entropy')
    fail = false
    expect((await spares.take()).publicJwk.n).toBe('1')
    await settle()
    expect(source.made()).toBe(3)
  })
})
