import type { Context } from '../context.ts'
import { parseJwt } from '../crypto/jwt.ts'
import type { Progress, Proof } from '../domain/progress.ts'
import { activeSecondFactors } from '../domain/second-factor.ts'
import { reachableTarget, stepUp, targetsNamed } from '../domain/step-up.ts'
import { CognitoError, invalidParameter, invalidSession } from '../errors.ts'
import type { AuthFactorType } from '../model/types.gen.ts'
import { openAccessToken } from './access-token.ts'
import type { Attempt, Challenge, Passed } from './attempt.ts'
import { openSession, spendSession } from './challenge-session.ts'
import { issueSelectChallenge } from './challenges/select-challenge.ts'
import { challengesFor, firstFactors, simulatedSecondFactors, startFirstFactor } from './first-factors.ts'
import { requireSignInStatus } from './prove-password.ts'

/** What an earlier sign-in proved, and when. */
type Credit = Pick<Progress, 'proofs' | 'authTime' | 'secondFactor'>

/** What USER_AUTH may ask for besides a user name (API_InitiateAuth). */
export interface Choice {
  readonly preferred?: string | undefined
  /** PASSWORD and SRP_A, which complete or begin the preferred challenge at once. */
  readonly parameters: Readonly<Record<string, string>>
  /** From ConfirmSignUp: the code that was confirmed counts as the first factor. */
  readonly session?: string | undefined
  readonly targetAcrValues?: string | undefined
  readonly maxAge?: string | undefined
  readonly accessToken?: string | undefined
  /** The same from a login session of a page, which needs no token to prove it. */
  readonly signedIn?: (Credit & { readonly userId: string }) | undefined
}

/** The factor whose code confirmed the sign-up, and what it proves. */
const confirmedBy = { EMAIL: ['EMAIL_OTP', 'email_otp'], SMS: ['SMS_OTP', 'sms'] } as const

/**
 * Signs in with the session of ConfirmSignUp: tokens without another question, where the user could have signed in by a code sent to where
 * the confirmation went (developer guide, "Automatic sign-in with OTPs"); undefined where not.
 * guess: the session of a confirmation signs in only together with a name of the user whom it is for.
 */
const autoSignIn = async (ctx: Context, begun: Attempt, text: string): Promise<Passed | undefined> => {
  const { client, pool } = begun
  const session = await openSession(ctx, client, ['AUTO_SIGN_IN'], text)
  const user = session.userId === undefined ? undefined : await ctx.store.users.byId(pool.uid, session.userId)
  if (user === undefined || user.generation !== session.generation) throw invalidSession()
  // PreAuthentication was asked about whom the request names.
  if (begun.candidate.user?.id !== user.id) throw invalidSession()
  requireSignInStatus(begun, user)
  const medium = session.data?.['medium']
  if (medium !== 'EMAIL' && medium !== 'SMS') return undefined
  const [factor, proof] = confirmedBy[medium]
  const attempt = { ...begun, candidate: { typed: session.typed, user, subject: user.id } }
  if (!(await firstFactors(ctx, attempt)).includes(factor)) return undefined
  await spendSession(ctx, client, session)
  return { kind: 'passed', user, progress: { ...begun.progress, proofs: [proof] } }
}

const proofNames: readonly string[] = ['pwd', 'otp', 'sms', 'email_otp', 'swk', 'hwk'] satisfies Proof[]

/** What an access token says was proved, and when; nothing when that is longer ago than MAX_AGE. */
const creditOf = async (ctx: Context, { candidate, client }: Attempt, { accessToken, maxAge, signedIn }: Choice): Promise<Credit> => {
  if (signedIn !== undefined && signedIn.userId === candidate.user?.id) {
    const { proofs, authTime, secondFactor } = signedIn
    return { proofs, authTime, secondFactor }
  }
  if (accessToken === undefined) return { proofs: [] }
  const caller = await openAccessToken(ctx, accessToken)
  // guess: step-up takes an access token of the same app client only.
  if (caller.user.id !== candidate.user?.id || caller.client.uid !== client.uid) {
    throw new CognitoError('NotAuthorizedException', 'Access Token does not belong to the user that signs in')
  }
  const { amr = [], auth_time } = (parseJwt(accessToken)?.payload ?? {}) as { amr?: readonly string[]; auth_time?: number }
  const authTime = (auth_time ?? 0) * 1000
  const stale = maxAge !== undefined && ctx.clock.now() - authTime > Number(maxAge) * 1000
  return stale ? { proofs: [] } : { proofs: amr.filter((name): name is Proof => proofNames.includes(name)), authTime }
}

const requireSoundChoice = ({ pool }: Attempt, { accessToken, maxAge, targetAcrValues }: Choice): void => {
  if (targetAcrValues !== undefined && pool.UserPoolTier === 'LITE') {
    throw new CognitoError('FeatureUnavailableInTierException', 'Step-up authentication is not available in the LITE feature plan.')
  }
  if (accessToken !== undefined && targetAcrValues === undefined) throw invalidParameter('ACCESS_TOKEN requires TARGET_ACR_VALUES')
  if (maxAge !== undefined && !/^\d{1,10}$/.test(maxAge)) throw invalidParameter('MAX_AGE must be an integer')
}

/**
 * Aims a sign-in at the first level of TARGET_ACR_VALUES that the user can reach (developer guide, "Step-up authentication with the USER_AUTH
 * flow"); answers what has to be proved first, or the attempt itself as passed when only second factors are missing.
 */
const aim = async (
  ctx: Context,
  begun: Attempt,
  choice: Choice,
  values: string,
): Promise<Passed | { readonly attempt: Attempt; readonly factors: readonly AuthFactorType[] }> => {
  const { pool, candidate } = begun
  const targets = targetsNamed(pool, values)
  const hosted = begun.request.surface === 'hosted'
  if (targets.length === 0 && !hosted) throw invalidParameter('None of the requested authentication levels is valid for the user pool.')
  const first = await firstFactors(ctx, begun)
  const { user } = candidate
  // Nobody's token is the one of a name that nobody has, which is refused like any other user's.
  const { proofs, authTime, secondFactor } = await creditOf(ctx, begun, choice)
  const factors = { first, second: user === undefined ? await simulatedSecondFactors(ctx, begun, first) : activeSecondFactors(pool, user) }
  const target = reachableTarget(targets, proofs, factors)
  // Pages sign in as usual where no level can be had (developer guide, "Feature plan requirements" and the login endpoint).
  if (target === undefined && hosted) return { attempt: begun, factors: first }
  if (target === undefined) throw invalidParameter('The user has no factors for any of the requested authentication levels.')
  const owed = stepUp(target.level, proofs, factors)
  // On a page it may be the pool that demands more by now.
  if (owed.kind === 'reached' && !hosted) throw invalidParameter('The access token already meets the requested authentication level.')
  // guess: tokens that step-up issues keep the auth_time of the sign-in that they go on from.
  const attempt = { ...begun, progress: { ...begun.progress, proofs, target, authTime, secondFactor } }
  if (owed.kind === 'first factor') return { attempt, factors: owed.factors }
  // Second factors come next only for somebody who has proved something.
  if (user === undefined) throw invalidSession()
  return { kind: 'passed', user, progress: attempt.progress }
}

/** Begins a choice-based sign-in (USER_AUTH): the preferred challenge when it is available, else SELECT_CHALLENGE. */
export const beginChoice = async (ctx: Context, begun: Attempt, choice: Choice): Promise<Passed | Challenge> => {
  requireSoundChoice(begun, choice)
  const signedUp = choice.session && (await autoSignIn(ctx, begun, choice.session))
  if (signedUp) return signedUp
  const { targetAcrValues } = choice
  const aimed = targetAcrValues
    ? await aim(ctx, begun, choice, targetAcrValues)
    : { attempt: begun, factors: await firstFactors(ctx, begun) }
  if ('kind' in aimed) return aimed
  const available = challengesFor(aimed.factors)
  const preferred = available.find((name) => name === choice.preferred)
  if (preferred === undefined) return issueSelectChallenge(ctx, aimed.attempt, available)
  const outcome = await startFirstFactor(ctx, aimed.attempt, preferred, choice.parameters)
  return outcome.kind === 'challenge' ? { ...outcome, available } : outcome
}
