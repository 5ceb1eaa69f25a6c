import type { User } from './user.ts'
import type { UserPool } from './user-pool.ts'
import { lookupName } from './username.ts'

/** Whom failures and allowances are counted against: the user, or a name that nobody has, in every spelling that finds the same. */
export const subjectOf = (pool: UserPool, user: User | undefined, typed: string): string => user?.id ?? `name:${lookupName(pool, typed)}`
