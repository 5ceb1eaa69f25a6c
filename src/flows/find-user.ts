import type { Context } from '../context.ts'
import type { User } from '../domain/user.ts'
import type { UserPool } from '../domain/user-pool.ts'
import { lookupName } from '../domain/username.ts'
import { userNotFound } from '../errors.ts'

/** The user whom a user name, or an active alias, names. */
export const findUser = (ctx: Context, pool: UserPool, typed: string): Promise<User | undefined> =>
  ctx.store.users.byName(pool.uid, lookupName(pool, typed))

/** The same; throws UserNotFoundException. */
export const requireUser = async (ctx: Context, pool: UserPool, typed: string): Promise<User> => {
  const user = await findUser(ctx, pool, typed)
  if (user === undefined) throw userNotFound()
  return user
}
