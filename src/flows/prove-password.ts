import type { Context } from '../context.ts'
import { hidesUserExistence } from '../domain/app-client.ts'
import { type StatusRefusal, statusRefusal, tellsStatusFirst } from '../domain/challenge.ts'
import { failuresForgottenAfter, lockedUntil } from '../domain/lockout.ts'
import type { User } from '../domain/user.ts'
import { longestUsername, lookupName } from '../domain/username.ts'
import {
  type CognitoError,
  incorrectCredentials,
  passwordAttemptsExceeded,
  passwordResetRequired,
  userDisabled,
  userNotConfirmed,
  userNotFound,
} from '../errors.ts'
import { findUser } from './find-user.ts'
import type { OpenClient } from './open-client.ts'

/** Somebody who wants to sign in: a user, or a name that no user has, on a client that must not tell. */
export interface Candidate {
  /** The name as it was typed. */
  readonly typed: string
  readonly user: User | undefined
  /** What failures are counted against: the user's id, or the unknown name. */
  readonly subject: string
}

/** Finds who wants to sign in; throws UserNotFoundException, or what `whenUnknown` throws, only where the client may tell. */
export const findCandidate = async (
  ctx: Context,
  { pool, client }: OpenClient,
  typed: string,
  whenUnknown: () => void = () => {},
): Promise<Candidate> => {
  const user = await findUser(ctx, pool, typed)
  if (user === undefined && !hidesUserExistence(client)) {
    whenUnknown()
    throw userNotFound()
  }
  // Nobody has such a name, so saying so at once tells nothing.
  if (typed.length > longestUsername) throw incorrectCredentials()
  return { typed, user, subject: user?.id ?? `name:${lookupName(pool, typed)}` }
}

const refusal = (reason: StatusRefusal, hides: boolean): CognitoError => {
  if (reason === 'disabled') return userDisabled()
  if (reason === 'not confirmed') return userNotConfirmed()
  return hides ? incorrectCredentials() : passwordResetRequired()
}

/** Throws what the user's state says about signing in. */
export const requireSignInStatus = ({ client }: OpenClient, user: User): void => {
  const reason = statusRefusal(user)
  if (reason !== undefined) throw refusal(reason, hidesUserExistence(client))
}

/**
 * The one place where a password, or a proof of it, is put to the test: behind the gate, the lock-out and the user's state, for every
 * flow. `prove` must take as long for an unknown user as for a known one. Throws NotAuthorizedException, or what the state says.
 */
export const provePassword = async (
  ctx: Context,
  opened: OpenClient,
  { user, subject }: Candidate,
  prove: () => Promise<boolean>,
): Promise<User> => {
  const { pool, client } = opened
  if (user !== undefined && tellsStatusFirst(client)) requireSignInStatus(opened, user)
  const key = { poolUid: pool.uid, subject, kind: 'password' }
  const proved = await ctx.passwordGate.enter(`${pool.uid}/${subject}`, async () => {
    // Read again, because the gate may have taken time, and before the credential: should the password change meanwhile, the proof of
    // the old one ends in tokens of an old generation, which are dead. An unknown user costs the same.
    const now = await ctx.store.users.byId(pool.uid, subject)
    const attempts = await ctx.store.attempts.read(pool.uid, subject, key.kind)
    if (attempts !== undefined && ctx.clock.now() < lockedUntil(attempts.failures, attempts.lastAt)) throw passwordAttemptsExceeded()
    const fits = await prove()
    if (!fits) await ctx.store.attempts.fail(ctx.by(), key, failuresForgottenAfter)
    else if (attempts !== undefined) await ctx.store.attempts.clear(ctx.by(), key)
    return fits ? now : undefined
  })
  if (proved === undefined) throw incorrectCredentials()
  requireSignInStatus(opened, proved)
  return proved
}
