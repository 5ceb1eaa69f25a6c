import { decodeBase32 } from '../../../../src/domain/base32.ts'

/** The six digits that an authenticator shows at a moment (epoch ms) for a base32 secret (RFC 6238); undefined for a text that is none. */
export const oneTimeCode = async (secret: string, at: number): Promise<string | undefined> => {
  const bytes = decodeBase32(secret)
  if (bytes === undefined) return undefined
  const counter = new DataView(new ArrayBuffer(8))
  counter.setBigUint64(0, BigInt(Math.floor(at / 30_000)))
  const key = await crypto.subtle.importKey('raw', bytes, { name: 'HMAC', hash: 'SHA-1' }, false, ['sign'])
  const mac = new DataView(await crypto.subtle.sign('HMAC', key, counter.buffer))
  const number = mac.getUint32(mac.getUint8(19) & 15) & 0x7fffffff
  return String(number % 1_000_000).padStart(6, '0')
}
