import type { Context } from '../../context.ts'
import { configuredFactors } from '../../domain/auth-factors.ts'
import type { User } from '../../domain/user.ts'
import type { UserPool } from '../../domain/user-pool.ts'
import type { GetUserAuthFactorsResponse } from '../../model/types.gen.ts'

/** What a user can sign in with, first by choice and then as a second factor; as both operations answer it. */
export const describedAuthFactors = async (ctx: Context, pool: UserPool, user: User): Promise<GetUserAuthFactorsResponse> => {
  const [credential, passkeys] = await Promise.all([
    ctx.store.users.credential(pool.uid, user.id),
    ctx.store.passkeys.list(pool.uid, user.id, { limit: 1 }),
  ])
  const provable = { hasPassword: credential !== undefined, hasPasskeys: passkeys.rows.length > 0 }
  const { enabled = [], preferred, softwareToken } = user.mfa ?? {}
  return {
    Username: user.username,
    PreferredMfaSetting: preferred,
    UserMFASettingList: enabled.length === 0 ? undefined : [...enabled],
    // AWS's sample shows a token that was set up and is no second factor yet.
    ConfiguredUserAuthFactors: [
      ...configuredFactors(pool, undefined, user, provable),
      ...(softwareToken ? ['SOFTWARE_TOKEN' as const] : []),
    ],
  }
}
