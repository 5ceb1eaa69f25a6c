import { userNotFound } from '../../errors.ts'
import { openAccessToken } from '../../flows/access-token.ts'
import type { Operation } from '../operation.ts'

/** Deletes the caller. */
export const deleteUser: Operation<'DeleteUser'> = async (request, input) => {
  const { ctx, user } = await openAccessToken(request, input.AccessToken)
  if ((await ctx.store.users.delete(ctx.by(), user)) === 'absent') throw userNotFound()
}
