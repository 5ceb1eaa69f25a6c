const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567'

/** The bytes of a base32 text, whatever its case and spaces; undefined for another text. */
export const fromBase32 = (text: string): Uint8Array<ArrayBuffer> | undefined => {
  const letters = text.toUpperCase().replace(/[\s=-]/g, '')
  if (letters === '' || !/^[A-Z2-7]+$/.test(letters)) return undefined
  const bits = Array.from(letters, (letter) => alphabet.indexOf(letter).toString(2).padStart(5, '0')).join('')
  return Uint8Array.from(bits.match(/.{8}/g) ?? [], (byte) => Number.parseInt(byte, 2))
}

/** The six digits that an authenticator shows at a moment (epoch ms) for a base32 secret (RFC 6238); undefined for a text that is none. */
export const oneTimeCode = async (secret: string, at: number): Promise<string | undefined> => {
  const bytes = fromBase32(secret)
  if (bytes === undefined || bytes.length === 0) return undefined
  const counter = new DataView(new ArrayBuffer(8))
  counter.setBigUint64(0, BigInt(Math.floor(at / 30_000)))
  const key = await crypto.subtle.importKey('raw', bytes, { name: 'HMAC', hash: 'SHA-1' }, false, ['sign'])
  const mac = new DataView(await crypto.subtle.sign('HMAC', key, counter.buffer))
  const number = mac.getUint32(mac.getUint8(19) & 15) & 0x7fffffff
  return String(number % 1_000_000).padStart(6, '0')
}
