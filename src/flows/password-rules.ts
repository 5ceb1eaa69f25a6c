import type { Context } from '../context.ts'
import { equalBytes } from '../crypto/constant-time.ts'
import { passwordFault } from '../domain/password-policy.ts'
import type { Credential, User } from '../domain/user.ts'
import type { UserPool } from '../domain/user-pool.ts'
import { invalidPassword, passwordReused } from '../errors.ts'
import { openVerifier, passwordVerifier } from './new-credential.ts'

/** Throws InvalidPasswordException with the first rule that the password breaks. */
export const requireGoodPassword = (pool: UserPool, password: string): void => {
  const fault = passwordFault(pool.Policies.PasswordPolicy, password)
  if (fault !== undefined) throw invalidPassword(fault)
}

const matches = async (ctx: Context, pool: UserPool, user: User, credential: Credential, password: string): Promise<boolean> => {
  const salt = Buffer.from(credential.salt, 'hex')
  const [kept, offered] = await Promise.all([
    openVerifier(ctx, pool, user.id, credential),
    passwordVerifier(ctx, pool, user.username, password, salt),
  ])
  return equalBytes(kept, offered)
}

/** How many earlier passwords the pool remembers. */
export const historySize = (pool: UserPool): number => pool.Policies.PasswordPolicy?.PasswordHistorySize ?? 0

/** Throws PasswordHistoryPolicyViolationException when the password is the present one or among the remembered ones. */
export const requireNewPassword = async (ctx: Context, pool: UserPool, user: User, password: string): Promise<void> => {
  const size = historySize(pool)
  if (size === 0) return
  const present = await ctx.store.users.credential(pool.uid, user.id)
  // The history counts the present password: size n forbids it and the n - 1 before it.
  const earlier = await ctx.store.users.credentialHistory(pool.uid, user.id, size - 1)
  for (const credential of present === undefined ? earlier : [present, ...earlier]) {
    if (await matches(ctx, pool, user, credential, password)) throw passwordReused()
  }
}
