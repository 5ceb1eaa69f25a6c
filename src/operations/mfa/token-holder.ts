import type { Context } from '../../context.ts'
import { offersFactor } from '../../domain/second-factor.ts'
import type { UserPool } from '../../domain/user-pool.ts'
import { invalidParameter, softwareTokensOff } from '../../errors.ts'
import { openAccessToken, type TokenCaller } from '../../flows/access-token.ts'
import { type OpenedSetUp, openSetUp } from '../../flows/set-up-session.ts'

/** Who sets up a software token: somebody signed in, or somebody whose sign-in demands one. */
export type TokenHolder = ({ readonly by: 'access token' } & TokenCaller) | ({ readonly by: 'session' } & OpenedSetUp)

const requireOffer = (pool: UserPool): void => {
  if (!offersFactor(pool, 'SOFTWARE_TOKEN_MFA')) throw softwareTokensOff()
}

/**
 * Whoever the access token or the session speaks for, one of which must be there (API_VerifySoftwareToken). Throws
 * SoftwareTokenMFANotFoundException in a pool without software tokens, and whatever is wrong with token, session or user.
 */
export const openTokenHolder = async (
  ctx: Context,
  { AccessToken, Session }: { readonly AccessToken?: string | undefined; readonly Session?: string | undefined },
): Promise<TokenHolder> => {
  if ((AccessToken === undefined) === (Session === undefined)) {
    throw invalidParameter('Exactly one of AccessToken and Session must be given.')
  }
  if (AccessToken !== undefined) {
    const caller = await openAccessToken(ctx, AccessToken)
    requireOffer(caller.pool)
    return { by: 'access token', ...caller }
  }
  const setUp = await openSetUp(ctx, Session ?? '')
  requireOffer(setUp.opened.pool)
  return { by: 'session', ...setUp }
}
