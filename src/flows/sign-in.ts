import type { Context } from '../context.ts'
import { nextStep, type Proof } from '../domain/challenge.ts'
import type { User } from '../domain/user.ts'
import { invalidParameter, notEnforceable, temporaryPasswordExpired } from '../errors.ts'
import type { ChallengeNameType } from '../model/types.gen.ts'
import { answerNewPasswordRequired, issueNewPasswordRequired } from './challenges/new-password-required.ts'
import { answerPasswordVerifier, issuePasswordVerifier } from './challenges/password-verifier.ts'
import type { OpenClient } from './open-client.ts'
import { passwordFits } from './password-fits.ts'
import { findCandidate, provePassword } from './prove-password.ts'

/** Somebody who has proved everything that pool and client ask for; what tokens are made from. */
export interface Authenticated extends OpenClient {
  readonly user: User
  /** Epoch milliseconds. */
  readonly authTime: number
  readonly proofs: readonly Proof[]
  /** The user has just set a first password (PreTokenGeneration's source differs). */
  readonly newPassword: boolean
}

/** A question that must be answered before anybody is authenticated. */
export interface Challenge {
  readonly kind: 'challenge'
  readonly name: ChallengeNameType
  readonly parameters: Readonly<Record<string, string>>
  /** Absent where the parameters carry the state (PASSWORD_VERIFIER's SECRET_BLOCK). */
  readonly session?: string | undefined
}

/** How one step of a sign-in ends. */
export type SignInResult = Challenge | { readonly kind: 'authenticated'; readonly authenticated: Authenticated }

/** A first factor that begins a sign-in. */
export type FirstFactor =
  | { readonly kind: 'password'; readonly username: string; readonly password: string }
  | { readonly kind: 'srp'; readonly username: string; readonly srpA: string }

const advance = async (
  ctx: Context,
  opened: OpenClient,
  user: User,
  proofs: readonly Proof[],
  newPassword = false,
): Promise<SignInResult> => {
  const { pool, client } = opened
  const step = nextStep(pool, client, user, ctx.clock.now())
  switch (step.kind) {
    case 'not enforceable':
      throw notEnforceable(step.sentence)
    case 'temporary password expired':
      throw temporaryPasswordExpired()
    case 'challenge':
      return { kind: 'challenge', ...(await issueNewPasswordRequired(ctx, opened, user, proofs)) }
    case 'done':
      ctx.triggers.requireNone(pool, 'PostAuthentication')
      return { kind: 'authenticated', authenticated: { ...opened, user, authTime: ctx.clock.now(), proofs, newPassword } }
  }
}

/** Begins a sign-in: every surface enters here. Throws what AWS answers for a wrong password, a locked or disabled user and the like. */
export const beginSignIn = async (ctx: Context, opened: OpenClient, factor: FirstFactor): Promise<SignInResult> => {
  ctx.triggers.requireNone(opened.pool, 'PreAuthentication')
  if (factor.kind === 'srp') {
    return { kind: 'challenge', ...(await issuePasswordVerifier(ctx, opened, factor.username, factor.srpA)) }
  }
  const candidate = await findCandidate(ctx, opened, factor.username, () => ctx.triggers.requireNone(opened.pool, 'UserMigration'))
  const user = await provePassword(ctx, opened, candidate, () => passwordFits(ctx, opened.pool, candidate, factor.password))
  return advance(ctx, opened, user, ['pwd'])
}

/** Answers a challenge and goes on to whatever comes next. */
export const answerChallenge = async (
  ctx: Context,
  opened: OpenClient,
  challenge: ChallengeNameType,
  session: string | undefined,
  responses: Readonly<Record<string, string>>,
): Promise<SignInResult> => {
  switch (challenge) {
    case 'PASSWORD_VERIFIER':
      return advance(ctx, opened, await answerPasswordVerifier(ctx, opened, responses), ['pwd'])
    case 'NEW_PASSWORD_REQUIRED': {
      const { user, proofs } = await answerNewPasswordRequired(ctx, opened, session, responses)
      return advance(ctx, opened, user, proofs, true)
    }
    default:
      throw invalidParameter(`The challenge ${challenge} is not one that this server issues yet.`)
  }
}
