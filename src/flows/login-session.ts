import type { Context } from '../context.ts'
import { ssoSessionId } from '../crypto/sso-session-id.ts'
import { nextStep, statusRefusal } from '../domain/challenge.ts'
import type { PagesVersion } from '../domain/pages-version.ts'
import type { Proof } from '../domain/progress.ts'
import { activeSecondFactors } from '../domain/second-factor.ts'
import { clientSessionSettings, mostSsoSessions, tracksSessions } from '../domain/session-settings.ts'
import { reachableTarget, targetsNamed } from '../domain/step-up.ts'
import type { User } from '../domain/user.ts'
import type { UserPool } from '../domain/user-pool.ts'
import type { KnownAttempt, SignInRequest } from './attempt.ts'
import { firstFactors } from './first-factors.ts'
import type { OpenClient } from './open-client.ts'
import { isBlockedAddress } from './risk.ts'
import type { Authenticated } from './sign-in.ts'
import { endLogin, loginHolder, touchLogin } from './sso-session.ts'
import { sessionBeginning } from './user-sessions.ts'

/** What the cookie of a browser says in which somebody signed in on a page: enough to sign in again without being asked. */
export interface LoginSession {
  /** What ends it when it is revoked; carries the user's generation. */
  readonly originId: string
  readonly userId: string
  readonly generation: number
  /** When the user last proved who they are, epoch milliseconds; using the session does not move it. */
  readonly authTime: number
  /** When the browser's first sign-in of the session was. */
  readonly createdAt: number
  readonly expiresAt: number
  /** It is listed among the user's sessions. */
  readonly listed?: true | undefined
  readonly proofs: readonly Proof[]
  readonly secondFactor?: true | undefined
  /** The pool's own challenges were passed. */
  readonly customDone?: true | undefined
  /** The app clients, by their ids, that will be told when it ends: the newest last. */
  readonly clientIds?: readonly string[] | undefined
}

/** A login session that is good at this moment, and whose it is. */
export interface OpenedLogin {
  readonly session: LoginSession
  readonly user: User
}

/** How long a browser stays signed in where the app client says nothing, ms (developer guide, "User pool managed login"). */
const usualValidity = 3_600_000

/** How old a login session may be for the client to take it; sessions of pools that are not tracked last an hour, and no client says otherwise. */
const validityFor = ({ pool, client }: OpenClient): number =>
  tracksSessions(pool) ? clientSessionSettings(client).MaxValidityMinutes * 60_000 : usualValidity

// Switching between classic pages and managed login ends sessions, as on AWS.
const entity = (version: PagesVersion) => `login/${version}`

/** A login session, and the sealed text for its cookie. */
export interface SealedLogin {
  readonly session: LoginSession
  readonly sealed: string
}

const seal = async (ctx: Context, pool: UserPool, session: LoginSession, version: PagesVersion): Promise<SealedLogin> => {
  const plain = Buffer.from(JSON.stringify(session), 'utf8')
  return { session, sealed: await ctx.keyring.seal('sessions', pool.uid, entity(version), plain) }
}

/** A cookie has some 4,000 bytes. */
const mostClients = 25

/** The clients of a session with one more, where that wants to be told of its end. */
const withClient = (
  { policy }: Context,
  clientIds: readonly string[] | undefined,
  { client }: OpenClient,
): readonly string[] | undefined =>
  policy.backchannelLogout.has(client.ClientId) && !clientIds?.includes(client.ClientId)
    ? [...(clientIds ?? []), client.ClientId].slice(-mostClients)
    : clientIds

/** The session with an app client that takes part in it from now on; undefined where nothing has to be kept of that. */
export const joinLoginSession = async (
  ctx: Context,
  opened: OpenClient,
  session: LoginSession,
  version: PagesVersion,
): Promise<SealedLogin | undefined> => {
  const clientIds = withClient(ctx, session.clientIds, opened)
  return clientIds === session.clientIds ? undefined : seal(ctx, opened.pool, { ...session, clientIds }, version)
}

/**
 * A login session of somebody who has just signed in, and the sealed text for the cookie; the same session as `before`, which the browser has
 * already, where that is the user's own. guess: a login session lives for an hour, or as long as the app client of one of its sign-ins takes
 * it where that is longer, also for other clients that would take it for longer.
 */
export const newLoginSession = async (
  ctx: Context,
  { pool, client, user, authTime, proofs, secondFactor, customDone }: Authenticated,
  version: PagesVersion,
  before?: LoginSession,
): Promise<SealedLogin> => {
  const known = before?.userId === user.id && before.generation === user.generation ? before : undefined
  const session: LoginSession = {
    originId: known?.originId ?? (await ctx.keyring.sealOriginId(pool.uid, loginHolder, user.generation)),
    userId: user.id,
    generation: user.generation,
    authTime,
    createdAt: known?.createdAt ?? ctx.clock.now(),
    // Never before the cookie that the browser has: a copy of that would outlive the list, and the revocation too.
    expiresAt: Math.max(known?.expiresAt ?? 0, authTime + Math.max(usualValidity, validityFor({ pool, client }))),
    listed: tracksSessions(pool) ? true : undefined,
    proofs,
    secondFactor,
    customDone,
    clientIds: withClient(ctx, known?.clientIds, { pool, client }),
  }
  return seal(ctx, pool, session, version)
}

/** Lists a new login session as an SSO session, where the pool tracks sessions. */
export const listLoginSession = async (ctx: Context, authenticated: Authenticated, session: LoginSession): Promise<void> => {
  if (!session.listed) return
  const { originId, userId, createdAt, expiresAt } = session
  const { pool, client } = authenticated
  const listed = {
    poolUid: pool.uid,
    userId,
    id: ssoSessionId(originId),
    originId,
    clientId: client.ClientId,
    createdAt,
    lastUsedAt: ctx.clock.now(),
    expiresAt,
    ...sessionBeginning(ctx, authenticated),
  }
  await ctx.store.userSessions.open(ctx.by(), listed, mostSsoSessions)
}

/** What a cookie of the pool says, however old or revoked it is; undefined for anything that this server did not make. */
const readLoginSession = async (ctx: Context, pool: UserPool, sealed: string, version: PagesVersion): Promise<LoginSession | undefined> => {
  const plain = await ctx.keyring.open('sessions', pool.uid, entity(version), sealed)
  return plain && (JSON.parse(Buffer.from(plain).toString('utf8')) as LoginSession)
}

/**
 * The login session that a cookie stands for, if it is good: in time, not ended, its user still there, free to sign in and not signed out
 * everywhere since.
 */
export const openLoginSession = async (
  ctx: Context,
  pool: UserPool,
  sealed: string | undefined,
  version: PagesVersion,
): Promise<OpenedLogin | undefined> => {
  const session = sealed === undefined ? undefined : await readLoginSession(ctx, pool, sealed, version)
  if (session === undefined || ctx.clock.now() >= session.expiresAt) return undefined
  const found = await ctx.store.users.byIdAndOrigin(pool.uid, session.userId, session.originId)
  if (found === undefined || found.isRevoked || found.user.generation !== session.generation) return undefined
  const { user } = found
  return statusRefusal(user) === undefined && user.status !== 'FORCE_CHANGE_PASSWORD' ? { session, user } : undefined
}

/** Ends the login session of a cookie, copies of the cookie too. */
export const endLoginSession = async (ctx: Context, pool: UserPool, sealed: string, version: PagesVersion): Promise<void> => {
  const session = await readLoginSession(ctx, pool, sealed, version)
  if (session === undefined || ctx.clock.now() >= session.expiresAt) return
  await endLogin(ctx, { ...session, poolUid: pool.uid }, session.clientIds)
}

/** How a page wants somebody who is signed in already. */
export interface ResumeOptions {
  /** Seconds since the user last proved who they are. */
  readonly maxAge?: number | undefined
  /** Levels of authentication by name, the most wanted first. */
  readonly acrValues?: string | undefined
  /** Only who passed the pool's own challenges is let in. */
  readonly byCustomChallenges?: boolean | undefined
  readonly request: SignInRequest
}

/** The level that a sign-in on a page aims at, of those that the user can reach; names that nobody knows count for nothing. */
const aimedAt = async (ctx: Context, attempt: KnownAttempt, acrValues: string | undefined) => {
  const { pool, user, progress } = attempt
  if (acrValues === undefined || pool.UserPoolTier === 'LITE') return {}
  const provable = { first: await firstFactors(ctx, attempt), second: activeSecondFactors(pool, user) }
  return { target: reachableTarget(targetsNamed(pool, acrValues), progress.proofs, provable), provable }
}

/** Whether a session is young enough for the client, and the sign-in it began with for an application that names `maxAge` (seconds). */
export const isFreshFor = ({ clock }: Pick<Context, 'clock'>, opened: OpenClient, session: LoginSession, maxAge?: number): boolean => {
  const now = clock.now()
  return now < session.authTime + validityFor(opened) && (maxAge === undefined || now - session.authTime <= maxAge * 1000)
}

/** How long somebody who has proved who they are may add a way to sign in. */
const addingTime = 15 * 60_000

/** A client that takes no login sessions takes the sign-in that was for this alone. */
const shortestAddingTime = 3 * 60_000

/**
 * Whether somebody proved who they are so lately that they may add a way to sign in, which outlives every session.
 * guess: a passkey is added within 15 minutes of a sign-in, and no later than the app client takes the login session; then people sign in again.
 */
export const mayAddFactor = ({ clock }: Pick<Context, 'clock'>, opened: OpenClient, { authTime }: LoginSession): boolean =>
  clock.now() < authTime + Math.min(addingTime, Math.max(shortestAddingTime, validityFor(opened)))

/**
 * Whether the client signs people in the way the session began: who passed the pool's own challenges and gave no password is signed in for
 * clients that ask these alone, and nobody else is for those.
 */
const beganAsFor = ({ proofs, customDone }: LoginSession, byCustomChallenges: boolean): boolean =>
  byCustomChallenges ? customDone === true : customDone !== true || proofs.includes('pwd')

/** Whether a session proves what pool, user and application demand by now, however old it is; never from an address that is blocked. */
export const provesEnough = async (
  ctx: Context,
  opened: OpenClient,
  { session, user }: OpenedLogin,
  { acrValues, byCustomChallenges = false, request }: Omit<ResumeOptions, 'maxAge'>,
): Promise<boolean> => {
  if (!beganAsFor(session, byCustomChallenges) || isBlockedAddress(ctx, opened, request)) return false
  const { proofs, secondFactor } = session
  const progress = { flow: 'password', proofs, secondFactor } as const
  const attempt = { ...opened, candidate: { typed: user.username, user, subject: user.id }, user, progress, request }
  const { target, provable } = await aimedAt(ctx, attempt, acrValues)
  const step = nextStep(opened.pool, user, { ...progress, target }, { now: ctx.clock.now(), device: undefined, provable })
  return step.kind === 'done'
}

/** Notes that a session was used; false where it was ended meanwhile. */
export const noteUse = async (ctx: Context, { pool }: OpenClient, session: LoginSession): Promise<boolean> =>
  !session.listed || !tracksSessions(pool) || (await touchLogin(ctx, { ...session, poolUid: pool.uid })) === 'touched'

/** Whether what a session proved counts where the application demands more than that: what is missing is asked for then. */
export const countsForStepUp = async (
  ctx: Context,
  opened: OpenClient,
  session: LoginSession,
  { maxAge, byCustomChallenges = false }: Pick<ResumeOptions, 'maxAge' | 'byCustomChallenges'>,
): Promise<boolean> =>
  !byCustomChallenges && beganAsFor(session, false) && isFreshFor(ctx, opened, session, maxAge) && noteUse(ctx, opened, session)

/**
 * Somebody who is signed in already, as the client takes them: undefined where the session is too old for the client or the application, or
 * does not prove what pool, user and application demand by now. guess: signing in with the cookie calls no triggers but PreTokenGeneration
 * and leaves nothing in the user's history.
 */
export const resumeSignIn = async (
  ctx: Context,
  opened: OpenClient,
  login: OpenedLogin,
  { maxAge, ...demands }: ResumeOptions,
): Promise<Authenticated | undefined> => {
  const { session, user } = login
  if (!isFreshFor(ctx, opened, session, maxAge) || !(await provesEnough(ctx, opened, login, demands))) return undefined
  if (!(await noteUse(ctx, opened, session))) return undefined
  const { authTime, proofs, secondFactor, customDone } = session
  return {
    ...opened,
    user,
    authTime,
    proofs,
    secondFactor,
    customDone,
    newPassword: false,
    deviceProved: false,
    deviceKey: undefined,
    newDevice: undefined,
    eventId: ctx.random.uuid(),
    request: demands.request,
  }
}
