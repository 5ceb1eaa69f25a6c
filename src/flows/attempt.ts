import type { Context } from '../context.ts'
import { allowedFlows } from '../domain/app-client-config.ts'
import type { StatusRefusal } from '../domain/challenge.ts'
import { presentedDeviceKey } from '../domain/device.ts'
import type { Progress } from '../domain/progress.ts'
import { subjectOf } from '../domain/subject.ts'
import type { User } from '../domain/user.ts'
import type { PoolDomain } from '../domain/user-pool.ts'
import { longestUsername, lookupName } from '../domain/username.ts'
import { flowNotEnabled, invalidSession, missingParameter } from '../errors.ts'
import type { ChallengeNameType } from '../model/types.gen.ts'
import { type ChallengeSession, openSession, sealSession } from './challenge-session.ts'
import { findUser } from './find-user.ts'
import { hideBarred } from './hide-barred.ts'
import type { OpenClient } from './open-client.ts'
import { type Candidate, requireSignInStatus } from './prove-password.ts'

/** What came with the request of one step of a sign-in, besides the answer itself. */
export interface SignInRequest {
  /** Anybody, a server with an access key, or a page of ours. */
  readonly surface: 'public' | 'admin' | 'hosted'
  /** Where the page is; undefined at the server's own address. */
  readonly domain?: PoolDomain | undefined
  /** For triggers; each step has its own. */
  readonly clientMetadata?: Readonly<Record<string, string>> | undefined
  /** What the application tells of the person's browser (UserContextData.EncodedData, ContextData). */
  readonly context?:
    | { readonly ip?: string | undefined; readonly encodedData?: string | undefined; readonly userAgent?: string | undefined }
    | undefined
}

/** A sign-in under way. `candidate.user` is undefined for a name that nobody has, on a client that hides that. */
export interface Attempt extends OpenClient {
  readonly candidate: Candidate
  readonly progress: Progress
  readonly request: SignInRequest
}

/** A sign-in of somebody who is known to exist, because a first factor was proved. */
export interface KnownAttempt extends Attempt {
  readonly user: User
}

/** A question that must be answered before anybody is authenticated. */
export interface Challenge {
  readonly kind: 'challenge'
  readonly name: ChallengeNameType
  readonly parameters: Readonly<Record<string, string>>
  /** Absent where the parameters alone carry the state (the SECRET_BLOCK of USER_SRP_AUTH). */
  readonly session?: string | undefined
  /** The first factors that the user may choose from (USER_AUTH). */
  readonly available?: readonly ChallengeNameType[] | undefined
}

/** An answer to a challenge, as it came. */
export interface Answer {
  readonly session: string | undefined
  readonly responses: Readonly<Record<string, string>>
  readonly request: SignInRequest
}

/** A challenge that was answered rightly: who did it, and what the sign-in has reached with it. */
export interface Passed {
  readonly kind: 'passed'
  readonly user: User
  readonly progress: Progress
}

/** An entry of ChallengeResponses; throws InvalidParameterException when it is absent or empty. */
export const requiredResponse = ({ responses }: Pick<Answer, 'responses'>, name: string): string => {
  const value = responses[name]
  if (!value) throw missingParameter(name)
  return value
}

/** The `Session` in which the attempt waits for the answer to a challenge, with what that challenge alone has to remember. */
export const sealAttempt = (ctx: Context, attempt: Attempt, challenge: string, data?: ChallengeSession['data']): Promise<string> => {
  const { candidate, client, progress } = attempt
  return sealSession(ctx, client, {
    id: ctx.random.uuid(),
    typed: candidate.typed,
    userId: candidate.user?.id,
    generation: candidate.user?.generation ?? 0,
    challenge,
    madeAt: ctx.clock.now(),
    progress,
    data,
  })
}

/**
 * Throws InvalidParameterException when the app client has lost the flow that the sign-in began with.
 * guess: a sign-in whose flow is taken from the app client while it is under way is refused like one that begins then.
 */
export const requireFlow = ({ client }: Pick<OpenClient, 'client'>, { allowedBy }: Pick<Progress, 'allowedBy'>): void => {
  if (allowedBy !== undefined && !allowedFlows(client).has(allowedBy)) throw flowNotEnabled(allowedBy)
}

/**
 * The session on the device that the answer names, where no earlier step named one: applications may learn only from the first challenge
 * whose device to look for (API_RespondToAuthChallenge, "Include a DEVICE_KEY").
 */
const withDevice = (session: ChallengeSession, { responses }: Answer): ChallengeSession => {
  const deviceKey = session.progress.deviceKey || presentedDeviceKey(responses['DEVICE_KEY'])
  return { ...session, progress: { ...session.progress, deviceKey } }
}

const hasProved = ({ proofs, customDone }: Progress): boolean => proofs.length > 0 || customDone === true

/**
 * The attempt that waits in a `Session` for the answer to one of the challenges: of this client, in time, its user still the same and free
 * to sign in (states that the challenge mends, or judges itself, are `tolerated`), and named by the answer. Throws NotAuthorizedException, or
 * what the user's state says; who has proved nothing goes on as nobody where existence is hidden. Does not spend the session.
 */
export const openAttempt = async (
  ctx: Context,
  opened: OpenClient,
  challenges: readonly string[],
  answer: Answer,
  tolerated: readonly StatusRefusal[] = [],
): Promise<{ readonly session: ChallengeSession; readonly attempt: Attempt }> => {
  const { pool } = opened
  const username = requiredResponse(answer, 'USERNAME')
  const session = withDevice(await openSession(ctx, opened.client, challenges, answer.session), answer)
  requireFlow(opened, session.progress)
  // A stand-in is looked for too, so that a name that nobody has costs the same.
  const user = await ctx.store.users.byId(pool.uid, session.userId ?? 'nobody')
  if (session.userId !== undefined && (user === undefined || user.generation !== session.generation)) throw invalidSession()
  if (!(await isNamed(ctx, opened, session, user, username))) throw invalidSession()
  const candidate: Candidate = { typed: session.typed, user, subject: subjectOf(pool, user, session.typed) }
  const attempt: Attempt = { ...opened, candidate, progress: session.progress, request: answer.request }
  if (!hasProved(session.progress)) return { session, attempt: hideBarred(attempt, tolerated) }
  if (user !== undefined) requireSignInStatus(opened, user, tolerated)
  return { session, attempt }
}

/** Whether the answer names whom the session was made for: by what was typed, by the `sub`, or by any name that signs the user in. */
const isNamed = async (
  ctx: Context,
  { pool }: OpenClient,
  session: ChallengeSession,
  user: User | undefined,
  username: string,
): Promise<boolean> => {
  if (username.length > longestUsername) return false
  if (lookupName(pool, session.typed) === lookupName(pool, username) || user?.id === username) return true
  return user !== undefined && (await findUser(ctx, pool, username))?.id === user.id
}

/** The same, of a challenge that only somebody who has proved a first factor gets. */
export const openKnownAttempt = async (
  ctx: Context,
  opened: OpenClient,
  challenge: string,
  answer: Answer,
  tolerated?: readonly StatusRefusal[],
): Promise<{ readonly session: ChallengeSession; readonly attempt: KnownAttempt }> => {
  const { session, attempt } = await openAttempt(ctx, opened, [challenge], answer, tolerated)
  const { user } = attempt.candidate
  if (user === undefined || !hasProved(session.progress)) throw invalidSession()
  return { session, attempt: { ...attempt, user } }
}
