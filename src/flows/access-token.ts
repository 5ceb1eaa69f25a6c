import type { Context } from '../context.ts'
import { statusRefusal } from '../domain/challenge.ts'
import { userAdminScope } from '../domain/scopes.ts'
import type { User } from '../domain/user.ts'
import {
  accessTokenExpired,
  accessTokenRevoked,
  accessTokenScope,
  invalidAccessToken,
  passwordResetRequired,
  rateExceeded,
  userDisabled,
  userNotConfirmed,
  userNotFound,
} from '../errors.ts'
import { type OwnToken, openOwnToken, textClaim } from './own-token.ts'
import { inNameOf, type SignedIn } from './signed-in.ts'

/** Who calls with an access token. */
export interface TokenCaller extends SignedIn, OwnToken {
  /** The token's scopes, blank-separated. */
  readonly scope: string
  /** The device that the session belongs to, where the pool tracks devices. */
  readonly deviceKey: string | undefined
}

const requireStatus = (user: User): void => {
  const reason = statusRefusal(user)
  if (reason === 'disabled') throw userDisabled()
  if (reason === 'not confirmed') throw userNotConfirmed()
  if (reason === 'reset required') throw passwordResetRequired()
}

/** The scope that a token must have, and the refusal of one that has it not. */
export interface NeededScope {
  readonly scope: string
  readonly refusal: () => Error
}

const selfService: NeededScope = { scope: userAdminScope, refusal: accessTokenScope }

/**
 * The user whom an access token of ours speaks for, with the scope that self-service needs unless another, or any, is named. Signature,
 * issuer, use, age, revocation and the user's state are all checked at every call; throws NotAuthorizedException, or what the state says.
 */
export const openAccessToken = async (
  ctx: Context,
  token: string,
  needed: NeededScope | 'any scope' = selfService,
): Promise<TokenCaller> => {
  const own = await openOwnToken(ctx, token, 'access')
  if (own === undefined) throw invalidAccessToken()
  const { pool, client, claims } = own
  if (typeof claims['exp'] !== 'number' || ctx.clock.now() >= claims['exp'] * 1000) throw accessTokenExpired()
  const scope = textClaim(claims, 'scope')
  if (needed !== 'any scope' && !scope.split(' ').includes(needed.scope)) throw needed.refusal()
  const originId = textClaim(claims, claims['origin_jti'] === undefined ? 'event_id' : 'origin_jti')
  const [found, generation] = await Promise.all([
    ctx.store.users.byIdAndOrigin(pool.uid, textClaim(claims, 'sub'), originId),
    ctx.keyring.openOriginId(pool.uid, client.uid, originId),
  ])
  if (found === undefined) throw userNotFound()
  const { user, isRevoked } = found
  // Nobody gets a token before the temporary password is changed; one that exists is from before.
  if (isRevoked || generation !== user.generation || user.status === 'FORCE_CHANGE_PASSWORD') throw accessTokenRevoked()
  requireStatus(user)
  if (ctx.call.takeUserRate?.(user.id) === false) throw rateExceeded()
  return {
    ...own,
    ctx: inNameOf(ctx, user),
    user,
    originId,
    scope,
    deviceKey: textClaim(claims, 'device_key') || undefined,
  }
}
