import { fromBigInt, toBigInt } from './big-integer.ts'
import { modPowN } from './mod-pow.ts'
import { generator, multiplier, passwordClaim, privateKey, scrambler, sessionKey, srpN } from './srp.ts'

// The client's side of Cognito's SRP; srp.ts has what both sides share.

const n = toBigInt(srpN)
const k = toBigInt(multiplier)

/** A client's public value A = g^a mod N, 384 bytes; the secret `a` is 32 unpredictable bytes or more, new for each exchange. */
export const clientPublicValue = (a: Uint8Array): Buffer => modPowN(generator, a)

/** Who proves a password: the part of the pool's id after `_`, and USER_ID_FOR_SRP. */
export interface SrpUser {
  readonly poolName: string
  readonly userId: string
  readonly password: string
}

/** What the server said in a PASSWORD_VERIFIER challenge, decoded. */
export interface SrpQuestion {
  readonly salt: Uint8Array
  /** SRP_B */
  readonly serverPublic: Uint8Array
  readonly secretBlock: Uint8Array
}

/** The 16-byte key that the client derives; undefined for a B that a server must not send (RFC 5054 section 2.5.3). */
export const clientSessionKey = (
  a: Uint8Array,
  { poolName, userId, password }: SrpUser,
  { salt, serverPublic }: Pick<SrpQuestion, 'salt' | 'serverPublic'>,
): Buffer | undefined => {
  const b = toBigInt(serverPublic)
  const u = scrambler(clientPublicValue(a), serverPublic)
  if (b % n === 0n || toBigInt(u) === 0n) return undefined
  const x = privateKey(poolName, userId, password, salt)
  const base = (((b - k * toBigInt(modPowN(generator, x))) % n) + n) % n
  const exponent = toBigInt(a) + toBigInt(u) * toBigInt(x)
  const shared = modPowN(fromBigInt(base, srpN.length), fromBigInt(exponent, Math.max(a.length, u.length + x.length) + 1))
  return sessionKey(shared, u)
}

/** PASSWORD_CLAIM_SIGNATURE, base64, for a TIMESTAMP; undefined for a B that a server must not send. */
export const clientClaim = (a: Uint8Array, user: SrpUser, question: SrpQuestion, timestamp: string): string | undefined => {
  const key = clientSessionKey(a, user, question)
  return key && passwordClaim(key, user.poolName, user.userId, question.secretBlock, timestamp).toString('base64')
}

/** The TIMESTAMP of a moment (epoch ms) as `parseTimestamp` reads it: `Sat Nov 7 09:05:03 UTC 2026`. */
export const formatTimestamp = (at: number): string => {
  const [weekday = '', day = '', month = '', year = '', time = ''] = new Date(at).toUTCString().replace(',', '').split(' ')
  return `${weekday} ${month} ${Number(day)} ${time} UTC ${year}`
}
