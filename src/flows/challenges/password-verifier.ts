import type { Context } from '../../context.ts'
import { toleratedRefusals } from '../../domain/challenge.ts'
import { presentedDeviceKey } from '../../domain/device.ts'
import type { Progress } from '../../domain/progress.ts'
import { poolName } from '../../domain/user-pool.ts'
import { longestUsername, lookupName } from '../../domain/username.ts'
import { incorrectCredentials, sessionExpired } from '../../errors.ts'
import { type Answer, type Attempt, type Challenge, type Passed, requiredResponse, requireFlow, sealAttempt } from '../attempt.ts'
import { type ChallengeSession, sessionExpiry, spendSession } from '../challenge-session.ts'
import { requirePresentedDevice } from '../devices.ts'
import type { OpenClient } from '../open-client.ts'
import { srpIdentity } from '../password-fits.ts'
import { type Candidate, findCandidate, provePassword } from '../prove-password.ts'
import { beginExchange, claimFits, openBlock, readClaim, type SrpClaim, type SrpValues, sealBlock } from '../srp-exchange.ts'

/** What SECRET_BLOCK carries, sealed; the server remembers nothing between the two messages of an exchange. */
interface Exchange extends SrpValues {
  readonly id: string
  readonly typed: string
  readonly userId: string | undefined
  /** The user's generation when it began; a sign-out everywhere ends it. */
  readonly generation: number | undefined
  readonly madeAt: number
  readonly progress: Progress
}

const challenge = 'PASSWORD_VERIFIER'

const entity = ({ client }: Pick<OpenClient, 'client'>) => `srp/${client.uid}`

/**
 * The PASSWORD_VERIFIER challenge for SRP_A: what the client computes its proof from. Where it goes on with a session it takes that one's id and
 * age, so that of all exchanges that are begun with the session one ends in success.
 */
export const issuePasswordVerifier = async (
  ctx: Context,
  attempt: Attempt,
  srpA: string,
  { id, madeAt }: Pick<ChallengeSession, 'id' | 'madeAt'> = { id: ctx.random.uuid(), madeAt: ctx.clock.now() },
): Promise<Challenge> => {
  const { candidate, pool, progress } = attempt
  const { userIdForSrp, salt, verifier } = await srpIdentity(ctx, pool, candidate)
  const { B, values } = await beginExchange(ctx, srpA, verifier)
  const exchange: Exchange = {
    ...values,
    id,
    typed: candidate.typed,
    userId: candidate.user?.id,
    generation: candidate.user?.generation,
    madeAt,
    progress,
  }
  return {
    kind: 'challenge',
    name: challenge,
    // The block alone carries the exchange; but beside other challenges clients look for a session here too, and may send it back or not.
    session: progress.flow === 'password' ? undefined : await sealAttempt(ctx, attempt, challenge),
    parameters: {
      SALT: Buffer.from(salt).toString('hex'),
      SECRET_BLOCK: await sealBlock(ctx, pool.uid, entity(attempt), exchange),
      SRP_B: B,
      USERNAME: userIdForSrp,
      USER_ID_FOR_SRP: userIdForSrp,
    },
  }
}

const openExchange = async (ctx: Context, opened: OpenClient, block: string): Promise<Exchange> => {
  const exchange = await openBlock<Exchange>(ctx, opened.pool.uid, entity(opened), block)
  if (exchange === undefined) throw incorrectCredentials()
  if (ctx.clock.now() >= sessionExpiry(opened.client, exchange.madeAt)) throw sessionExpired()
  requireFlow(opened, exchange.progress)
  return exchange
}

/**
 * Whether the claim follows from the password. It must name whom the exchange was begun for, by the name that was typed or by the one that
 * was answered; for a stand-in the same holds.
 */
const passwordProved = async (
  ctx: Context,
  { pool }: OpenClient,
  candidate: Candidate,
  exchange: Exchange,
  claim: SrpClaim & { readonly username: string },
): Promise<boolean> => {
  const { userIdForSrp, verifier, real } = await srpIdentity(ctx, pool, candidate)
  const named =
    claim.username.length <= longestUsername &&
    [exchange.typed, userIdForSrp].some((name) => lookupName(pool, name) === lookupName(pool, claim.username))
  const fits = await claimFits(ctx, exchange, { group: poolName(pool.Id), name: userIdForSrp, verifier }, claim)
  return fits && named && real
}

/** Checks the client's proof. A proof is good once. */
export const answerPasswordVerifier = async (ctx: Context, opened: OpenClient, answer: Answer): Promise<Passed> => {
  const claim = { username: requiredResponse(answer, 'USERNAME'), ...readClaim(answer) }
  const exchange = await openExchange(ctx, opened, claim.block)
  const candidate = await findCandidate(ctx, opened, exchange.typed)
  const { user: named } = candidate
  // The name may have changed hands since the exchange began; what a step-up brought along ends with a sign-out everywhere.
  if (named?.id !== exchange.userId || named?.generation !== exchange.generation) throw incorrectCredentials()
  // The key of the device may come as late as this (developer guide, "Signing in with a device").
  const presented = presentedDeviceKey(answer.responses['DEVICE_KEY'])
  const prove = async () => {
    const fits = await passwordProved(ctx, opened, candidate, exchange, claim)
    if (fits && candidate.user) await requirePresentedDevice(ctx, opened.pool, candidate.user, presented)
    // Before failures are forgotten: an old proof that is sent again must not clear the lock-out.
    if (fits) await spendSession(ctx, opened.client, exchange)
    return fits
  }
  const { progress } = exchange
  const user = await provePassword(ctx, opened, candidate, prove, toleratedRefusals(progress))
  const deviceKey = presented || progress.deviceKey
  // What one device proved is not another's.
  const deviceProved = deviceKey === progress.deviceKey ? progress.deviceProved : undefined
  return { kind: 'passed', user, progress: { ...progress, proofs: [...progress.proofs, 'pwd'], deviceKey, deviceProved } }
}
