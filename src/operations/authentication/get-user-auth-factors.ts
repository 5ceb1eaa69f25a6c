import { openAccessToken } from '../../flows/access-token.ts'
import type { Operation } from '../operation.ts'
import { describedAuthFactors } from './described-auth-factors.ts'

/** What the caller can sign in with. */
export const getUserAuthFactors: Operation<'GetUserAuthFactors'> = async (request, input) => {
  const { ctx, pool, user } = await openAccessToken(request, input.AccessToken)
  return describedAuthFactors(ctx, pool, user)
}
