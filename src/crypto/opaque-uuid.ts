import { createCipheriv, createDecipheriv, type KeyObject } from 'node:crypto'

/**
 * Encrypts a user's generation (0 to 2^32 - 1) and 12 bytes of noise into one AES block printed in the shape of a UUID, for
 * `origin_jti`. `key` has 16 or 32 bytes. The block is not authenticated: it is only believed inside a signed token.
 */
export const sealUuid = (key: KeyObject, generation: number, noise: Uint8Array): string => {
  if (noise.length !== 12) throw new RangeError('an opaque UUID takes 12 bytes of noise')
  const block = Buffer.alloc(16)
  block.writeUInt32BE(generation)
  block.set(noise, 4)
  // ECB is right for exactly one block: a permutation of 128 bits under the key.
  const hex = createCipheriv(algorithm(key), key, null).setAutoPadding(false).update(block).toString('hex')
  return hex.replace(/^(.{8})(.{4})(.{4})(.{4})/, '$1-$2-$3-$4-')
}

/** What `sealUuid` put in, or undefined unless the text has a UUID's shape in lower case; another key gives noise, not undefined. */
export const openUuid = (key: KeyObject, uuid: string): { generation: number; noise: Buffer } | undefined => {
  if (!/^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/.test(uuid)) return undefined
  const sealed = Buffer.from(uuid.replaceAll('-', ''), 'hex')
  const block = createDecipheriv(algorithm(key), key, null).setAutoPadding(false).update(sealed)
  return { generation: block.readUInt32BE(), noise: block.subarray(4) }
}

const algorithm = (key: KeyObject): string => (key.symmetricKeySize === 16 ? 'aes-128-ecb' : 'aes-256-ecb')
