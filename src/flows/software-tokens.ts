import type { Context } from '../context.ts'
import { matchingStep } from '../crypto/totp.ts'
import { encodeBase32 } from '../domain/base32.ts'
import { hour } from '../domain/quotas.ts'
import type { SoftwareToken, User } from '../domain/user.ts'

/** 256 bits: 52 characters, as AWS's. */
const secretSize = 32

/** How long a used code is remembered: longer than it matches, also by a clock that was set back. */
const rememberedFor = hour

/** A new shared secret: the text for the authenticator app, and the token to keep. */
export const newSoftwareToken = async (
  ctx: Context,
  { poolUid, id }: User,
): Promise<{ readonly secretCode: string; readonly token: SoftwareToken }> => {
  const secret = ctx.random.bytes(secretSize)
  return { secretCode: encodeBase32(secret), token: { sealedSecret: await ctx.keyring.seal('totp', poolUid, id, secret) } }
}

/**
 * Whether the typed code is one that the user's app shows now, and uses it up: of all who send the code of one time step, one gets 'fits'
 * (RFC 6238 section 5.2). Guesses must have been charged before.
 */
export const useTokenCode = async (
  ctx: Context,
  { poolUid, id }: User,
  { sealedSecret }: SoftwareToken,
  typed: string,
): Promise<'fits' | 'mismatch' | 'used before'> => {
  const secret = await ctx.keyring.open('totp', poolUid, id, sealedSecret)
  if (secret === undefined) throw new Error(`the software token of user ${id} does not open`)
  const now = ctx.clock.now()
  const step = matchingStep(secret, typed, now)
  if (step === undefined) return 'mismatch'
  // The code too: a token that takes the place of another may be used in the same step.
  const outcome = await ctx.store.spent.spend(ctx.by(), poolUid, `totp/${id}/${step}/${typed}`, now + rememberedFor)
  return outcome === 'first' ? 'fits' : 'used before'
}
