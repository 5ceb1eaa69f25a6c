import { createCipheriv, hkdfSync } from 'node:crypto'

/** Entropy of one message; nothing of it may ever be used again. */
export interface MessageEntropy {
  /** 32 bytes */
  readonly messageId: Uint8Array
  /** 32 bytes */
  readonly dataKey: Uint8Array
  /** 12 bytes */
  readonly wrappingIv: Uint8Array
}

/** The key that wraps the message's data key, as a raw AES keyring knows it (AES256_GCM_IV12_TAG16_NO_PADDING). */
export interface WrappingKey {
  /** 32 bytes */
  readonly key: Uint8Array
  readonly namespace: string
  readonly name: string
}

// AES-256-GCM, HKDF-SHA-512, key commitment, no signature.
const suite = 0x0478
const ivLength = 12
const tagLength = 16
const frameLength = 4096

const uint = (bytes: 2 | 4 | 8, value: number): Buffer => {
  const buffer = Buffer.alloc(bytes)
  buffer.writeUIntBE(value, Math.max(0, bytes - 6), Math.min(bytes, 6))
  return buffer
}

const counted = (content: Uint8Array): Buffer => Buffer.concat([uint(2, content.length), content])

const gcm = (key: Uint8Array, iv: Uint8Array, aad: Uint8Array, plaintext: Uint8Array): Buffer => {
  const cipher = createCipheriv('aes-256-gcm', key, iv, { authTagLength: tagLength })
  cipher.setAAD(aad)
  return Buffer.concat([cipher.update(plaintext), cipher.final(), cipher.getAuthTag()])
}

const derived = (dataKey: Uint8Array, messageId: Uint8Array, info: Uint8Array): Buffer =>
  Buffer.from(hkdfSync('sha512', dataKey, messageId, info, 32))

/** Pairs in the order of their names' bytes; nothing at all when there are none. */
const contextBytes = (context: Readonly<Record<string, string>>): Buffer => {
  const pairs = Object.entries(context)
    .map(([name, value]) => [Buffer.from(name), Buffer.from(value)] as const)
    .sort(([a], [b]) => a.compare(b))
  if (pairs.length === 0) return Buffer.alloc(0)
  return Buffer.concat([uint(2, pairs.length), ...pairs.flatMap(([name, value]) => [counted(name), counted(value)])])
}

/** The data key under the wrapping key, with what is needed to find that key. */
const encryptedDataKey = ({ key, namespace, name }: WrappingKey, { dataKey, wrappingIv }: MessageEntropy, context: Buffer): Buffer => {
  const keyInfo = Buffer.concat([Buffer.from(name), uint(4, tagLength * 8), uint(4, ivLength), wrappingIv])
  return Buffer.concat([counted(Buffer.from(namespace)), counted(keyInfo), counted(gcm(key, wrappingIv, context, dataKey))])
}

/** The only frame, which is also the last. */
const body = (key: Uint8Array, messageId: Uint8Array, plaintext: Uint8Array): Buffer => {
  const sequence = uint(4, 1)
  const iv = Buffer.concat([Buffer.alloc(ivLength - 4), sequence])
  const aad = Buffer.concat([messageId, Buffer.from('AWSKMSEncryptionClient Final Frame'), sequence, uint(8, plaintext.length)])
  return Buffer.concat([Buffer.alloc(4, 0xff), sequence, iv, uint(4, plaintext.length), gcm(key, iv, aad, plaintext)])
}

/**
 * A short secret (at most 4096 bytes) as a message that every AWS Encryption SDK can open with a raw AES keyring of the same key, namespace
 * and name: message format 2 in one frame (AWS Encryption SDK Developer Guide, "Message format reference").
 */
export const encryptionSdkMessage = (
  plaintext: Uint8Array,
  wrapping: WrappingKey,
  context: Readonly<Record<string, string>>,
  entropy: MessageEntropy,
): Uint8Array => {
  if (plaintext.length > frameLength) throw new RangeError(`${plaintext.length} bytes do not fit into one frame`)
  const { dataKey, messageId } = entropy
  const aad = contextBytes(context)
  const contentKey = derived(dataKey, messageId, Buffer.concat([uint(2, suite), Buffer.from('DERIVEKEY')]))
  const header = Buffer.concat([
    Uint8Array.of(2),
    uint(2, suite),
    messageId,
    counted(aad),
    uint(2, 1),
    encryptedDataKey(wrapping, entropy, aad),
    Uint8Array.of(2),
    uint(4, frameLength),
    derived(dataKey, messageId, Buffer.from('COMMITKEY')),
  ])
  const seal = gcm(contentKey, Buffer.alloc(ivLength), header, Buffer.alloc(0))
  return Buffer.concat([header, seal, body(contentKey, messageId, plaintext)])
}
