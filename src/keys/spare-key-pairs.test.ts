import { setTimeout as sleep, setImmediate as turn } from 'node:timers/promises'
import { afterEach, describe, expect, it } from 'vitest'
import type { SigningKeyPair } from '../crypto/rsa-key.ts'
import { createSpareKeyPairs, type SpareKeyPairs } from './spare-key-pairs.ts'

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

const pause = 20
const settle = async (): Promise<void> => {
  for (let n = 0; n < 50; n++) await turn()
}
/** However busy the machine is, that many are made in the end, and no more. */
const expectMade = async (source: ReturnType<typeof numbered>, count: number): Promise<void> => {
  await expect.poll(source.made).toBe(count)
  await settle()
  expect(source.made()).toBe(count)
}

const open = (make: () => Promise<SigningKeyPair>, keep: number) => {
  const spares = createSpareKeyPairs({ make, keep, pause })
  opened.push(spares)
  return spares
}
const opened: SpareKeyPairs[] = []
afterEach(() => {
  for (const spares of opened.splice(0)) spares.close()
})

describe('createSpareKeyPairs', () => {
  it('makes as many as it keeps, one after another, when nobody has taken one for a while', async () => {
    const source = numbered()
    open(source.make, 3)
    expect(source.made()).toBe(0)
    await expectMade(source, 3)
    expect(source.most()).toBe(1)
  })

  it('gives each pair to one taker, spare or not', async () => {
    const source = numbered()
    const spares = open(source.make, 2)
    await expectMade(source, 2)
    const taken = await Promise.all(Array.from({ length: 20 }, () => spares.take()))
    expect(new Set(taken.map(({ publicJwk }) => publicJwk.n)).size).toBe(20)
    // Two of them were spare, and two are again.
    await expectMade(source, 22)
  })

  it('makes none after it is closed but those that are taken', async () => {
    const source = numbered()
    const spares = open(source.make, 2)
    spares.close()
    expect((await spares.take()).publicJwk.n).toBe('1')
    await sleep(5 * pause)
    expect(source.made()).toBe(1)
  })

  it('hears of a failure only where a pair is needed, and recovers', async () => {
    const source = numbered()
    let fail = true
    let tries = 0
    const make = () => {
      tries += 1
      return fail ? Promise.reject(new Error('no entropy')) : source.make()
    }
    const spares = open(make, 2)
    await expect.poll(() => tries).toBe(1)
    await expect(spares.take()).rejects.toThrow('no entropy')
    fail = false
    expect((await spares.take()).publicJwk.n).toBe('1')
    await expectMade(source, 3)
  })
})
