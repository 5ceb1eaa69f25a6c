import type { Context } from '../context.ts'
import { equalText } from '../crypto/constant-time.ts'
import type { Code, CodePurpose } from '../domain/code.ts'
import { newCode } from '../domain/ids.ts'
import { codeLifetimes, guessesPerCode, hour } from '../domain/quotas.ts'
import type { User } from '../domain/user.ts'
import { attemptLimitExceeded, codeExpired, codeMismatch } from '../errors.ts'

const codeDigits = 6

const lifetimeOf = (purpose: CodePurpose): number => {
  if (purpose === 'SignUp') return codeLifetimes.signUp
  return purpose === 'ForgotPassword' ? codeLifetimes.forgotPassword : codeLifetimes.attributeVerification
}

const hashOf = async (ctx: Context, { poolUid, id }: User, purpose: CodePurpose, text: string): Promise<string> =>
  Buffer.from(await ctx.keyring.fingerprint('codes', poolUid, `${purpose}/${id}/${text}`)).toString('base64')

/** A new code for the user: the text to send, and the row to store with whatever else is written. */
export const makeCode = async (
  ctx: Context,
  user: User,
  purpose: CodePurpose,
  target?: Code['target'],
): Promise<{ readonly text: string; readonly code: Code }> => {
  const text = ctx.policy.fixedCode ?? newCode(ctx.random.below, codeDigits)
  return {
    text,
    code: {
      poolUid: user.poolUid,
      userId: user.id,
      purpose,
      id: ctx.random.uuid(),
      hash: await hashOf(ctx, user, purpose, text),
      target,
      expiresAt: ctx.clock.now() + lifetimeOf(purpose),
    },
  }
}

/**
 * Checks a code that somebody typed. The guess is counted before it is looked at, so that parallel guesses can't pass the cap. Throws
 * CodeMismatchException, ExpiredCodeException or LimitExceededException; what it answers must be spent with the change that it allows.
 * Where existence is hidden (`hides`), a user who asked for no code answers as an unknown one does.
 */
export const checkCode = async (ctx: Context, user: User, purpose: CodePurpose, typed: string, hides = false): Promise<Code> => {
  const outcome = await ctx.store.codes.charge(ctx.by(), { poolUid: user.poolUid, userId: user.id, purpose }, guessesPerCode)
  if (outcome === 'none') throw hides ? codeMismatch() : codeExpired()
  if (outcome === 'exhausted') throw hides ? codeMismatch() : attemptLimitExceeded()
  if (!equalText(outcome.hash, await hashOf(ctx, user, purpose, typed))) throw codeMismatch()
  if (ctx.clock.now() >= outcome.expiresAt) throw codeExpired()
  return outcome
}

/** Takes one from an hourly allowance of the user; throws LimitExceededException when it is used up (quotas page). */
export const takeFromAllowance = async (ctx: Context, poolUid: string, subject: string, kind: string, limit: number): Promise<void> => {
  const granted = await ctx.store.quotas.take(ctx.by(), { poolUid, subject, kind }, { limit, window: hour })
  if (!granted) throw attemptLimitExceeded()
}
