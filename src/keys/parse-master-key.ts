/** A key, or the sentence that tells why there is none. No fault repeats any of the text. */
export type MasterKey = { readonly key: Buffer } | { readonly fault: string }

const hint = 'Make one with: openssl rand -base64 32'

// What people type to get past a question. The shortest one stands in a random key less often than once in ten million.
const placeholders =
  /change|secret|example|placeholder|password|masterkey|master_key|poolhouse|default|replace|insecure|abcdefgh|01234567|12345678|deadbeef/i

/**
 * Reads exactly 32 bytes in base64, base64url or hex; white space around them is dropped. Refuses what nobody drew at random:
 * repeated or counting bytes, readable text, placeholders. `what` names the key in faults.
 */
export const parseMasterKey = (text: string, what = 'master key'): MasterKey => {
  const trimmed = text.trim()
  if (trimmed === '') return { fault: `The ${what} is empty. ${hint}` }
  const key = decode(trimmed)
  if (!key) return { fault: `The ${what} is neither base64 nor hex. ${hint}` }
  if (key.length !== 32) return { fault: `The ${what} has ${key.length} bytes; it must have exactly 32. ${hint}` }
  if (isWeak(key) || placeholders.test(trimmed)) return { fault: `The ${what} is a placeholder, not 32 random bytes. ${hint}` }
  return { key }
}

const decode = (text: string): Buffer | undefined => {
  if (/^(?:[0-9a-f]{2})+$/i.test(text)) return Buffer.from(text, 'hex')
  return /^[A-Za-z0-9+/_-]+={0,2}$/.test(text) ? Buffer.from(text, 'base64') : undefined
}

const isWeak = (key: Buffer): boolean => {
  // 32 random bytes have about 30 different values, and fewer than 16 practically never.
  if (new Set(key).size < 16) return true
  if (key.subarray(0, 16).equals(key.subarray(16))) return true
  if (key.every((byte) => byte >= 0x20 && byte < 0x7f)) return true
  const step = distance(key, 1)
  return key.every((_, index) => index === 0 || distance(key, index) === step)
}

const distance = (key: Buffer, index: number): number => ((key[index] ?? 0) - (key[index - 1] ?? 0)) & 0xff
