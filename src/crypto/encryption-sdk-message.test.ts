import { buildDecrypt } from '@aws-crypto/decrypt-node'
import { RawAesKeyringNode, RawAesWrappingSuiteIdentifier } from '@aws-crypto/raw-aes-keyring-node'
import { describe, expect, it } from 'vitest'
import { encryptionSdkMessage } from './encryption-sdk-message.ts'

const bytes = (size: number, first: number) => Uint8Array.from({ length: size }, (_, place) => (first + place) % 256)

const wrapping = { key: bytes(32, 1), namespace: 'poolhouse', name: 'poolhouse' }
const entropy = { messageId: bytes(32, 40), dataKey: bytes(32, 80), wrappingIv: bytes(12, 120) }
const context = { 'userpool-id': 'us-east-1_Pool', a: 'ü' }
const made = (secret: string, key: Uint8Array = wrapping.key) =>
  encryptionSdkMessage(Buffer.from(secret), { ...wrapping, key }, context, entropy)

/** As a function would that has the key, with AWS's own library and its strictest policy. */
const decrypted = (message: Uint8Array) => {
  const keyring = new RawAesKeyringNode({
    keyName: 'poolhouse',
    keyNamespace: 'poolhouse',
    unencryptedMasterKey: wrapping.key,
    wrappingSuite: RawAesWrappingSuiteIdentifier.AES256_GCM_IV12_TAG16_NO_PADDING,
  })
  return buildDecrypt().decrypt(keyring, Buffer.from(message))
}

describe('encryptionSdkMessage', () => {
  it.each(['012345', '', 'a&lt;b ü', 'x'.repeat(4096)])('is opened by the AWS Encryption SDK', async (secret) => {
    const { plaintext, messageHeader } = await decrypted(made(secret))
    expect(plaintext.toString('utf8')).toBe(secret)
    expect({ ...messageHeader.encryptionContext }).toEqual(context)
    expect(messageHeader).toMatchObject({ version: 2, suiteId: 0x0478 })
  })

  it('needs no encryption context', async () => {
    const { plaintext } = await decrypted(encryptionSdkMessage(Buffer.from('1'), wrapping, {}, entropy))
    expect(plaintext.toString()).toBe('1')
  })

  it('is the same for the same entropy, and shows no secret', () => {
    const message = Buffer.from(made('914207'))
    expect(message.equals(made('914207'))).toBe(true)
    expect(message.includes('914207')).toBe(false)
    expect(message.includes(Buffer.from(entropy.dataKey))).toBe(false)
  })

  it('is of no use with another key', async () => {
    await expect(decrypted(made('012345', bytes(32, 2)))).rejects.toThrow()
  })

  it('is refused when any byte of it was changed', async () => {
    const message = made('012345')
    for (let place = 0; place < message.length; place += 1) {
      const changed = Uint8Array.from(message, (byte, at) => (at === place ? byte ^ 1 : byte))
      await expect(decrypted(changed), `byte ${place}`).rejects.toThrow()
    }
  })

  it('has room for one frame', () => {
    expect(() => made('x'.repeat(4097))).toThrow(RangeError)
  })
})
