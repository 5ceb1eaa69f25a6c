import type { Context } from '../context.ts'
import { equalText } from '../crypto/constant-time.ts'
import type { Code, CodePurpose } from '../domain/code.ts'
import { newCode } from '../domain/ids.ts'
import { codeLifetimes, guessesPerCode, hour } from '../domain/quotas.ts'
import type { Recipient } from '../domain/recipient.ts'
import type { User } from '../domain/user.ts'
import { attemptLimitExceeded, type CognitoError, codeExpired, codeMismatch } from '../errors.ts'

const codeDigits = 6

const lifetimeOf = (purpose: CodePurpose): number => {
  if (purpose === 'SignUp') return codeLifetimes.signUp
  return purpose === 'ForgotPassword' ? codeLifetimes.forgotPassword : codeLifetimes.attributeVerification
}

type CodeHolder = Pick<User, 'poolUid' | 'id'>

const hashOf = async (ctx: Context, { poolUid, id }: CodeHolder, purpose: CodePurpose, text: string): Promise<string> =>
  Buffer.from(await ctx.keyring.fingerprint('codes', poolUid, `${purpose}/${id}/${text}`)).toString('base64')

/** A new code for the user: the text to send, and the row to store with whatever else is written. */
export const makeCode = async (
  ctx: Context,
  user: CodeHolder,
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

/** A new code for an address of the user's, stored in the place of an earlier one for the same purpose; answers its text. */
export const storeCode = async (
  ctx: Context,
  user: CodeHolder,
  purpose: CodePurpose,
  { attribute, destination }: Pick<Recipient, 'attribute' | 'destination'>,
): Promise<string> => {
  const { text, code } = await makeCode(ctx, user, purpose, { attribute, value: destination })
  await ctx.store.codes.put(ctx.by(), code)
  return text
}

/**
 * Does what storing or charging a code costs, for a name whose existence is hidden: an answer that comes sooner would tell. The row that
 * it leaves, one for each pool and purpose, is nobody's.
 */
export const pretendCode = async (ctx: Context, poolUid: string, purpose: CodePurpose): Promise<void> => {
  const { code } = await makeCode(ctx, { poolUid, id: 'nobody' }, purpose)
  await ctx.store.codes.put(ctx.by(), code)
}

/**
 * Checks a code that somebody typed. The try is counted before it is looked at, so that parallel guesses can't pass the cap. Throws
 * CodeMismatchException, ExpiredCodeException or LimitExceededException; what it answers must be spent with the change that it allows.
 * Where existence is hidden (`hides`), whoever has no code that can be guessed answers as an unknown user does.
 */
export const checkCode = async (ctx: Context, user: CodeHolder, purpose: CodePurpose, typed: string, hides = false): Promise<Code> => {
  const outcome = await ctx.store.codes.charge(ctx.by(), { poolUid: user.poolUid, userId: user.id, purpose }, guessesPerCode)
  if (outcome === 'none' || outcome === 'exhausted') {
    if (!hides) throw outcome === 'none' ? codeExpired() : attemptLimitExceeded()
    await pretendCode(ctx, user.poolUid, purpose)
    throw codeMismatch()
  }
  if (!equalText(outcome.hash, await hashOf(ctx, user, purpose, typed))) throw codeMismatch()
  if (ctx.clock.now() >= outcome.expiresAt) throw codeExpired()
  return outcome
}

/** Takes one from an hourly allowance of the user; throws LimitExceededException, or the given error, when it is used up (quotas page). */
export const takeFromAllowance = async (
  ctx: Context,
  poolUid: string,
  subject: string,
  kind: string,
  limit: number,
  refusal: () => CognitoError = attemptLimitExceeded,
): Promise<void> => {
  const granted = await ctx.store.quotas.take(ctx.by(), { poolUid, subject, kind }, { limit, window: hour })
  if (granted) return
  ctx.meter.count('caps', { kind })
  throw refusal()
}
