import { generateKeyPairSync, verify } from 'node:crypto'
import { afterEach, describe, expect, it } from 'vitest'
import { modPowBigInt } from '../crypto/mod-pow.ts'
import { generator, serverBase } from '../crypto/srp.ts'
import { systemRandom } from '../random.ts'
import type { Compute } from './compute.ts'
import { createInlineCompute } from './inline-compute.ts'
import { createThreadCompute } from './thread-compute.ts'

const made: Compute[] = []
afterEach(async () => {
  for (const compute of made.splice(0)) await compute.close()
})
const opened = (compute: Compute): Compute => {
  made.push(compute)
  return compute
}

const bytes = (size: number, seed: number): Uint8Array => Uint8Array.from({ length: size }, (_, n) => (seed * 31 + n * 17 + 1) & 0xff)

describe.each([
  ['inline', () => createInlineCompute(systemRandom)],
  ['one thread', () => createThreadCompute({ threads: 1, random: systemRandom })],
  ['three threads', () => createThreadCompute({ threads: 3, random: systemRandom })],
])('compute %s', (_, create) => {
  it('raises to powers as plain arithmetic does, each answer to its own question', async () => {
    const compute = opened(create())
    const questions = Array.from({ length: 40 }, (_, n) => bytes(n % 2 ? 32 : 4, n + 7))
    const answers = await Promise.all(questions.map((exponent) => compute.generatorPower(exponent)))
    for (const [n, exponent] of questions.entries()) {
      expect(answers[n]).toHaveLength(384)
      expect(Buffer.from(answers[n] ?? []).equals(modPowBigInt(generator, exponent)), `question ${n}`).toBe(true)
    }
  })

  it('computes shared secrets as plain arithmetic does, among powers', async () => {
    const compute = opened(create())
    const questions = Array.from(
      { length: 10 },
      (_, n) => [bytes(384, n), bytes(383, n + 1), bytes(32, n + 2), bytes(n + 1, n + 3)] as const,
    )
    const answers = await Promise.all(questions.flatMap(([A, v, u, b]) => [compute.sharedSecret(A, v, u, b), compute.generatorPower(b)]))
    for (const [n, [A, v, u, b]] of questions.entries()) {
      expect(Buffer.from(answers[2 * n] ?? []).equals(modPowBigInt(serverBase(A, modPowBigInt(v, u)), b)), `secret ${n}`).toBe(true)
      expect(Buffer.from(answers[2 * n + 1] ?? []).equals(modPowBigInt(generator, b)), `power ${n}`).toBe(true)
    }
  })

  it('gives each exchange an ephemeral value of its own, and its power', async () => {
    const compute = opened(create())
    const given = await Promise.all(Array.from({ length: 100 }, () => compute.ephemeral()))
    for (const { secret, power } of given) expect(modPowBigInt(generator, secret).equals(power)).toBe(true)
    expect(new Set(given.map(({ secret }) => Buffer.from(secret).toString('hex'))).size).toBe(100)
    expect(given.every(({ secret }) => secret.length === 32)).toBe(true)
  })

  it('leaves the numbers that it was given alone', async () => {
    const compute = opened(create())
    const exponent = bytes(32, 2)
    const [first, second] = await Promise.all([compute.generatorPower(exponent), compute.generatorPower(exponent)])
    expect(exponent).toEqual(bytes(32, 2))
    expect(Buffer.from(first).equals(second)).toBe(true)
  })

  it('signs with RS256', async () => {
    const compute = opened(create())
    const { privateKey, publicKey } = generateKeyPairSync('rsa', { modulusLength: 2048 })
    const data = Buffer.from('header.payload')
    expect(verify('RSA-SHA256', data, publicKey, await compute.sign(privateKey, data))).toBe(true)
    const { privateKey: wrong } = generateKeyPairSync('ed25519')
    await expect(compute.sign(wrong, data)).rejects.toThrow()
  })
})
