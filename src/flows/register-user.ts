import type { Context } from '../context.ts'
import type { LoginName, User } from '../domain/user.ts'
import type { UserPool } from '../domain/user-pool.ts'
import type { NewUser } from '../storage/store.ts'
import { heldAliases, saveMovingAliases } from './move-aliases.ts'
import { registration } from './new-user.ts'
import { retryingLostRaces } from './save-user.ts'
import { userChange } from './user-change.ts'

/** What is stored of a new user besides the user. */
export type Beside = Pick<NewUser, 'credential' | 'code'>

/** The user as stored, or the name that somebody else has. */
export type Registered = { readonly user: User } | { readonly taken: LoginName }

/**
 * The name of a new user that somebody else has by now, so that no function is asked about a user who can't be; addresses that may leave
 * their holders are nobody's.
 */
export const findTaken = async (ctx: Context, pool: UserPool, user: User, takesAliases: boolean): Promise<LoginName | undefined> => {
  for (const login of registration(pool, user).names) {
    const holder = await ctx.store.users.byName(pool.uid, login.name)
    const moves = takesAliases && holder !== undefined && pool.AliasAttributes?.some((alias) => alias === login.kind)
    if (holder !== undefined && !moves) return login
  }
  return undefined
}

/** Stores a new user under all the names that are theirs alone. */
export const registerUser = async (ctx: Context, pool: UserPool, user: User, beside: Beside): Promise<Registered> => {
  const outcome = await ctx.store.users.register(ctx.by(), { ...registration(pool, user), ...beside })
  return outcome === 'registered' ? { user } : outcome
}

/**
 * The same, and the verified addresses leave whoever signs in with them, where they become unverified. The user is registered without them
 * first, so that nobody loses an alias to a registration that fails.
 */
export const registerTakingAliases = async (ctx: Context, pool: UserPool, user: User, beside: Beside): Promise<Registered> => {
  const held = await heldAliases(ctx, pool, { user, claim: registration(pool, user).names })
  const flags = (value: 'true' | 'false') => Object.fromEntries(held.map(({ kind }) => [`${kind}_verified`, value]))
  const registered = await registerUser(ctx, pool, { ...user, attributes: { ...user.attributes, ...flags('false') } }, beside)
  if ('taken' in registered || held.length === 0) return registered
  const saved = await retryingLostRaces(async () => {
    const now = await ctx.store.users.byId(pool.uid, user.id)
    if (now === undefined) return registered.user
    return saveMovingAliases(ctx, pool, userChange(pool, now, { ...now, attributes: { ...now.attributes, ...flags('true') } }))
  })
  return { user: saved }
}
