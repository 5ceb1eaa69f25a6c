import type { Context } from '../context.ts'
import { statusRefusal } from '../domain/challenge.ts'
import { tracksSessions } from '../domain/session-settings.ts'
import { stillGranted } from '../domain/still-granted.ts'
import type { User } from '../domain/user.ts'
import type { UserPool } from '../domain/user-pool.ts'
import { invalidRefreshToken, refreshTokenExpired, refreshTokenReused, refreshTokenRevoked, userDisabled } from '../errors.ts'
import type { AuthenticationResultType } from '../model/types.gen.ts'
import { activeScopes } from './active-scopes.ts'
import { isForgotten } from './devices.ts'
import type { OpenClient } from './open-client.ts'
import { type RefreshGrant, sealGrant } from './refresh-grant.ts'
import { issueSessionTokens } from './session-tokens.ts'
import { touchLogin } from './sso-session.ts'
import { endSignIn } from './user-sessions.ts'

/** The names over which a client may have made the secret hash of a refresh (developer guide: `sub`, or the `username` claim). */
export const refreshNames = async (ctx: Context, pool: UserPool, grant: RefreshGrant): Promise<string[]> => {
  const user = await ctx.store.users.byId(pool.uid, grant.userId)
  return user === undefined ? [grant.userId] : [user.id, user.username]
}

/** The user of a live session; throws NotAuthorizedException when the session, or the user's right to it, has ended. */
export const requireLiveGrant = async (ctx: Context, { pool }: OpenClient, grant: RefreshGrant | undefined): Promise<User> => {
  if (grant === undefined) throw invalidRefreshToken()
  if (ctx.clock.now() >= grant.expiresAt) throw refreshTokenExpired()
  const found = await ctx.store.users.byIdAndOrigin(pool.uid, grant.userId, grant.originId)
  if (found === undefined) throw invalidRefreshToken()
  const { user, isRevoked } = found
  const refusal = statusRefusal(user)
  if (refusal === 'disabled') throw userDisabled()
  if (refusal !== undefined || user.status === 'FORCE_CHANGE_PASSWORD' || user.generation !== grant.generation) throw refreshTokenRevoked()
  if (isRevoked) throw refreshTokenRevoked()
  return user
}

/** How a refresh was asked for. */
export interface RefreshRequest {
  readonly via: 'REFRESH_TOKEN_AUTH' | 'GetTokensFromRefreshToken' | 'token endpoint'
  /** DEVICE_KEY, or DeviceKey. */
  readonly deviceKey: string | undefined
  readonly clientMetadata: Readonly<Record<string, string>> | undefined
  /** Those of the session's scopes that the access token is to have; all of them unless said otherwise. */
  readonly scopes?: readonly string[]
}

/**
 * Where the pool tracks devices, tokens are refreshed by the device that they belong to, confirmed or not (developer guide, "Refresh
 * tokens"), and by none that was forgotten. guess: a refresh token from before the pool tracked devices needs no device key.
 */
const requireOwnDevice = async (
  ctx: Context,
  { pool }: OpenClient,
  user: User,
  grant: RefreshGrant,
  deviceKey: string | undefined,
): Promise<void> => {
  if (grant.deviceKey === undefined) return
  if (pool.DeviceConfiguration !== undefined && deviceKey !== grant.deviceKey) throw invalidRefreshToken()
  if (await isForgotten(ctx, user, grant.deviceKey)) throw invalidRefreshToken()
}

/**
 * Moves the family of a rotating token on, and answers the token that takes its place with what is left of its time (developer guide,
 * "Refresh token rotation"). A token that was rotated out is refused, and ends its family where the server's policy says so.
 */
const rotated = async (ctx: Context, { pool, client }: OpenClient, grant: RefreshGrant): Promise<string> => {
  const outcome = await ctx.store.refreshFamilies.rotate(ctx.by(), {
    poolUid: pool.uid,
    familyId: grant.originId,
    serial: grant.serial ?? 0,
    grace: (client.RefreshTokenRotation?.RetryGracePeriodSeconds ?? 0) * 1000,
    expiresAt: grant.expiresAt,
  })
  if (outcome !== 'reused') return sealGrant(ctx, { ...grant, serial: outcome.serial }, pool.uid)
  if (ctx.policy.refreshReuse === 'revoke-family') await endSignIn(ctx, pool.uid, grant)
  throw refreshTokenReused()
}

const isRotating = ({ client }: OpenClient, { serial }: RefreshGrant): boolean =>
  serial !== undefined || client.RefreshTokenRotation?.Feature === 'ENABLED'

const isListed = async (ctx: Context, { pool }: OpenClient, { userId, sessionId }: RefreshGrant): Promise<boolean> =>
  sessionId === undefined || !tracksSessions(pool) || (await ctx.store.userSessions.byId(pool.uid, userId, sessionId)) !== undefined

/**
 * The user for whom a refresh token would be good at this moment, whatever device it came from; throws what `refresh` would, and uses nothing
 * up. A token that was rotated out counts as over, even while a retry could still use it.
 */
export const requireUsableGrant = async (ctx: Context, opened: OpenClient, grant: RefreshGrant): Promise<User> => {
  const user = await requireLiveGrant(ctx, opened, grant)
  if (grant.deviceKey !== undefined && (await isForgotten(ctx, user, grant.deviceKey))) throw invalidRefreshToken()
  const newest = isRotating(opened, grant) ? await ctx.store.refreshFamilies.newest(opened.pool.uid, grant.originId) : undefined
  if (newest !== undefined && newest !== (grant.serial ?? 0)) throw refreshTokenReused()
  if (!(await isListed(ctx, opened, grant))) throw refreshTokenRevoked()
  return user
}

/**
 * Notes the use of a listed session; of a login session rotating a token is one (API_SessionDescriptionType). Throws NotAuthorizedException
 * when the session was ended meanwhile.
 */
const touchSession = async (ctx: Context, { pool }: OpenClient, grant: RefreshGrant, isTurning: boolean): Promise<void> => {
  const { userId, sessionId, loginSessionId } = grant
  if (sessionId === undefined || !tracksSessions(pool)) return
  const outcome = await ctx.store.userSessions.touch(ctx.by(), { poolUid: pool.uid, userId, id: sessionId })
  if (outcome === 'absent') throw refreshTokenRevoked()
  if (isTurning && loginSessionId !== undefined) await touchLogin(ctx, { poolUid: pool.uid, userId, originId: loginSessionId })
}

/**
 * What the access token may do: of a page's session, what the app client may still have. guess: a page's session none of whose scopes its
 * app client has any more is refused like a refresh token that is none.
 */
const scopesNow = async (
  ctx: Context,
  opened: OpenClient,
  { hosted, scopes }: RefreshGrant,
  asked = scopes,
): Promise<readonly string[]> => {
  if (!hosted) return asked
  const active = opened.client.AllowedOAuthFlowsUserPoolClient ? await activeScopes(ctx, opened) : []
  const left = stillGranted(asked, active)
  if (left.length === 0) throw invalidRefreshToken()
  return left
}

/**
 * New ID and access tokens for a refresh token, and where tokens rotate a new refresh token; auth_time, acr and amr stay. Throws
 * NotAuthorizedException when the session or the user's right to it has ended, and RefreshTokenReuseException for a token rotated out.
 * guess: sessions whose refresh tokens have begun to rotate go on rotating when rotation is switched off, and then REFRESH_TOKEN_AUTH
 * refuses them. guess: GetTokensFromRefreshToken calls PreTokenGeneration with TokenGeneration_RefreshTokens, like REFRESH_TOKEN_AUTH.
 */
export const refresh = async (
  ctx: Context,
  opened: OpenClient,
  grant: RefreshGrant | undefined,
  { via, deviceKey, clientMetadata, scopes }: RefreshRequest,
): Promise<AuthenticationResultType> => {
  if (grant === undefined) throw invalidRefreshToken()
  const requireLive = async (): Promise<User> => {
    const user = await requireLiveGrant(ctx, opened, grant)
    await requireOwnDevice(ctx, opened, user, grant, deviceKey)
    return user
  }
  const user = await requireLive()
  const isTurning = isRotating(opened, grant)
  // A flow that answers no new token would keep the old one alive.
  if (isTurning && via === 'REFRESH_TOKEN_AUTH') throw invalidRefreshToken()
  const now = { ...grant, scopes: await scopesNow(ctx, opened, grant, scopes) }
  const tokens = await issueSessionTokens(ctx, { ...opened, user }, now, {
    source: 'TokenGeneration_RefreshTokens',
    // What InitiateAuth is told does not reach the function (developer guide, "Pre token generation request parameters").
    clientMetadata: via === 'REFRESH_TOKEN_AUTH' ? undefined : clientMetadata,
    requireLive,
  })
  // After the function had its say: a refusal must not use the token up.
  const RefreshToken = isTurning ? await rotated(ctx, opened, grant) : undefined
  await touchSession(ctx, opened, grant, isTurning)
  return RefreshToken === undefined ? tokens : { ...tokens, RefreshToken }
}
