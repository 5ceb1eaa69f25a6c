import { userNotFound } from '../../errors.ts'
import { openAccessToken } from '../../flows/access-token.ts'
import type { Operation } from '../operation.ts'

/** Deletes the caller. */
export const deleteUser: Operation<'DeleteUser'> = async (ctx, input) => {
  const { user } = await openAccessToken(ctx, input.AccessToken)
  if ((await ctx.store.users.delete(ctx.by(`user:${user.id}`), user)) === 'absent') throw userNotFound()
}
