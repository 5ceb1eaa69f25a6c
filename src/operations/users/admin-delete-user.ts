import { userNotFound } from '../../errors.ts'
import { requireUser } from '../../flows/find-user.ts'
import { openPool } from '../../flows/open-pool.ts'
import type { Operation } from '../operation.ts'

/** Deletes a user; tokens, names and codes end with it. */
export const adminDeleteUser: Operation<'AdminDeleteUser'> = async (ctx, input) => {
  const pool = await openPool(ctx, input.UserPoolId)
  const user = await requireUser(ctx, pool, input.Username)
  if ((await ctx.store.users.delete(ctx.by(), user)) === 'absent') throw userNotFound()
}
