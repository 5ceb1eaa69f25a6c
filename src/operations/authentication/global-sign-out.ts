import { userNotFound } from '../../errors.ts'
import { openAccessToken } from '../../flows/access-token.ts'
import type { Operation } from '../operation.ts'
import { signOutEverywhere } from './sign-out-everywhere.ts'

/** Signs the caller out everywhere. */
export const globalSignOut: Operation<'GlobalSignOut'> = async (ctx, input) => {
  const { pool, user } = await openAccessToken(ctx, input.AccessToken)
  await signOutEverywhere(ctx, async () => {
    const now = await ctx.store.users.byId(pool.uid, user.id)
    if (now === undefined) throw userNotFound()
    return now
  })
  return {}
}
