import { createHash } from 'node:crypto'
import { expect, it } from 'vitest'
import { toBigInt } from './big-integer.ts'
import { modPowN } from './mod-pow.ts'
import { sharedSecret } from './shared-secret.ts'
import { srpN } from './srp.ts'

const number = (name: string) => createHash('sha256').update(name).digest()

const power = (base: bigint, exponent: bigint, modulus: bigint): bigint => {
  let [result, square] = [1n, base % modulus]
  for (let rest = exponent; rest > 0n; rest >>= 1n) {
    if (rest & 1n) result = (result * square) % modulus
    square = (square * square) % modulus
  }
  return result
}

it('is (A·v^u)^b mod N, in 384 bytes', () => {
  const [A, v] = [modPowN(Uint8Array.of(2), number('a')), modPowN(Uint8Array.of(2), number('x'))]
  const [u, b, N] = [number('u'), number('b'), toBigInt(srpN)]
  const expected = power(toBigInt(A) * power(toBigInt(v), toBigInt(u), N), toBigInt(b), N)
  const secret = sharedSecret(A, v, u, b)
  expect(secret).toHaveLength(384)
  expect(toBigInt(secret)).toBe(expected)
})
