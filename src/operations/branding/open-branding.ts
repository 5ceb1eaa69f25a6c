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

/** A style that the pool or, where one is named, the client does not have. */
export const brandingNotFound = (clientId?: string): CognitoError =>
  new CognitoError(
    'ResourceNotFoundException',
    `ManagedLoginBranding ${clientId === undefined ? '' : `for client ${clientId} `}does not exist.`,
  )
