import type { LoginName, User } from '../domain/user.ts'
import { searchEntries } from '../domain/user-filter.ts'
import type { UserPool } from '../domain/user-pool.ts'
import { loginNames } from '../domain/username.ts'
import type { UserChange } from '../storage/store.ts'

const without = (names: readonly LoginName[], others: readonly LoginName[]) =>
  names.filter(({ name }) => !others.some((other) => other.name === name))

/** What must be written so that names and search entries follow a user from one state to the next. */
export const userChange = (pool: UserPool, before: User, after: User): UserChange => {
  const [had, has] = [loginNames(pool, before), loginNames(pool, after)]
  return { user: after, claim: without(has, had), release: without(had, has), search: searchEntries(after) }
}
