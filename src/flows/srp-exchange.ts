import type { Context } from '../context.ts'
import { equalBytes } from '../crypto/constant-time.ts'
import {
  parsePublicValue,
  parseTimestamp,
  passwordClaim,
  publicValueFault,
  scrambler,
  serverPublicValue,
  sessionKey,
} from '../crypto/srp.ts'
import { invalidParameter } from '../errors.ts'
import { type Answer, requiredResponse } from './attempt.ts'

/** Whom a verifier belongs to, in the two names that proofs are made over: pool and user, or device group and device. */
export interface SrpParty {
  readonly group: string
  readonly name: string
  readonly verifier: Uint8Array
}

/** What the server keeps of an exchange, base64: the client's public value, its own secret exponent, the scrambler. */
export interface SrpValues {
  readonly A: string
  readonly b: string
  readonly u: string
}

/** A client's proof, as it came. */
export interface SrpClaim {
  readonly block: string
  readonly signature: string
  readonly timestamp: string
}

/** In ms. guess: a client's clock may be off by five minutes when it proves a password or a device. */
const clockTolerance = 5 * 60_000
/** One size for all names, so that length tells nothing. */
const blockSize = 1800

const base64 = (bytes: Uint8Array): string => Buffer.from(bytes).toString('base64')

/** The server's half of an exchange that SRP_A begins: SRP_B, and what to keep; throws InvalidParameterException for an SRP_A that is none. */
export const beginExchange = async (
  ctx: Context,
  srpA: string,
  verifier: Uint8Array,
): Promise<{ readonly B: string; readonly values: SrpValues }> => {
  const A = parsePublicValue(srpA)
  if (A === undefined) throw invalidParameter(publicValueFault(srpA) ?? 'SRP_A is not a hexadecimal number.')
  const { secret: b, power } = await ctx.compute.ephemeral()
  const B = serverPublicValue(verifier, power)
  const u = scrambler(A, B)
  // With u = 0 the verifier would not enter the secret (RFC 5054, 2.5.4).
  if (u.every((byte) => byte === 0)) throw invalidParameter('SRP_A cannot be used.')
  return { B: B.toString('hex'), values: { A: base64(A), b: base64(b), u: base64(u) } }
}

/** SECRET_BLOCK: what an exchange has to remember, sealed for the entity; the server itself remembers nothing. */
export const sealBlock = (ctx: Context, poolUid: string, entity: string, exchange: object): Promise<string> =>
  ctx.keyring.seal('sessions', poolUid, entity, Buffer.from(JSON.stringify(exchange).padEnd(blockSize, ' '), 'utf8'))

/** What was sealed; undefined for a block that was not made for the entity. */
export const openBlock = async <T extends object>(ctx: Context, poolUid: string, entity: string, block: string): Promise<T | undefined> => {
  const plain = await ctx.keyring.open('sessions', poolUid, entity, block)
  return plain && (JSON.parse(Buffer.from(plain).toString('utf8')) as T)
}

/** The proof in an answer; throws InvalidParameterException when a part is missing. */
export const readClaim = (answer: Answer): SrpClaim => ({
  block: requiredResponse(answer, 'PASSWORD_CLAIM_SECRET_BLOCK'),
  signature: requiredResponse(answer, 'PASSWORD_CLAIM_SIGNATURE'),
  timestamp: requiredResponse(answer, 'TIMESTAMP'),
})

/** Whether the proof follows from the secret: S = (A·v^u)^b, a keyed HMAC over both names, block and time, and a time that is now. */
export const claimFits = async (ctx: Context, values: SrpValues, party: SrpParty, claim: SrpClaim): Promise<boolean> => {
  const [A, b, u] = [values.A, values.b, values.u].map((text) => Buffer.from(text, 'base64')) as [Buffer, Buffer, Buffer]
  const S = await ctx.compute.sharedSecret(A, party.verifier, u, b)
  const expected = passwordClaim(sessionKey(S, u), party.group, party.name, Buffer.from(claim.block, 'base64'), claim.timestamp)
  return equalBytes(expected, Buffer.from(claim.signature, 'base64')) && inTime(ctx, claim.timestamp)
}

const inTime = (ctx: Context, timestamp: string): boolean => {
  const claimedAt = parseTimestamp(timestamp)
  return claimedAt !== undefined && Math.abs(claimedAt - ctx.clock.now()) <= clockTolerance
}
