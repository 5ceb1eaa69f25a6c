import { createCipheriv, createDecipheriv, createSecretKey, hkdfSync } from 'node:crypto'
import { lengthPrefixed } from './length-prefixed.ts'
import { type Binding, type DataKey, dataKeyIdBytes } from './seal.ts'

const version = 1
const contentStart = 1 + 12
const contentEnd = contentStart + 32
const wrappedSize = contentEnd + 16

/**
 * A data key as it is stored: version, nonce, then AES-256-GCM under a key derived from the master key (32 bytes) and the data
 * key's id, bound to id and binding. `nonce` is 12 unpredictable bytes; throws RangeError on a wrong size.
 */
export const wrapKey = (masterKey: Buffer, dataKey: DataKey, binding: Binding, nonce: Uint8Array): Buffer => {
  if (nonce.length !== 12 || dataKey.key.symmetricKeySize !== 32) throw new RangeError('wrapping takes a 32-byte key and a 12-byte nonce')
  const cipher = createCipheriv('aes-256-gcm', wrappingKey(masterKey, dataKeyIdBytes(dataKey)), nonce)
  cipher.setAAD(wrapAad(dataKey.id, binding))
  const content = Buffer.concat([cipher.update(dataKey.key.export()), cipher.final()])
  return Buffer.concat([Uint8Array.of(version), nonce, content, cipher.getAuthTag()])
}

/** The data key with that id out of what `wrapKey` made, or undefined when master key, id, binding or bytes do not fit; never throws. */
export const unwrapKey = (masterKey: Buffer, dataKeyId: string, binding: Binding, wrapped: Uint8Array): DataKey | undefined => {
  if (wrapped.length !== wrappedSize || wrapped[0] !== version) return undefined
  try {
    const key = wrappingKey(masterKey, Buffer.from(dataKeyId, 'hex'))
    const decipher = createDecipheriv('aes-256-gcm', key, wrapped.subarray(1, contentStart), { authTagLength: 16 })
    decipher.setAAD(wrapAad(dataKeyId, binding)).setAuthTag(wrapped.subarray(contentEnd))
    const content = Buffer.concat([decipher.update(wrapped.subarray(contentStart, contentEnd)), decipher.final()])
    return { id: dataKeyId, key: createSecretKey(content) }
  } catch {
    return undefined
  }
}

/** The name of a master key (32 bytes) in data and logs: 32 hexadecimal digits that tell nothing about the key. */
export const masterKeyId = (masterKey: Buffer): string => derived(masterKey, Buffer.alloc(0), 'poolhouse master key id', 16).toString('hex')

const wrappingKey = (masterKey: Buffer, id: Uint8Array): Buffer => derived(masterKey, id, 'poolhouse data key wrap', 32)

const wrapAad = (id: string, { purpose, poolUid, entity }: Binding): Buffer => lengthPrefixed(id, purpose, poolUid, entity)

const derived = (masterKey: Buffer, salt: Uint8Array, info: string, size: number): Buffer => {
  if (masterKey.length !== 32) throw new RangeError('a master key has 32 bytes')
  return Buffer.from(hkdfSync('sha256', masterKey, salt, info, size))
}
