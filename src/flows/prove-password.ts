import type { Context } from '../context.ts'
import { hidesUserExistence } from '../domain/app-client.ts'
import { type StatusRefusal, statusRefusal, tellsStatusFirst } from '../domain/challenge.ts'
import { subjectOf } from '../domain/subject.ts'
import type { User } from '../domain/user.ts'
import { longestUsername } from '../domain/username.ts'
import { type CognitoError, incorrectCredentials, passwordResetRequired, userDisabled, userNotConfirmed, userNotFound } from '../errors.ts'
import { behindLockOut } from './behind-lock-out.ts'
import { failedProof } from './failed-proof.ts'
import { findUser } from './find-user.ts'
import { lockoutSubject } from './lockout-subject.ts'
import type { OpenClient } from './open-client.ts'

/** Somebody who wants to sign in: a user, or a name that no user has, on a client that must not tell. */
export interface Candidate {
  /** The name as it was typed. */
  readonly typed: string
  readonly user: User | undefined
  /** Whom failures are counted against: the user's id, or the unknown name. */
  readonly subject: string
}

/** Finds who wants to sign in; throws UserNotFoundException only where the client may tell. */
export const findCandidate = async (ctx: Context, { pool, client }: OpenClient, typed: string): Promise<Candidate> => {
  const user = await findUser(ctx, pool, typed)
  if (user === undefined && !hidesUserExistence(client)) throw userNotFound()
  // Nobody has such a name, so saying so at once tells nothing.
  if (typed.length > longestUsername) throw incorrectCredentials()
  return { typed, user, subject: subjectOf(pool, user, typed) }
}

const refusal = (reason: StatusRefusal, hides: boolean): CognitoError => {
  if (reason === 'disabled') return userDisabled()
  if (reason === 'not confirmed') return userNotConfirmed()
  return hides ? incorrectCredentials() : passwordResetRequired()
}

/** Throws what the user's state says about signing in, unless it is `tolerated`. */
export const requireSignInStatus = ({ client }: OpenClient, user: User, tolerated: readonly StatusRefusal[] = []): void => {
  const reason = statusRefusal(user)
  if (reason !== undefined && !tolerated.includes(reason)) throw refusal(reason, hidesUserExistence(client))
}

/** Puts something to the test between two looks at the user's state; undefined when it failed. */
const judged = async (
  ctx: Context,
  opened: OpenClient,
  { user, subject }: Candidate,
  guarded: (work: () => Promise<boolean>) => Promise<boolean>,
  prove: () => Promise<boolean>,
  tolerated: readonly StatusRefusal[] = [],
): Promise<{ readonly proved: boolean; readonly current: User | undefined }> => {
  if (user !== undefined && tellsStatusFirst(opened.client)) requireSignInStatus(opened, user, tolerated)
  let current: User | undefined
  const proved = await guarded(async () => {
    // Read again, because the gate may have taken time, and before the credential: should the password change meanwhile, the proof of
    // the old one ends in tokens of an old generation, which are dead. An unknown user costs the same.
    current = await ctx.store.users.byId(opened.pool.uid, subject)
    return prove()
  })
  if (proved && current !== undefined) requireSignInStatus(opened, current, tolerated)
  return { proved, current }
}

/**
 * The one place where a password, or a proof of it, is put to the test: behind the gate, the lock-out and the user's state, for every
 * flow. `prove` must take as long for an unknown user as for a known one. Throws NotAuthorizedException, or what the state says unless it is
 * `tolerated`.
 */
export const provePassword = async (
  ctx: Context,
  opened: OpenClient,
  candidate: Candidate,
  prove: () => Promise<boolean>,
  tolerated?: readonly StatusRefusal[],
): Promise<User> => {
  const key = { poolUid: opened.pool.uid, subject: lockoutSubject(ctx, candidate.user, candidate.subject), kind: 'password' }
  const { proved, current } = await judged(ctx, opened, candidate, (work) => behindLockOut(ctx, key, work), prove, tolerated)
  if (!proved || current === undefined) throw failedProof(incorrectCredentials(), current)
  return current
}

/** The same for a passkey, whose signature nobody guesses: behind the gate alone, so that nobody is locked out by somebody's junk. */
export const provePasskey = async (
  ctx: Context,
  opened: OpenClient,
  candidate: Candidate,
  prove: () => Promise<boolean>,
): Promise<User> => {
  const gate = `${opened.pool.uid}/${candidate.subject}/passkey`
  const { proved, current } = await judged(ctx, opened, candidate, (work) => ctx.passwordGate.enter(gate, work), prove)
  if (!proved || current === undefined) throw incorrectCredentials()
  return current
}
