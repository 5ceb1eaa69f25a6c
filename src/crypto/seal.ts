import { createCipheriv, createDecipheriv, createSecretKey, hkdfSync, type KeyObject } from 'node:crypto'
import { lengthPrefixed } from './length-prefixed.ts'

/** A key that seals the values of one pool and purpose. */
export interface DataKey {
  /** 32 lower-case hexadecimal digits. */
  id: string
  /** 32 bytes; a KeyObject, because Node recognises raw bytes by the exceptions that two checks throw, which costs more than the cipher. */
  key: KeyObject
}

/** What a sealed value belongs to; it opens under no other. */
export interface Binding {
  purpose: string
  poolUid: string
  /** Id of the row or thing that holds the value. */
  entity: string
}

/** The key of the values that were sealed under one salt: what `valueKey` answers, perhaps remembered. */
export type DeriveValueKey = (key: DataKey, salt: Uint8Array, purpose: string) => KeyObject

const version = 1
const [saltSize, nonceSize] = [32, 12]
const saltStart = 1 + 16
const nonceStart = saltStart + saltSize
const contentStart = nonceStart + nonceSize
const tagSize = 16

/** Bytes of a salt. */
export const sealSaltSize: number = saltSize

/** How many bytes of entropy one `seal` consumes: the salt (32) and the nonce (12). */
export const sealEntropySize: number = saltSize + nonceSize

/**
 * Encrypts a value for storage: version, data-key id, salt, nonce, then AES-256-GCM under HKDF-SHA256(data key, salt, purpose).
 * `entropy` is 44 unpredictable bytes; throws RangeError on another size. The nonce was never used before; the salt for 65,535 values at most.
 */
export const seal = (key: DataKey, binding: Binding, plain: Uint8Array, entropy: Uint8Array, derive: DeriveValueKey = valueKey): Buffer => {
  if (entropy.length !== sealEntropySize) throw new RangeError(`seal needs ${sealEntropySize} bytes of entropy`)
  const salt = entropy.subarray(0, saltSize)
  return sealUnder(derive(key, salt, binding.purpose), dataKeyIdBytes(key), binding, plain, salt, entropy.subarray(saltSize))
}

const sealUnder = (
  valueSecret: KeyObject,
  keyId: Uint8Array,
  binding: Binding,
  plain: Uint8Array,
  salt: Uint8Array,
  nonce: Uint8Array,
): Buffer => {
  const cipher = createCipheriv('aes-256-gcm', valueSecret, nonce)
  cipher.setAAD(bindingBytes(binding))
  const content = Buffer.concat([cipher.update(plain), cipher.final()])
  return Buffer.concat([Uint8Array.of(version), keyId, salt, nonce, content, cipher.getAuthTag()])
}

/** How many bytes of entropy one `sealAll` consumes: one salt (32), and for each value a nonce (12). */
export const sealAllEntropySize = (values: number): number => saltSize + values * nonceSize

/**
 * How many values share a salt, and with it a key: so few that two of them hardly ever draw the same nonce, once in 2^65 times (NIST SP 800-38D
 * allows 2^32 values under one key).
 */
export const mostUnderOneSalt: number = 2 ** 16

/**
 * Seals many values of one pool and purpose, each for its own entity, under one salt, so that their key is derived once: half the time. Throws
 * RangeError for more than 65,536 values, or entropy of another size.
 */
export const sealAll = (
  key: DataKey,
  scope: Omit<Binding, 'entity'>,
  values: readonly { readonly entity: string; readonly plain: Uint8Array }[],
  entropy: Uint8Array,
): Buffer[] => {
  if (values.length > mostUnderOneSalt) throw new RangeError(`sealAll takes at most ${mostUnderOneSalt} values`)
  const size = sealAllEntropySize(values.length)
  if (entropy.length !== size) throw new RangeError(`sealAll needs ${size} bytes of entropy for ${values.length} values`)
  const salt = entropy.subarray(0, saltSize)
  const [secret, keyId] = [valueKey(key, salt, scope.purpose), dataKeyIdBytes(key)]
  return values.map(({ entity, plain }, at) => {
    const nonce = entropy.subarray(saltSize + at * nonceSize, saltSize + (at + 1) * nonceSize)
    return sealUnder(secret, keyId, { ...scope, entity }, plain, salt, nonce)
  })
}

/** The id of the data key that a sealed value names, or undefined when the bytes are no sealed value. */
export const sealedKeyId = (sealed: Uint8Array): string | undefined =>
  sealed.length >= contentStart + tagSize && sealed[0] === version ? Buffer.from(sealed.subarray(1, saltStart)).toString('hex') : undefined

/** Opens what `seal` made, or undefined when key, binding or a single bit does not fit; never throws. */
export const unseal = (key: DataKey, binding: Binding, sealed: Uint8Array, derive: DeriveValueKey = valueKey): Buffer | undefined => {
  if (sealedKeyId(sealed) !== key.id) return undefined
  const contentEnd = sealed.length - tagSize
  try {
    const valueSecret = derive(key, sealed.subarray(saltStart, nonceStart), binding.purpose)
    const decipher = createDecipheriv('aes-256-gcm', valueSecret, sealed.subarray(nonceStart, contentStart), { authTagLength: tagSize })
    decipher.setAAD(bindingBytes(binding)).setAuthTag(sealed.subarray(contentEnd))
    return Buffer.concat([decipher.update(sealed.subarray(contentStart, contentEnd)), decipher.final()])
  } catch {
    return undefined
  }
}

/** The key of the values under a salt of 256 bits. It changes with the salt, so random 96-bit nonces can't wear a data key out. */
export const valueKey: DeriveValueKey = (key, salt, purpose) => createSecretKey(Buffer.from(hkdfSync('sha256', key.key, salt, purpose, 32)))

/** The authenticated data that ties a ciphertext to its binding. */
export const bindingBytes = ({ purpose, poolUid, entity }: Binding): Buffer => lengthPrefixed(purpose, poolUid, entity)

/** A data key's id as 16 bytes; throws RangeError unless it is 32 lower-case hexadecimal digits. */
export const dataKeyIdBytes = ({ id }: DataKey): Buffer => {
  if (!/^[0-9a-f]{32}$/.test(id)) throw new RangeError('a data-key id is 32 lower-case hexadecimal digits')
  return Buffer.from(id, 'hex')
}
