import type { Context } from '../context.ts'
import type { User } from '../domain/user.ts'
import { searchEntries } from '../domain/user-filter.ts'
import type { UserPool } from '../domain/user-pool.ts'
import { loginNames, normaliseName, usernameAttribute } from '../domain/username.ts'
import type { UserStatusType } from '../model/types.gen.ts'
import type { NewUser } from '../storage/store.ts'

/**
 * A user who is not stored yet. In a pool whose users sign in with e-mail or phone, the name that was typed becomes that attribute and
 * the user name is the `sub` (developer guide, "Customizing sign-in attributes").
 */
export const newUser = (
  ctx: Context,
  pool: UserPool,
  username: string,
  given: Readonly<Record<string, string>>,
  status: UserStatusType,
): User => {
  const id = ctx.random.uuid()
  const now = ctx.clock.now()
  const typed = username.normalize('NFC')
  const attributes: Record<string, string> = { ...given }
  const signsInBy = usernameAttribute(pool, typed)
  if (signsInBy !== undefined) attributes[signsInBy] = normaliseName(pool, typed)
  // guess: an attribute of a sign-up that the pool verifies begins as unverified, and any other has no verified flag.
  if (status === 'UNCONFIRMED') {
    for (const name of pool.AutoVerifiedAttributes ?? []) {
      if (attributes[name] !== undefined) attributes[`${name}_verified`] ??= 'false'
    }
  }
  return {
    poolUid: pool.uid,
    id,
    // A pool that does not tell case apart shows names in lower case (developer guide, "User pool case sensitivity").
    username: signsInBy === undefined ? normaliseName(pool, typed) : id,
    ...(signsInBy && { signsInBy }),
    status,
    enabled: true,
    attributes,
    // Random, so that a user made again under the same id does not honour the old one's tokens.
    generation: ctx.random.below(2 ** 31),
    version: 1,
    createdAt: now,
    modifiedAt: now,
  }
}

/** What is written for a new user beside credential and code: names and search entries. */
export const registration = (pool: UserPool, user: User): Pick<NewUser, 'user' | 'names' | 'search'> => ({
  user,
  names: loginNames(pool, user),
  search: searchEntries(user),
})
