/** COSE algorithms that passkeys may use, in the order of preference: ES256 and RS256 (developer guide, "passkey authentication"). */
export const passkeyAlgorithms: readonly number[] = [-7, -257]

// RFC 9052 section 7.1, RFC 9053 section 7.1 and RFC 8230 section 4.
const label = { kty: 1, alg: 3, crv: -1, x: -2, y: -3, n: -1, e: -2 } as const

/**
 * Whether a decoded COSE key is one that passkeys may have: P-256 for ES256, a modulus of 2048 to 4096 bits for RS256, and no key of one
 * kind under the other's name.
 */
export const isPasskeyKey = (key: ReadonlyMap<number, unknown>): boolean => {
  const size = (at: number) => {
    const value = key.get(at)
    return value instanceof Uint8Array ? value.length : 0
  }
  if (key.get(label.alg) === -7) {
    return key.get(label.kty) === 2 && key.get(label.crv) === 1 && size(label.x) === 32 && size(label.y) === 32
  }
  const modulus = size(label.n)
  return (
    key.get(label.alg) === -257 && key.get(label.kty) === 3 && modulus >= 256 && modulus <= 512 && size(label.e) > 0 && size(label.e) <= 4
  )
}
