import type { Context } from '../context.ts'
import { configuredFactors } from '../domain/auth-factors.ts'
import { type MadeUpUser, madeUpUser } from '../domain/made-up-user.ts'
import { pagesUsePasskeys } from '../domain/pages-passkeys.ts'
import { activeSecondFactors } from '../domain/second-factor.ts'
import type { MfaFactor } from '../domain/user.ts'
import { lookupName } from '../domain/username.ts'
import { invalidParameter } from '../errors.ts'
import type { AuthFactorType, ChallengeNameType } from '../model/types.gen.ts'
import type { Attempt, Challenge, Passed } from './attempt.ts'
import { issueEmailOtp } from './challenges/email-otp.ts'
import { issuePassword, passPassword } from './challenges/password.ts'
import { issuePasswordSrp } from './challenges/password-srp.ts'
import { issuePasswordVerifier } from './challenges/password-verifier.ts'
import { issueSmsOtp } from './challenges/sms-otp.ts'
import { issueWebAuthn } from './challenges/web-authn.ts'
import { hideBarred } from './hide-barred.ts'
import { openProvable } from './open-provable.ts'

/** The challenges by which a factor can be proved, in the order of AWS's samples. */
const challengesOf: Readonly<Record<AuthFactorType, readonly ChallengeNameType[]>> = {
  PASSWORD: ['PASSWORD_SRP', 'PASSWORD'],
  EMAIL_OTP: ['EMAIL_OTP'],
  SMS_OTP: ['SMS_OTP'],
  WEB_AUTHN: ['WEB_AUTHN'],
  // The model's enumeration has it; no page of the guide lets a user begin with it.
  SOFTWARE_TOKEN: [],
}

/** The challenges of some first factors. */
export const challengesFor = (factors: readonly AuthFactorType[]): ChallengeNameType[] => factors.flatMap((factor) => challengesOf[factor])

/** Whom a name that nobody has seems to belong to, the same each time. */
const standInFor = async (ctx: Context, { pool, candidate: { typed } }: Attempt): Promise<MadeUpUser> => {
  const name = lookupName(pool, typed)
  return madeUpUser(pool, name, await ctx.keyring.fingerprint('fake-salts', pool.uid, `factors/${name}`))
}

/** The second factors that a name which nobody has seems to have, the same each time; they go with a password. */
export const simulatedSecondFactors = async (ctx: Context, attempt: Attempt, first: readonly AuthFactorType[]): Promise<MfaFactor[]> =>
  first.includes('PASSWORD') ? activeSecondFactors(attempt.pool, (await standInFor(ctx, attempt)).user) : []

/** Pages offer no passkeys where browsers would refuse them. */
const usableFactors = (ctx: Context, { pool, request }: Attempt, factors: readonly AuthFactorType[]): AuthFactorType[] => {
  const usesPasskeys = request.surface !== 'hosted' || pagesUsePasskeys(pool, ctx.policy.publicUrl, request.domain)
  return factors.filter((factor) => usesPasskeys || factor !== 'WEB_AUTHN')
}

/**
 * The first factors that somebody who begins a sign-in can choose from; whether there is such a user can't be told from it.
 * guess: a name that nobody has is offered what a made-up user of the pool can sign in with, drawn for the name once and for all: most have
 * everything that the pool allows, some no passkey, password or address, a second factor, or an invitation that they have not answered.
 */
export const firstFactors = async (ctx: Context, attempt: Attempt): Promise<AuthFactorType[]> => {
  const { pool, client, candidate } = attempt
  // Looked for under the stand-in's name too, and made up for known users too, so that both cost the same.
  const [stored, standIn] = await Promise.all([openProvable(ctx, pool.uid, candidate.subject), standInFor(ctx, attempt)])
  const [user, provable] = candidate.user === undefined ? [standIn.user, { ...stored, ...standIn.provable }] : [candidate.user, stored]
  const factors = usableFactors(ctx, attempt, configuredFactors(pool, client, user, provable))
  // Measured on AWS: a temporary password is the only way in.
  return user.status === 'FORCE_CHANGE_PASSWORD' ? factors.filter((factor) => factor === 'PASSWORD') : factors
}

// A right code confirms who is not confirmed yet.
const unlessBarred = (attempt: Attempt): Attempt => hideBarred(attempt, ['not confirmed'])

/** Begins a first factor, or completes it where its parameters bring the password or SRP_A along. */
export const startFirstFactor = async (
  ctx: Context,
  attempt: Attempt,
  name: ChallengeNameType,
  { PASSWORD: password, SRP_A: srpA }: Readonly<Record<string, string>>,
): Promise<Passed | Challenge> => {
  switch (name) {
    case 'PASSWORD':
      return password ? passPassword(ctx, attempt, password) : issuePassword(ctx, attempt)
    case 'PASSWORD_SRP':
      return srpA ? issuePasswordVerifier(ctx, attempt, srpA) : issuePasswordSrp(ctx, attempt)
    case 'EMAIL_OTP':
      return issueEmailOtp(ctx, unlessBarred(attempt))
    case 'SMS_OTP':
      return issueSmsOtp(ctx, unlessBarred(attempt))
    case 'WEB_AUTHN':
      return issueWebAuthn(ctx, unlessBarred(attempt))
    default:
      throw invalidParameter(`${name} is not a first factor.`)
  }
}
