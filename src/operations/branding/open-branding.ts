import type { Context } from '../../context.ts'
import type { StyledLogin } from '../../domain/login-branding.ts'
import type { UserPool } from '../../domain/user-pool.ts'
import { CognitoError } from '../../errors.ts'

/** A style of a pool with its images; throws ResourceNotFoundException. */
export const openBranding = async (ctx: Context, pool: UserPool, brandingId: string): Promise<StyledLogin> => {
  const found = await ctx.store.brandings.byId(pool.uid, brandingId)
  if (found === undefined) throw brandingNotFound()
  return found
}

/** A style that the pool or the client does not have. guess: the sentence on a style that is not there is our own. */
export const brandingNotFound = (): CognitoError => new CognitoError('ResourceNotFoundException', 'Managed login branding does not exist.')
