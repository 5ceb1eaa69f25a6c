import { withoutToken } from '../../domain/user-mfa.ts'
import { noSoftwareToken } from '../../errors.ts'
import { changeMfa } from '../../flows/change-mfa.ts'
import { requireUser } from '../../flows/find-user.ts'
import { openPool } from '../../flows/open-pool.ts'
import type { Operation } from '../operation.ts'

/** Removes a user's software token and the preference for it, also one that still waits for its first code; other factors stay. */
export const adminDeleteSoftwareToken: Operation<'AdminDeleteSoftwareToken'> = async (ctx, input) => {
  const pool = await openPool(ctx, input.UserPoolId)
  await changeMfa(
    ctx,
    () => requireUser(ctx, pool, input.Username),
    (user) => {
      if (user.mfa?.softwareToken === undefined) throw noSoftwareToken()
      return withoutToken(user)
    },
  )
  return {}
}
