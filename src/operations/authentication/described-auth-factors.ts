import type { Context } from '../../context.ts'
import { configuredFactors } from '../../domain/auth-factors.ts'
import type { User } from '../../domain/user.ts'
import type { UserPool } from '../../domain/user-pool.ts'
import { openProvable } from '../../flows/open-provable.ts'
import { shownMfa } from '../../flows/shown-mfa.ts'
import type { GetUserAuthFactorsResponse } from '../../model/types.gen.ts'

/** What a user can sign in with, first by choice and then as a second factor; as both operations answer it. */
export const describedAuthFactors = async (ctx: Context, pool: UserPool, user: User): Promise<GetUserAuthFactorsResponse> => {
  const provable = await openProvable(ctx, pool.uid, user.id)
  return {
    Username: user.username,
    ...shownMfa(user),
    // AWS's sample shows a token that was set up and is no second factor yet.
    ConfiguredUserAuthFactors: [
      ...configuredFactors(pool, undefined, user, provable),
      ...(user.mfa?.softwareToken ? ['SOFTWARE_TOKEN' as const] : []),
    ],
  }
}
