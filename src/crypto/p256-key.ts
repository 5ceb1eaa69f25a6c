import { createECDH, createPrivateKey, type KeyObject } from 'node:crypto'

// The number of points on the curve (FIPS 186-5 and SP 800-186, section 3.2.1.3).
const order = 0xffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632551n

/** How many random bytes a key is made of: 64 bits more than it has, so that the remainder shows no bias (FIPS 186-5, appendix A.2.1). */
export const p256SeedSize = 40

/** The private key on the curve P-256 that random bytes (`p256SeedSize`) make. */
export const p256Key = (seed: Uint8Array): KeyObject => {
  if (seed.length !== p256SeedSize) throw new Error(`a key on P-256 is made of ${p256SeedSize} random bytes`)
  const secret = (BigInt(`0x${Buffer.from(seed).toString('hex')}`) % (order - 1n)) + 1n
  const d = Buffer.from(secret.toString(16).padStart(64, '0'), 'hex')
  const curve = createECDH('prime256v1')
  curve.setPrivateKey(d)
  const point = curve.getPublicKey()
  const [x, y] = [point.subarray(1, 33), point.subarray(33)].map((part) => part.toString('base64url'))
  return createPrivateKey({ key: { kty: 'EC', crv: 'P-256', d: d.toString('base64url'), x: x ?? '', y: y ?? '' }, format: 'jwk' })
}
