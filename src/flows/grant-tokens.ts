import type { Context } from '../context.ts'
import { authenticationMethods } from '../domain/authentication-level.ts'
import { reachedLevel } from '../domain/claims.ts'
import { newTokenSessionId } from '../domain/ids.ts'
import { tracksSessions } from '../domain/session-settings.ts'
import { tokenLifetimes } from '../domain/token-lifetimes.ts'
import type { AuthenticationResultType } from '../model/types.gen.ts'
import { type RefreshGrant, sealGrant } from './refresh-grant.ts'
import { issueSessionTokens, type TokenOwner, type TokenPurpose } from './session-tokens.ts'
import type { Authenticated } from './sign-in.ts'
import { listUserSession, type SessionBeginning } from './user-sessions.ts'

/** What a sign-in was, as its tokens remember it. */
export type Origin = Pick<Authenticated, 'pool' | 'client' | 'user' | 'authTime' | 'proofs' | 'deviceKey' | 'eventId'>

/** What the tokens of a sign-in that has just ended may do from now on; `more` says what differs from an API sign-in. */
export const newGrant = async (
  ctx: Context,
  { pool, client, user, authTime, proofs, deviceKey, eventId }: Origin,
  more: Partial<RefreshGrant> & Pick<RefreshGrant, 'scopes'>,
): Promise<RefreshGrant> => ({
  userId: user.id,
  clientUid: client.uid,
  generation: user.generation,
  authTime,
  expiresAt: ctx.clock.now() + tokenLifetimes(client).refresh,
  originId: await ctx.keyring.sealOriginId(pool.uid, client.uid, user.generation),
  eventId,
  proofs,
  acr: reachedLevel(pool, authenticationMethods(proofs)),
  deviceKey,
  serial: client.RefreshTokenRotation?.Feature === 'ENABLED' ? 0 : undefined,
  sessionId: tracksSessions(pool) ? newTokenSessionId(ctx.random.below) : undefined,
  ...more,
})

/** ID, access and refresh token for a new grant, whose session is listed where the pool tracks sessions. */
export const issueGrantTokens = async (
  ctx: Context,
  owner: TokenOwner,
  grant: RefreshGrant,
  purpose: TokenPurpose,
  beginning: SessionBeginning,
): Promise<AuthenticationResultType> => {
  const [tokens, RefreshToken] = await Promise.all([issueSessionTokens(ctx, owner, grant, purpose), sealGrant(ctx, grant, owner.pool.uid)])
  // Last, so that nobody is listed whose tokens a function refused.
  if (grant.sessionId !== undefined) await listUserSession(ctx, owner, { ...grant, sessionId: grant.sessionId }, beginning)
  return { ...tokens, RefreshToken }
}
