import type { Context } from '../context.ts'
import { equalBytes } from '../crypto/constant-time.ts'
import type { UserPool } from '../domain/user-pool.ts'
import { isEmail, isPhoneNumber, lookupName } from '../domain/username.ts'
import { openVerifier, passwordVerifier } from './new-credential.ts'
import type { Candidate } from './prove-password.ts'

/** What SRP shows of somebody: the name that the verifier is bound to, salt and verifier. */
export interface SrpIdentity {
  readonly userIdForSrp: string
  readonly salt: Uint8Array
  readonly verifier: Uint8Array
  /** False for the stand-in of an unknown user, or of one without a password: no proof is good. */
  readonly real: boolean
}

const asUuid = (bytes: Uint8Array): string => {
  const hex = Buffer.from(bytes.subarray(0, 16)).toString('hex')
  return [hex.slice(0, 8), hex.slice(8, 12), `4${hex.slice(13, 16)}`, `a${hex.slice(17, 20)}`, hex.slice(20, 32)].join('-')
}

/** Whether a known user whom this text names would be shown under another name than the text. */
const namesByAddress = (pool: UserPool, typed: string): boolean => {
  if (pool.UsernameAttributes?.length) return true
  const aliases = pool.AliasAttributes ?? []
  return (aliases.includes('email') && isEmail(typed)) || (aliases.includes('phone_number') && isPhoneNumber(typed))
}

/**
 * The SRP identity of a candidate. An unknown user gets a stand-in that is the same for the same name for ever (RFC 5054, 2.5.1.3); the
 * key it is made with never rotates. Its name is a UUID where people sign in with an address (developer guide, "Managing user existence
 * error responses"), elsewhere what was typed, as for a known user.
 */
export const srpIdentity = async (ctx: Context, pool: UserPool, candidate: Candidate): Promise<SrpIdentity> => {
  const { user, typed, subject } = candidate
  const stand = await ctx.keyring.fingerprint('fake-salts', pool.uid, subject)
  const standId = asUuid(stand.subarray(16))
  // Looked for under the stand-in's id too, so that an unknown user costs the same.
  const credential = await ctx.store.users.credential(pool.uid, user?.id ?? standId)
  if (user !== undefined && credential !== undefined) {
    const verifier = await openVerifier(ctx, pool, user.id, credential)
    return { userIdForSrp: user.username, salt: Buffer.from(credential.salt, 'hex'), verifier, real: true }
  }
  const name = namesByAddress(pool, typed) ? standId : lookupName(pool, typed)
  const verifier = await fakeVerifier(ctx, pool, candidate)
  return { userIdForSrp: user?.username ?? name, salt: stand.subarray(0, 16), verifier, real: false }
}

/** 384 bytes that look like a verifier. */
const fakeVerifier = async (ctx: Context, pool: UserPool, { subject }: Candidate): Promise<Uint8Array> => {
  const parts = await Promise.all(
    Array.from({ length: 12 }, (_, part) => ctx.keyring.fingerprint('fake-salts', pool.uid, `${subject}/verifier/${part}`)),
  )
  const verifier = Buffer.concat(parts)
  // Below N, which begins with a byte of ones.
  verifier[0] = (verifier[0] ?? 0) & 0x7f
  return verifier
}

/** Whether the password is the candidate's; the same arithmetic is done for somebody who has none. */
export const passwordFits = async (ctx: Context, pool: UserPool, candidate: Candidate, password: string): Promise<boolean> => {
  const { userIdForSrp, salt, verifier, real } = await srpIdentity(ctx, pool, candidate)
  const offered = await passwordVerifier(ctx, pool, userIdForSrp, password, salt)
  return equalBytes(offered, verifier) && real
}
