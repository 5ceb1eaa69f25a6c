import { createCipheriv, createDecipheriv } from 'node:crypto'
import { decodeBase64Url } from './base64url.ts'
import { type Binding, bindingBytes, type DataKey, type DeriveValueKey, dataKeyIdBytes, valueKey } from './seal.ts'

// The outside is Cognito's compact JWE, byte for byte in the header and in the length of the key part. Inside, the part that would
// hold an RSA-wrapped key holds a key id, a salt and padding: RSA would not authenticate and costs a private operation per refresh.

const header = Buffer.from('{"cty":"JWT","enc":"A256GCM","alg":"RSA-OAEP"}').toString('base64url')
const keyPartSize = 256
const idSize = 16
const nonceSize = 12
const tagSize = 16

// The content of a page's session is at most some 28,000 bytes: 55 scopes of 256 characters, a resource, and what every session has. The text
// of that has room in a form of the token endpoint (65,536 bytes).
const maxLength = 49_152
const largestContent = 36_000

/** How many bytes of entropy one refresh token consumes: salt and padding of the second part, and the nonce. */
export const refreshTokenEntropySize: number = keyPartSize - idSize + nonceSize

/**
 * Encrypts content into the five-part form of Cognito's refresh tokens: AES-256-GCM under HKDF-SHA256(data key, salt, purpose),
 * bound to its first two parts and to `binding`. `entropy` is 252 unpredictable bytes, the first 32 of them as `seal` has its salt. Throws
 * RangeError on another size, and on content of more than 36,000 bytes, whose text would not be opened.
 */
export const frameRefreshToken = (
  key: DataKey,
  binding: Binding,
  content: Uint8Array,
  entropy: Uint8Array,
  derive: DeriveValueKey = valueKey,
): string => {
  if (entropy.length !== refreshTokenEntropySize) throw new RangeError(`a refresh token needs ${refreshTokenEntropySize} bytes of entropy`)
  if (content.length > largestContent) throw new RangeError(`a refresh token holds ${largestContent} bytes at most`)
  const nonce = entropy.subarray(keyPartSize - idSize)
  const keyPart = Buffer.concat([dataKeyIdBytes(key), entropy.subarray(0, keyPartSize - idSize)])
  const head = `${header}.${keyPart.toString('base64url')}`
  const cipher = createCipheriv('aes-256-gcm', derive(key, saltOf(keyPart), binding.purpose), nonce)
  cipher.setAAD(tokenAad(head, binding))
  const sealed = Buffer.concat([cipher.update(content), cipher.final()])
  return [head, ...[Buffer.from(nonce), sealed, cipher.getAuthTag()].map((part) => part.toString('base64url'))].join('.')
}

/** The id of the data key that a refresh token names, or undefined when the text is no refresh token of ours (49,152 characters at most). */
export const refreshTokenKeyId = (token: string): string | undefined => takeApart(token)?.keyPart.toString('hex', 0, idSize)

/** The content of what `frameRefreshToken` made, or undefined when key, binding or a single bit does not fit; never throws. */
export const openRefreshToken = (key: DataKey, binding: Binding, token: string, derive: DeriveValueKey = valueKey): Buffer | undefined => {
  const parts = takeApart(token)
  if (parts?.keyPart.toString('hex', 0, idSize) !== key.id) return undefined
  try {
    const secret = derive(key, saltOf(parts.keyPart), binding.purpose)
    const decipher = createDecipheriv('aes-256-gcm', secret, parts.nonce, { authTagLength: tagSize })
    decipher.setAAD(tokenAad(parts.head, binding)).setAuthTag(parts.tag)
    return Buffer.concat([decipher.update(parts.sealed), decipher.final()])
  } catch {
    return undefined
  }
}

interface TokenParts {
  head: string
  keyPart: Buffer
  nonce: Buffer
  sealed: Buffer
  tag: Buffer
}

const takeApart = (token: string): TokenParts | undefined => {
  if (token.length > maxLength) return undefined
  const texts = token.split('.')
  if (texts.length !== 5 || texts[0] !== header) return undefined
  const [keyPart, nonce, sealed, tag] = texts.slice(1).map(decodeBase64Url)
  if (keyPart?.length !== keyPartSize || nonce?.length !== nonceSize || tag?.length !== tagSize || !sealed) return undefined
  return { head: `${texts[0]}.${texts[1]}`, keyPart, nonce, sealed, tag }
}

const saltOf = (keyPart: Buffer): Buffer => keyPart.subarray(idSize, idSize + 32)

// The first two parts have a fixed length, so nothing can move between them and the binding.
const tokenAad = (head: string, binding: Binding): Buffer => Buffer.concat([Buffer.from(head, 'ascii'), bindingBytes(binding)])
