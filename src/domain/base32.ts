const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567'

/** Base32 in upper case without padding (RFC 4648 section 6), as authenticator apps take their secrets. */
export const encodeBase32 = (bytes: Uint8Array): string => {
  let [text, bits, held] = ['', 0, 0]
  for (const byte of bytes) {
    held = (held << 8) | byte
    for (bits += 8; bits >= 5; bits -= 5) text += alphabet.charAt((held >> (bits - 5)) & 31)
    held &= (1 << bits) - 1
  }
  return bits === 0 ? text : text + alphabet.charAt((held << (5 - bits)) & 31)
}

/** The bytes of base32 as people copy it: in either case, with or without padding, spaces or hyphens; undefined for anything else. */
export const decodeBase32 = (text: string): Uint8Array<ArrayBuffer> | undefined => {
  const letters = text.replaceAll(/[\s-]/g, '').replace(/=+$/, '').toUpperCase()
  // Characters that no whole number of bytes has (RFC 4648 section 6).
  if (!/^[A-Z2-7]+$/.test(letters) || [1, 3, 6].includes(letters.length % 8)) return undefined
  const bytes: number[] = []
  let [bits, held] = [0, 0]
  for (const letter of letters) {
    held = ((held << 5) | alphabet.indexOf(letter)) & 0xfff
    bits += 5
    if (bits < 8) continue
    bits -= 8
    bytes.push((held >> bits) & 0xff)
  }
  return Uint8Array.from(bytes)
}
