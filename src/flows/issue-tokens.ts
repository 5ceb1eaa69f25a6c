import type { Context } from '../context.ts'
import { authenticationMethods } from '../domain/authentication-level.ts'
import { accessTokenClaims, idTokenClaims, reachedLevel, showsOrigin } from '../domain/claims.ts'
import { newTokenSessionId } from '../domain/ids.ts'
import { issuerOf } from '../domain/issuer.ts'
import { userAdminScope } from '../domain/scopes.ts'
import { tracksSessions } from '../domain/session-settings.ts'
import { tokenLifetimes } from '../domain/token-lifetimes.ts'
import { overriddenAccessClaims, overriddenIdClaims } from '../domain/token-overrides.ts'
import type { User } from '../domain/user.ts'
import type { AuthenticationResultType } from '../model/types.gen.ts'
import type { OpenClient } from './open-client.ts'
import { type RefreshGrant, sealGrant } from './refresh-grant.ts'
import type { Authenticated } from './sign-in.ts'
import { preTokenGeneration, type TokenSource } from './triggers/pre-token-generation.ts'
import { listUserSession } from './user-sessions.ts'

/** What tokens are made for. */
export interface TokenPurpose {
  readonly source: TokenSource
  /** For the PreTokenGeneration function. */
  readonly clientMetadata?: Readonly<Record<string, string>> | undefined
}

/** The scope of every token that an API sign-in answers. */
const apiScopes: readonly string[] = [userAdminScope]

const seconds = (ms: number) => Math.floor(ms / 1000)

/** ID and access token of a session that is already under way. */
export const issueSessionTokens = async (
  ctx: Context,
  { pool, client, user }: OpenClient & { readonly user: User },
  grant: Pick<RefreshGrant, 'authTime' | 'originId' | 'eventId' | 'scopes' | 'proofs' | 'acr' | 'deviceKey'>,
  { source, clientMetadata }: TokenPurpose,
): Promise<AuthenticationResultType> => {
  const { rows: groups } = await ctx.store.groups.ofUser(pool.uid, user.id, { limit: 100 })
  const overrides = await preTokenGeneration(ctx, { pool, client, user, groups, scopes: grant.scopes, source, clientMetadata })
  const lifetimes = tokenLifetimes(client)
  const now = ctx.clock.now()
  const shown = showsOrigin(client)
  const common = {
    issuer: issuerOf(ctx.policy, pool),
    pool,
    client,
    user,
    groups,
    scope: grant.scopes.join(' '),
    authTime: seconds(grant.authTime),
    issuedAt: seconds(now),
    // A client without revocation shows no origin_jti; the id that carries the generation then stands in event_id. For any other, tokens
    // lead to the event of the sign-in, also when they were refreshed (developer guide, "Viewing and exporting user event history").
    originJti: shown ? grant.originId : undefined,
    eventId: shown ? (grant.eventId ?? ctx.random.uuid()) : grant.originId,
    amr: authenticationMethods(grant.proofs),
    acr: grant.acr,
  }
  const id = idTokenClaims({ ...common, jti: ctx.random.uuid(), expiresAt: seconds(now + lifetimes.id) })
  const access = accessTokenClaims({
    ...common,
    deviceKey: grant.deviceKey,
    jti: ctx.random.uuid(),
    expiresAt: seconds(now + lifetimes.access),
  })
  const [IdToken, AccessToken] = await Promise.all([
    ctx.signingKeys.sign(pool.uid, 'id', overrides === undefined ? id : overriddenIdClaims(id, overrides)),
    ctx.signingKeys.sign(pool.uid, 'access', overrides === undefined ? access : overriddenAccessClaims(access, overrides)),
  ])
  return { AccessToken, ExpiresIn: seconds(lifetimes.access), IdToken, TokenType: 'Bearer' }
}

const newGrant = async (ctx: Context, authenticated: Authenticated, scopes: readonly string[]): Promise<RefreshGrant> => {
  const { pool, client, user, authTime, proofs, deviceKey, eventId } = authenticated
  return {
    userId: user.id,
    clientUid: client.uid,
    generation: user.generation,
    authTime,
    expiresAt: ctx.clock.now() + tokenLifetimes(client).refresh,
    originId: await ctx.keyring.sealOriginId(pool.uid, client.uid, user.generation),
    eventId,
    scopes,
    proofs,
    acr: reachedLevel(pool, authenticationMethods(proofs)),
    deviceKey,
    serial: client.RefreshTokenRotation?.Feature === 'ENABLED' ? 0 : undefined,
    sessionId: tracksSessions(pool) ? newTokenSessionId(ctx.random.below) : undefined,
  }
}

const sourceOf = ({ newPassword, deviceProved }: Authenticated): TokenSource => {
  if (deviceProved) return 'TokenGeneration_AuthenticateDevice'
  return newPassword ? 'TokenGeneration_NewPasswordChallenge' : 'TokenGeneration_Authentication'
}

/** How a surface wants its tokens, where that differs from an API sign-in. */
export interface TokenOptions {
  readonly scopes?: readonly string[]
  readonly source?: TokenSource
}

/** All three tokens for somebody who has just signed in. */
export const issueTokens = async (
  ctx: Context,
  authenticated: Authenticated,
  { scopes = apiScopes, source = sourceOf(authenticated) }: TokenOptions = {},
): Promise<AuthenticationResultType> => {
  const { pool, newDevice, request } = authenticated
  const grant = await newGrant(ctx, authenticated, scopes)
  const [tokens, RefreshToken] = await Promise.all([
    issueSessionTokens(ctx, authenticated, grant, { source, clientMetadata: request.clientMetadata }),
    sealGrant(ctx, grant, pool.uid),
  ])
  // Last, so that nobody is listed whose tokens a function refused.
  if (grant.sessionId !== undefined) await listUserSession(ctx, authenticated, { ...grant, sessionId: grant.sessionId })
  return { ...tokens, RefreshToken, ...(newDevice === undefined ? {} : { NewDeviceMetadata: newDevice }) }
}
