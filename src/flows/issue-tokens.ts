import type { Context } from '../context.ts'
import type { Proof } from '../domain/challenge.ts'
import { accessTokenClaims, idTokenClaims } from '../domain/claims.ts'
import { issuerOf } from '../domain/issuer.ts'
import { userAdminScope } from '../domain/scopes.ts'
import { tokenLifetimes } from '../domain/token-lifetimes.ts'
import type { AuthenticationResultType } from '../model/types.gen.ts'
import type { Authenticated } from './sign-in.ts'

/** What a refresh token says, sealed: everything that a refresh needs, so that an ordinary session leaves no row. */
export interface RefreshGrant {
  readonly userId: string
  readonly clientUid: string
  readonly generation: number
  /** Epoch milliseconds. */
  readonly authTime: number
  readonly expiresAt: number
  /** What all tokens of the session share, and what RevokeToken ends. */
  readonly originId: string
  readonly scopes: readonly string[]
  readonly proofs: readonly Proof[]
}

/** The scope of every token that an API sign-in answers. */
const apiScopes: readonly string[] = [userAdminScope]

const seconds = (ms: number) => Math.floor(ms / 1000)

/** ID and access token of a session that is already under way. */
export const issueSessionTokens = async (
  ctx: Context,
  { pool, client, user }: Pick<Authenticated, 'pool' | 'client' | 'user'>,
  grant: Pick<RefreshGrant, 'authTime' | 'originId' | 'scopes' | 'proofs'>,
): Promise<AuthenticationResultType> => {
  ctx.triggers.requireNone(pool, 'PreTokenGeneration')
  const { rows: groups } = await ctx.store.groups.ofUser(pool.uid, user.id, { limit: 100 })
  const lifetimes = tokenLifetimes(client)
  const now = ctx.clock.now()
  const common = {
    issuer: issuerOf(ctx.policy, pool.region, pool.Id),
    pool,
    client,
    user,
    groups,
    scope: grant.scopes.join(' '),
    authTime: seconds(grant.authTime),
    issuedAt: seconds(now),
    // A client without revocation shows no origin_jti; the id that carries the generation then stands in event_id.
    originJti: client.EnableTokenRevocation ? grant.originId : undefined,
    eventId: client.EnableTokenRevocation ? ctx.random.uuid() : grant.originId,
    amr: grant.proofs,
  }
  const claims = {
    id: idTokenClaims({ ...common, jti: ctx.random.uuid(), expiresAt: seconds(now + lifetimes.id) }),
    access: accessTokenClaims({ ...common, jti: ctx.random.uuid(), expiresAt: seconds(now + lifetimes.access) }),
  }
  const [IdToken, AccessToken] = await Promise.all([
    ctx.signingKeys.sign(pool.uid, 'id', claims.id),
    ctx.signingKeys.sign(pool.uid, 'access', claims.access),
  ])
  return { AccessToken, ExpiresIn: seconds(lifetimes.access), IdToken, TokenType: 'Bearer' }
}

/** All three tokens for somebody who has just signed in. */
export const issueTokens = async (
  ctx: Context,
  authenticated: Authenticated,
  scopes: readonly string[] = apiScopes,
): Promise<AuthenticationResultType> => {
  const { pool, client, user, authTime, proofs } = authenticated
  const grant: RefreshGrant = {
    userId: user.id,
    clientUid: client.uid,
    generation: user.generation,
    authTime,
    expiresAt: ctx.clock.now() + tokenLifetimes(client).refresh,
    originId: await ctx.keyring.sealOriginId(pool.uid, client.uid, user.generation),
    scopes,
    proofs,
  }
  const [tokens, RefreshToken] = await Promise.all([
    issueSessionTokens(ctx, authenticated, grant),
    ctx.keyring.sealRefreshToken(pool.uid, Buffer.from(JSON.stringify(grant), 'utf8')),
  ])
  return { ...tokens, RefreshToken }
}
