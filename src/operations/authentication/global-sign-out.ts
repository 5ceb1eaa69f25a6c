import { accessTokenRevoked, CognitoError } from '../../errors.ts'
import { openAccessToken } from '../../flows/access-token.ts'
import type { Operation } from '../operation.ts'
import { signOutEverywhere } from './sign-out-everywhere.ts'

/** Signs the caller out everywhere. A caller who was deleted has no live token: the operation lists no UserNotFoundException. */
export const globalSignOut: Operation<'GlobalSignOut'> = async (request, input) => {
  const { ctx, pool, user } = await openAccessToken(request, input.AccessToken).catch((error: unknown) => {
    throw error instanceof CognitoError && error.code === 'UserNotFoundException' ? accessTokenRevoked() : error
  })
  await signOutEverywhere(ctx, async () => {
    const now = await ctx.store.users.byId(pool.uid, user.id)
    if (now === undefined) throw accessTokenRevoked()
    return now
  })
  return {}
}
