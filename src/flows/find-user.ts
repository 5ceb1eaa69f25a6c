import type { Context } from '../context.ts'
import type { User } from '../domain/user.ts'
import type { UserPool } from '../domain/user-pool.ts'
import { longestUsername, lookupName, signsInWith } from '../domain/username.ts'
import { accessTokenRevoked, userNotFound } from '../errors.ts'

/** The user whom a user name, or an active alias, names. */
export const findUser = async (ctx: Context, pool: UserPool, typed: string): Promise<User | undefined> => {
  // Normalising takes the square of the length, and parameters of a sign-in may be as long as the request.
  if (typed.length > longestUsername) return undefined
  const name = lookupName(pool, typed)
  const user = await ctx.store.users.byName(pool.uid, name)
  return user !== undefined && signsInWith(pool, user, name) ? user : undefined
}

/** The same; throws UserNotFoundException. */
export const requireUser = async (ctx: Context, pool: UserPool, typed: string): Promise<User> => {
  const user = await findUser(ctx, pool, typed)
  if (user === undefined) throw userNotFound()
  return user
}

/**
 * The caller of an access token as stored now, for a change that was prepared from an earlier state; throws UserNotFoundException or
 * NotAuthorizedException when the user was deleted or signed out everywhere meanwhile.
 */
export const rereadCaller = async (ctx: Context, { poolUid, id, generation }: User): Promise<User> => {
  const user = await ctx.store.users.byId(poolUid, id)
  if (user === undefined) throw userNotFound()
  if (user.generation !== generation) throw accessTokenRevoked()
  return user
}
