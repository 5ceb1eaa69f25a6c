import type { Context } from '../context.ts'
import type { ChallengeData } from '../domain/progress.ts'
import type { Medium } from '../domain/recipient.ts'
import type { User } from '../domain/user.ts'
import { CognitoError, invalidSession, sessionExpired } from '../errors.ts'
import type { Attempt, Passed, SignInRequest } from './attempt.ts'
import { type ChallengeSession, longestSession, openSession, sealSession, spendSession } from './challenge-session.ts'
import type { OpenClient } from './open-client.ts'
import { type Candidate, requireSignInStatus } from './prove-password.ts'

const sealed = (
  ctx: Context,
  { client }: OpenClient,
  user: User,
  challenge: 'SIGN_UP' | 'AUTO_SIGN_IN' | 'PAGE_SIGN_UP',
  data?: ChallengeData,
): Promise<string> =>
  sealSession(ctx, client, {
    id: ctx.random.uuid(),
    typed: user.username,
    userId: user.id,
    generation: user.generation,
    challenge,
    madeAt: ctx.clock.now(),
    progress: { flow: 'choice', proofs: [] },
    data,
  })

/** The `Session` of a sign-up, for its confirmation. */
export const signUpSession = (ctx: Context, opened: OpenClient, user: User): Promise<string> => sealed(ctx, opened, user, 'SIGN_UP')

/** The `Session` of a confirmation, with which the user may sign in at once: the code that came by `medium` proved an address. */
export const autoSignInSession = (ctx: Context, opened: OpenClient, user: User, medium: Medium): Promise<string> =>
  sealed(ctx, opened, user, 'AUTO_SIGN_IN', { medium })

/**
 * Whose sign-up the `Session` stands for; throws NotAuthorizedException for one that this client was not given for a sign-up.
 * guess: a sign-up's Session that has expired does not keep its user from confirming, and undefined stands for anybody.
 */
export const openSignUpSession = async (ctx: Context, { client }: OpenClient, text: string | undefined): Promise<string | undefined> => {
  if (text === undefined) return undefined
  try {
    const { userId } = await openSession(ctx, client, ['SIGN_UP'], text)
    if (userId === undefined) throw invalidSession()
    return userId
  } catch (error) {
    if (error instanceof CognitoError && error.message === sessionExpired().message) return undefined
    throw error
  }
}

/**
 * What the browser keeps that has just signed somebody up on a page, to sign them in once they have confirmed: it stands for the password
 * that was set. Undefined for a user without one.
 * guess: whoever signs up on a page and confirms there within 15 minutes is not asked for the password again.
 */
export const sealPageSignUp = async (ctx: Context, opened: OpenClient, user: User): Promise<string | undefined> => {
  const credential = await ctx.store.users.credential(user.poolUid, user.id)
  return credential && sealed(ctx, opened, user, 'PAGE_SIGN_UP', { salt: credential.salt })
}

/** Good for 15 minutes, whatever the client's AuthSessionValidity; throws NotAuthorizedException once the password is another one, even where changing it spares sign-ins. */
const openPageSignUp = async (
  ctx: Context,
  { client, pool }: OpenClient,
  text: string,
): Promise<{ readonly session: ChallengeSession; readonly user: User }> => {
  const session = await openSession(ctx, client, ['PAGE_SIGN_UP'], text, longestSession)
  const user = session.userId === undefined ? undefined : await ctx.store.users.byId(pool.uid, session.userId)
  if (user === undefined || user.generation !== session.generation) throw invalidSession()
  const credential = await ctx.store.users.credential(pool.uid, user.id)
  if (credential === undefined || credential.salt !== session.data?.['salt']) throw invalidSession()
  return { session, user }
}

/** Whose sign-up on a page the text stands for; throws NotAuthorizedException, and always where no page of ours asks. */
export const findSignedUp = async (ctx: Context, opened: OpenClient, text: string, { surface }: SignInRequest): Promise<Candidate> => {
  if (surface !== 'hosted') throw invalidSession()
  const { user } = await openPageSignUp(ctx, opened, text)
  return { typed: user.username, user, subject: user.id }
}

/** Signs in, once, with what a sign-up on a page left in the browser; throws NotAuthorizedException, or what the user's state says. */
export const passPageSignUp = async (ctx: Context, attempt: Attempt, text: string): Promise<Passed> => {
  const { session, user } = await openPageSignUp(ctx, attempt, text)
  requireSignInStatus(attempt, user)
  await spendSession(ctx, attempt.client, session)
  return { kind: 'passed', user, progress: { ...attempt.progress, proofs: ['pwd'] } }
}
