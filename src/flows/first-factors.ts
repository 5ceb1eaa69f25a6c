import type { Context } from '../context.ts'
import { allowedFirstFactors, configuredFactors, hasMultiFactorPasskeys, offersFirstFactors } from '../domain/auth-factors.ts'
import { pagesUsePasskeys } from '../domain/pages-passkeys.ts'
import { offersFactor } from '../domain/second-factor.ts'
import type { MfaFactor } from '../domain/user.ts'
import { isEmail, isPhoneNumber, lookupName } from '../domain/username.ts'
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

/** The same for the same name for ever, and unknown to everybody else. */
const noiseOf = (ctx: Context, { pool, candidate: { typed } }: Attempt): Promise<Uint8Array> =>
  ctx.keyring.fingerprint('fake-salts', pool.uid, `factors/${lookupName(pool, typed)}`)

/**
 * What is offered for a name that nobody has: the factors of the pool that a user of such a name may have, the same each time.
 * guess: of the names that nobody has, half are offered a passkey where the pool allows them, and all of them the codes that fit the form of
 * the name.
 */
const simulatedFactors = async (ctx: Context, attempt: Attempt): Promise<AuthFactorType[]> => {
  const { pool, client, candidate } = attempt
  const name = lookupName(pool, candidate.typed)
  const [noise = 0] = await noiseOf(ctx, attempt)
  const mayHave: Record<AuthFactorType, boolean> = {
    PASSWORD: true,
    EMAIL_OTP: pool.MfaConfiguration !== 'ON' && !isPhoneNumber(name),
    SMS_OTP: pool.MfaConfiguration !== 'ON' && !isEmail(name),
    WEB_AUTHN: (pool.MfaConfiguration !== 'ON' || hasMultiFactorPasskeys(pool)) && noise % 2 === 0,
    SOFTWARE_TOKEN: false,
  }
  return allowedFirstFactors(pool).filter((factor) => mayHave[factor] && (factor === 'PASSWORD' || offersFirstFactors(client)))
}

/**
 * The second factors that a name which nobody has seems to have, the same each time: a software token or none, and none beside first factors
 * that users with a second one are not offered.
 */
export const simulatedSecondFactors = async (ctx: Context, attempt: Attempt, first: readonly AuthFactorType[]): Promise<MfaFactor[]> => {
  const { pool } = attempt
  const [, noise = 0] = await noiseOf(ctx, attempt)
  const fits = first.every((factor) => factor === 'PASSWORD' || (factor === 'WEB_AUTHN' && hasMultiFactorPasskeys(pool)))
  return fits && offersFactor(pool, 'SOFTWARE_TOKEN_MFA') && noise % 2 === 0 ? ['SOFTWARE_TOKEN_MFA'] : []
}

/** Pages offer no passkeys where browsers would refuse them. */
const usableFactors = (ctx: Context, { pool, request }: Attempt, factors: readonly AuthFactorType[]): AuthFactorType[] => {
  const usesPasskeys = request.surface !== 'hosted' || pagesUsePasskeys(pool, ctx.policy.publicUrl, request.domain)
  return factors.filter((factor) => usesPasskeys || factor !== 'WEB_AUTHN')
}

/** The first factors that somebody who begins a sign-in can choose from; whether there is such a user can't be told from it. */
export const firstFactors = async (ctx: Context, attempt: Attempt): Promise<AuthFactorType[]> => {
  const { pool, client, candidate } = attempt
  // Looked for under the stand-in's name too, so that an unknown user costs the same.
  const provable = await openProvable(ctx, pool.uid, candidate.subject)
  if (candidate.user === undefined) return usableFactors(ctx, attempt, await simulatedFactors(ctx, attempt))
  const factors = usableFactors(ctx, attempt, configuredFactors(pool, client, candidate.user, provable))
  // Measured on AWS: a temporary password is the only way in.
  return candidate.user.status === 'FORCE_CHANGE_PASSWORD' ? factors.filter((factor) => factor === 'PASSWORD') : factors
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
