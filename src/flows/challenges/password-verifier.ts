import type { Context } from '../../context.ts'
import { equalBytes } from '../../crypto/constant-time.ts'
import {
  parsePublicValue,
  parseTimestamp,
  passwordClaim,
  publicValueFault,
  scrambler,
  serverPublicValue,
  sessionKey,
} from '../../crypto/srp.ts'
import { poolName } from '../../domain/user-pool.ts'
import { longestUsername, lookupName } from '../../domain/username.ts'
import { incorrectCredentials, invalidParameter, missingParameter, sessionExpired } from '../../errors.ts'
import { sessionExpiry, spendSession } from '../challenge-session.ts'
import type { OpenClient } from '../open-client.ts'
import { srpIdentity } from '../password-fits.ts'
import { type Candidate, findCandidate, provePassword } from '../prove-password.ts'

/** What SECRET_BLOCK carries, sealed; the server remembers nothing between the two messages of an exchange. */
interface Exchange {
  readonly id: string
  readonly typed: string
  readonly userId: string | undefined
  /** The client's public value, the server's secret exponent and the scrambler, base64. */
  readonly A: string
  readonly b: string
  readonly u: string
  readonly madeAt: number
}

const generator = Uint8Array.of(2)
/** One size for all names, so that length tells nothing. */
const plainSize = 1800
/** In ms. guess: a client's clock may be off by five minutes when it proves a password. */
const clockTolerance = 5 * 60_000

const entity = ({ client }: OpenClient) => `srp/${client.uid}`

/** The PASSWORD_VERIFIER challenge for SRP_A: what the client computes its proof from. */
export const issuePasswordVerifier = async (
  ctx: Context,
  opened: OpenClient,
  typed: string,
  srpA: string,
): Promise<{ name: 'PASSWORD_VERIFIER'; parameters: Record<string, string> }> => {
  const A = parsePublicValue(srpA)
  if (A === undefined) throw invalidParameter(publicValueFault(srpA) ?? 'SRP_A is not a hexadecimal number.')
  const candidate = await findCandidate(ctx, opened, typed)
  const { userIdForSrp, salt, verifier } = await srpIdentity(ctx, opened.pool, candidate)
  const b = ctx.random.bytes(32)
  const B = serverPublicValue(verifier, await ctx.compute.modPow(generator, b))
  const exchange: Exchange = {
    id: ctx.random.uuid(),
    typed,
    userId: candidate.user?.id,
    A: A.toString('base64'),
    b: Buffer.from(b).toString('base64'),
    u: scrambler(A, B).toString('base64'),
    madeAt: ctx.clock.now(),
  }
  const plain = Buffer.from(JSON.stringify(exchange).padEnd(plainSize, ' '), 'utf8')
  const block = await ctx.keyring.seal('sessions', opened.pool.uid, entity(opened), plain)
  return {
    name: 'PASSWORD_VERIFIER',
    parameters: {
      SALT: Buffer.from(salt).toString('hex'),
      SECRET_BLOCK: block,
      SRP_B: B.toString('hex'),
      USERNAME: userIdForSrp,
      USER_ID_FOR_SRP: userIdForSrp,
    },
  }
}

const openExchange = async (ctx: Context, opened: OpenClient, block: string): Promise<Exchange> => {
  const plain = await ctx.keyring.open('sessions', opened.pool.uid, entity(opened), block)
  if (plain === undefined) throw incorrectCredentials()
  const exchange = JSON.parse(Buffer.from(plain).toString('utf8')) as Exchange
  if (ctx.clock.now() >= sessionExpiry(opened.client, exchange.madeAt)) throw sessionExpired()
  return exchange
}

interface Claim {
  readonly username: string
  readonly block: string
  readonly signature: string
  readonly timestamp: string
}

const readClaim = (responses: Readonly<Record<string, string>>): Claim => {
  const required = (name: string) => {
    const value = responses[name]
    if (!value) throw missingParameter(name)
    return value
  }
  return {
    username: required('USERNAME'),
    block: required('PASSWORD_CLAIM_SECRET_BLOCK'),
    signature: required('PASSWORD_CLAIM_SIGNATURE'),
    timestamp: required('TIMESTAMP'),
  }
}

/**
 * Whether the claim follows from the password: S = (A·v^u)^b, keyed HMAC over pool, user, block and time. It must name whom the exchange
 * was begun for, by the name that was typed or by the one that was answered; for a stand-in the same holds.
 */
const claimFits = async (
  ctx: Context,
  { pool }: OpenClient,
  candidate: Candidate,
  exchange: Exchange,
  { username, block, signature, timestamp }: Claim,
): Promise<boolean> => {
  const { userIdForSrp, verifier, real } = await srpIdentity(ctx, pool, candidate)
  const named =
    username.length <= longestUsername &&
    [exchange.typed, userIdForSrp].some((name) => lookupName(pool, name) === lookupName(pool, username))
  const [A, b, u] = [exchange.A, exchange.b, exchange.u].map((text) => Buffer.from(text, 'base64')) as [Buffer, Buffer, Buffer]
  const S = await ctx.compute.sharedSecret(A, verifier, u, b)
  const expected = passwordClaim(sessionKey(S, u), poolName(pool.Id), userIdForSrp, Buffer.from(block, 'base64'), timestamp)
  return equalBytes(expected, Buffer.from(signature, 'base64')) && named && inTime(ctx, timestamp) && real
}

const inTime = (ctx: Context, timestamp: string): boolean => {
  const claimedAt = parseTimestamp(timestamp)
  return claimedAt !== undefined && Math.abs(claimedAt - ctx.clock.now()) <= clockTolerance
}

/** Checks the client's proof; answers the user who gave it. A proof is good once. */
export const answerPasswordVerifier = async (ctx: Context, opened: OpenClient, responses: Readonly<Record<string, string>>) => {
  const claim = readClaim(responses)
  const exchange = await openExchange(ctx, opened, claim.block)
  const candidate = await findCandidate(ctx, opened, exchange.typed)
  // The name may have changed hands since the exchange began.
  if (candidate.user?.id !== exchange.userId) throw incorrectCredentials()
  return provePassword(ctx, opened, candidate, async () => {
    const fits = await claimFits(ctx, opened, candidate, exchange, claim)
    // Before failures are forgotten: an old proof that is sent again must not clear the lock-out.
    if (fits) await spendSession(ctx, opened.client, exchange)
    return fits
  })
}
