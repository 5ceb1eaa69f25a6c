import { createDiffieHellmanGroup, createHmac, createSecretKey, hash, hkdfSync } from 'node:crypto'
import { fromBigInt, toBigInt } from './big-integer.ts'

// Cognito's SRP-6a variant as its own clients compute it. Every number is a big-endian Buffer.

/** The prime N of Cognito's SRP, 384 bytes: RFC 3526 group 15. */
export const srpN: Buffer = createDiffieHellmanGroup('modp15').getPrime()

/** That group's generator g. */
export const generator: Uint8Array = Uint8Array.of(2)

const n = toBigInt(srpN)
const size = srpN.length

/** A number in its shortest two's-complement form: no leading zeros, but one zero byte where the top bit is set. */
export const padHex = (bytes: Uint8Array): Buffer => {
  const shortest = withoutLeadingZeros(bytes)
  return shortest.length === 0 || (shortest[0] ?? 0) >= 0x80 ? Buffer.concat([Buffer.alloc(1), shortest]) : Buffer.from(shortest)
}

const withoutLeadingZeros = (bytes: Uint8Array): Uint8Array => {
  const first = bytes.findIndex((byte) => byte !== 0)
  return first === -1 ? new Uint8Array() : bytes.subarray(first)
}

const sha256 = (...parts: readonly Uint8Array[]): Buffer => hash('sha256', Buffer.concat(parts), 'buffer')

/** SRP's k = H(N, g), 32 bytes. */
export const multiplier: Buffer = sha256(padHex(srpN), generator)

const k = toBigInt(multiplier)

/** SRP's x, 32 bytes; for a device, pass its group key, its key and its secret in place of pool name, user id and password. */
export const privateKey = (poolName: string, userId: string, password: string, salt: Uint8Array): Buffer =>
  sha256(padHex(salt), sha256(Buffer.from(`${poolName}${userId}:${password}`, 'utf8')))

/** SRP's u = H(A, B), 32 bytes; the caller refuses a zero. */
export const scrambler = (clientPublic: Uint8Array, serverPublic: Uint8Array): Buffer => sha256(padHex(clientPublic), padHex(serverPublic))

/**
 * Why a client's public value A (bytes, or hexadecimal digits as on the wire) can't be used, or undefined.
 * guess: the sentences about an SRP_A that can't be used are our own.
 */
export const publicValueFault = (value: Uint8Array | string): string | undefined => {
  if (value.length === 0) return 'SRP_A must not be empty'
  if (typeof value === 'string' && !/^[0-9a-f]+$/i.test(value)) return 'SRP_A must be a hexadecimal number'
  const significant = typeof value === 'string' ? value.replace(/^0+/, '').length / 2 : withoutLeadingZeros(value).length
  if (value.length > maxDigits || significant > size) return 'SRP_A is too long'
  // A multiple of N makes the shared secret zero whatever the password is.
  const number = typeof value === 'string' ? BigInt(`0x${value}`) : toBigInt(value)
  return number % n === 0n ? 'SRP_A must not be a multiple of N' : undefined
}

// Room for leading zeros, which some clients write.
const maxDigits = 4 * size

/** A client's public value A from hexadecimal digits as 384 bytes, or undefined where publicValueFault would name a fault. */
export const parsePublicValue = (hex: string): Buffer | undefined =>
  publicValueFault(hex) === undefined ? Buffer.from(hex.replace(/^0+/, '').padStart(2 * size, '0'), 'hex') : undefined

/** A verifier that somebody else computed as 384 bytes, or undefined for bytes that are no number from 1 to N - 1. */
export const parseVerifier = (bytes: Uint8Array): Buffer | undefined => {
  const significant = withoutLeadingZeros(bytes)
  if (significant.length === 0 || significant.length > size || toBigInt(significant) >= n) return undefined
  return fromBigInt(toBigInt(significant), size)
}

/** The server's public value B = k·v + g^b mod N, 384 bytes. */
export const serverPublicValue = (verifier: Uint8Array, gToB: Uint8Array): Buffer =>
  fromBigInt((k * toBigInt(verifier) + toBigInt(gToB)) % n, size)

/** A·v^u mod N, 384 bytes: raised to b it is the shared secret S. */
export const serverBase = (clientPublic: Uint8Array, verifierToU: Uint8Array): Buffer =>
  fromBigInt((toBigInt(clientPublic) * toBigInt(verifierToU)) % n, size)

/** The 16-byte key that both sides derive from S and u: HKDF-SHA256 with the info "Caldera Derived Key". */
export const sessionKey = (sharedSecret: Uint8Array, u: Uint8Array): Buffer =>
  Buffer.from(hkdfSync('sha256', createSecretKey(padHex(sharedSecret)), padHex(u), 'Caldera Derived Key', 16))

/** The HMAC-SHA256 by which a client proves that it knows the session key; `secretBlock` are the decoded bytes of SECRET_BLOCK. */
export const passwordClaim = (key: Uint8Array, poolName: string, userId: string, secretBlock: Uint8Array, timestamp: string): Buffer =>
  createHmac('sha256', createSecretKey(key)).update(poolName).update(userId).update(secretBlock).update(timestamp).digest()

const weekdays = 'Sun|Mon|Tue|Wed|Thu|Fri|Sat'
const months = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec']
const timestampForm = new RegExp(`^(?:${weekdays}) (${months.join('|')}) (\\d{1,2}) (\\d{2}):(\\d{2}):(\\d{2}) UTC (\\d{4})$`)

/** Epoch milliseconds of a TIMESTAMP like `Sat Nov 7 09:05:03 UTC 2026`, or undefined; the weekday's name is not compared with the date. */
export const parseTimestamp = (text: string): number | undefined => {
  const [, month = '', day, hour, minute, second, year] = timestampForm.exec(text) ?? []
  const at = new Date(Date.UTC(Number(year), months.indexOf(month), Number(day), Number(hour), Number(minute), Number(second)))
  // Date.UTC turns 31 November into 1 December and 24:00 into the next day.
  const kept = at.getUTCDate() === Number(day) && at.getUTCHours() === Number(hour) && at.getUTCMinutes() === Number(minute)
  return kept && at.getUTCSeconds() === Number(second) && at.getUTCFullYear() === Number(year) ? at.getTime() : undefined
}
