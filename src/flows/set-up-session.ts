import type { Context } from '../context.ts'
import { decodeBase64Url } from '../crypto/base64url.ts'
import type { MfaFactor, SoftwareToken } from '../domain/user.ts'
import { invalidSession, sessionExpired } from '../errors.ts'
import { type Answer, type KnownAttempt, openKnownAttempt, sealAttempt } from './attempt.ts'
import { type ChallengeSession, longestSession, openSession } from './challenge-session.ts'
import { findClient, type OpenClient } from './open-client.ts'

const challenge = 'MFA_SETUP'
const separator = '.'

/** How far the set-up of a second factor in the middle of a sign-in has come. */
export interface SetUp {
  readonly factors: readonly MfaFactor[]
  /** Handed out by AssociateSoftwareToken; waits for its first code. */
  readonly pendingToken?: SoftwareToken | undefined
  /** When the challenge was issued, epoch ms: asking for another secret does not prolong it for ever. */
  readonly since?: number | undefined
  /** VerifySoftwareToken has seen that code, and the user has the token. */
  readonly verified?: true | undefined
}

/** An MFA_SETUP session with everything that it stands for. */
export interface OpenedSetUp {
  readonly opened: OpenClient
  readonly session: ChallengeSession
  readonly attempt: KnownAttempt
  readonly setUp: SetUp
}

/** The session of an MFA_SETUP challenge; it names its app client, because AssociateSoftwareToken and VerifySoftwareToken don't. */
export const sealSetUp = async (
  ctx: Context,
  attempt: KnownAttempt,
  { factors, pendingToken, since = ctx.clock.now(), verified }: SetUp,
): Promise<string> => {
  const token = pendingToken === undefined ? {} : { pendingToken: { sealedSecret: pendingToken.sealedSecret } }
  const session = await sealAttempt(ctx, attempt, challenge, { factors: [...factors], since, ...token, ...(verified ? { verified } : {}) })
  return session + separator + Buffer.from(attempt.client.ClientId, 'utf8').toString('base64url')
}

const parts = (text: string | undefined): { session: string; clientId: string } => {
  const [session = '', locator = ''] = (text ?? '').split(separator)
  return { session, clientId: decodeBase64Url(locator)?.toString('utf8') ?? '' }
}

const setUpOf = ({ data }: ChallengeSession): SetUp => data as unknown as SetUp

/** The set-up that an answer to MFA_SETUP goes on with; throws NotAuthorizedException or what the user's state says. */
export const openAnsweredSetUp = async (ctx: Context, opened: OpenClient, answer: Answer): Promise<OpenedSetUp> => {
  const session = answer.session && parts(answer.session).session
  const known = await openKnownAttempt(ctx, opened, challenge, { ...answer, session })
  const setUp = setUpOf(known.session)
  if (ctx.clock.now() >= (setUp.since ?? 0) + longestSession) throw sessionExpired()
  return { opened, ...known, setUp }
}

/** The same for an operation that names neither app client nor user: the session alone must do. */
export const openSetUp = async (ctx: Context, text: string): Promise<OpenedSetUp> => {
  const { session, clientId } = parts(text)
  const opened = await findClient(ctx, clientId)
  if (opened === undefined) throw invalidSession()
  const { typed } = await openSession(ctx, opened.client, [challenge], session)
  const answer: Answer = { session: text, responses: { USERNAME: typed }, request: { surface: 'public' } }
  return openAnsweredSetUp(ctx, opened, answer)
}
