import type { Context } from '../context.ts'
import { ssoSessionId } from '../crypto/sso-session-id.ts'
import { tokenHash } from '../crypto/token-hash.ts'
import { hidesUserExistence } from '../domain/app-client.ts'
import { authenticationMethods } from '../domain/authentication-level.ts'
import { accessTokenClaims, idTokenClaims, showsOrigin } from '../domain/claims.ts'
import { epochSeconds } from '../domain/epoch-seconds.ts'
import type { TokenGroup } from '../domain/group-configuration.ts'
import { issuerOf } from '../domain/issuer.ts'
import { tokenLifetimes } from '../domain/token-lifetimes.ts'
import { overriddenAccessClaims, overriddenIdClaims } from '../domain/token-overrides.ts'
import { configuredFunction, type TriggerName } from '../domain/trigger-config.ts'
import type { User } from '../domain/user.ts'
import type { UserPool } from '../domain/user-pool.ts'
import { incorrectCredentials, invalidSession, userNotFound } from '../errors.ts'
import type { AuthenticationResultType } from '../model/types.gen.ts'
import type { OpenClient } from './open-client.ts'
import { requireSignInStatus } from './prove-password.ts'
import type { RefreshGrant } from './refresh-grant.ts'
import { overridesIn, preTokenGeneration, type TokenAnswer, type TokenSource } from './triggers/pre-token-generation.ts'

/** Whose tokens are made, for which app client. */
export interface TokenOwner extends OpenClient {
  readonly user: User
}

/** What tokens are made for. */
export interface TokenPurpose {
  readonly source: TokenSource
  /** For the PreTokenGeneration function. */
  readonly clientMetadata?: Readonly<Record<string, string>> | undefined
  /** What the PreTokenGeneration function said before; it is asked where this is absent. */
  readonly answer?: TokenAnswer | 'none' | undefined
  /** What the application wants to find in the ID token. */
  readonly nonce?: string | undefined
  /** Whether nobody gets the access token (OpenID Connect Core 3.2.2.5, response type `id_token`). */
  readonly idTokenOnly?: boolean | undefined
  /** Throws when the session, or the user's right to it, has ended; by default as a sign-in does. */
  readonly requireLive?: (() => Promise<unknown>) | undefined
}

/** What a session's tokens are made from. */
type SessionGrant = Pick<
  RefreshGrant,
  'authTime' | 'originId' | 'eventId' | 'scopes' | 'proofs' | 'acr' | 'deviceKey' | 'hosted' | 'resource' | 'loginSessionId'
>

/** What both tokens say. */
const commonFacts = (ctx: Context, { pool, client, user }: TokenOwner, grant: SessionGrant) => {
  const shown = showsOrigin(client)
  return {
    issuer: issuerOf(ctx.policy, pool),
    pool,
    client,
    user,
    scope: grant.scopes.join(' '),
    authTime: epochSeconds(grant.authTime),
    issuedAt: epochSeconds(ctx.clock.now()),
    // A client without revocation shows no origin_jti; the id that carries the generation then stands in event_id. For any other, tokens
    // lead to the event of the sign-in, also when they were refreshed (developer guide, "Viewing and exporting user event history").
    originJti: shown ? grant.originId : undefined,
    eventId: shown ? (grant.eventId ?? ctx.random.uuid()) : grant.originId,
    amr: authenticationMethods(grant.proofs),
    acr: grant.acr,
  }
}

const groupsOf = async (ctx: Context, { pool, user }: TokenOwner): Promise<readonly TokenGroup[]> =>
  (await ctx.store.groups.ofUser(pool.uid, user.id, { limit: 100 })).rows

/** What the pool's function wants of tokens that a page's sign-in gets later; undefined where there is none. */
export const answerForPage = async (ctx: Context, owner: TokenOwner, scopes: readonly string[]): Promise<TokenAnswer | undefined> => {
  if (configuredFunction(owner.pool, 'PreTokenGeneration') === undefined) return undefined
  const groups = await groupsOf(ctx, owner)
  return preTokenGeneration(ctx, { ...owner, groups, scopes, source: 'TokenGeneration_HostedAuth' })
}

/** The functions that a sign-in may wait for after it looked at the user, each for seconds. */
const awaited: readonly TriggerName[] = ['PreAuthentication', 'DefineAuthChallenge', 'PostAuthentication', 'PreTokenGeneration']

/** Whether a function has worked since the user was looked at; the one whose answer was kept has not. */
const hasWaited = (pool: UserPool, { source, answer }: TokenPurpose): boolean => {
  if (answer !== undefined) return false
  const asked = source === 'TokenGeneration_RefreshTokens' ? (['PreTokenGeneration'] as const) : awaited
  return asked.some((name) => configuredFunction(pool, name) !== undefined)
}

/** Throws what a sign-in is refused with whose user is gone, barred or signed out by now, or has left the login session it came through. */
const requireStillSignedIn = async (ctx: Context, { pool, client, user }: TokenOwner, grant: SessionGrant): Promise<void> => {
  const found = await ctx.store.users.byIdAndOrigin(pool.uid, user.id, grant.loginSessionId ?? grant.originId)
  if (found === undefined) throw hidesUserExistence(client) ? incorrectCredentials() : userNotFound()
  const { user: current, isRevoked } = found
  requireSignInStatus({ pool, client }, current)
  if (isRevoked || current.generation !== user.generation || current.status === 'FORCE_CHANGE_PASSWORD') throw invalidSession()
}

/**
 * ID and access token of a session that is already under way. Where functions took their time, the user's right to them is looked at once more:
 * nobody gets tokens after it was said to have ended. An ID token of a page's session has the hash of the access token in it, and is
 * there with the scope openid only.
 */
export const issueSessionTokens = async (
  ctx: Context,
  owner: TokenOwner,
  grant: SessionGrant,
  purpose: TokenPurpose,
): Promise<AuthenticationResultType> => {
  const { pool, client, user } = owner
  const { source, clientMetadata, answer, nonce, idTokenOnly } = purpose
  const groups = await groupsOf(ctx, owner)
  const said = answer ?? (await preTokenGeneration(ctx, { pool, client, user, groups, scopes: grant.scopes, source, clientMetadata }))
  if (hasWaited(pool, purpose)) await (purpose.requireLive?.() ?? requireStillSignedIn(ctx, owner, grant))
  const overrides = said === 'none' ? undefined : overridesIn(said)
  const lifetimes = tokenLifetimes(client)
  const now = ctx.clock.now()
  const common = { ...commonFacts(ctx, owner, grant), groups }
  const access = accessTokenClaims({
    ...common,
    deviceKey: grant.deviceKey,
    audience: grant.resource,
    hosted: grant.hosted,
    jti: ctx.random.uuid(),
    expiresAt: epochSeconds(now + lifetimes.access),
  })
  // What a logout token will name.
  const isTold = grant.loginSessionId !== undefined && ctx.policy.backchannelLogout.has(client.ClientId)
  const sid = isTold ? ssoSessionId(grant.loginSessionId ?? '') : undefined
  const signId = (atHash?: string): Promise<string> => {
    const id = idTokenClaims({ ...common, nonce, atHash, sid, jti: ctx.random.uuid(), expiresAt: epochSeconds(now + lifetimes.id) })
    return ctx.signingKeys.sign(pool.uid, 'id', overrides === undefined ? id : overriddenIdClaims(id, overrides))
  }
  const signAccess = (): Promise<string> =>
    ctx.signingKeys.sign(pool.uid, 'access', overrides === undefined ? access : overriddenAccessClaims(access, overrides))
  const rest = { ExpiresIn: lifetimes.access / 1000, TokenType: 'Bearer' }
  if (!grant.hosted) {
    const [AccessToken, IdToken] = await Promise.all([signAccess(), signId()])
    return { AccessToken, IdToken, ...rest }
  }
  if (idTokenOnly) return { IdToken: await signId() }
  const AccessToken = await signAccess()
  return { AccessToken, ...(grant.scopes.includes('openid') && { IdToken: await signId(tokenHash(AccessToken)) }), ...rest }
}
