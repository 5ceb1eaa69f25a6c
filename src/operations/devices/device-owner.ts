import type { Context } from '../../context.ts'
import type { User } from '../../domain/user.ts'
import type { UserPool } from '../../domain/user-pool.ts'
import { requireDeviceTracking } from '../../flows/devices.ts'
import { findUser } from '../../flows/find-user.ts'
import { openPool } from '../../flows/open-pool.ts'

/** A pool that tracks devices and the user in it, undefined where nobody has the name; throws what is wrong with the pool. */
export const deviceOwner = async (
  ctx: Context,
  input: { readonly UserPoolId: string; readonly Username: string },
): Promise<{ readonly pool: UserPool; readonly user: User | undefined }> => {
  const pool = await openPool(ctx, input.UserPoolId)
  requireDeviceTracking(pool)
  return { pool, user: await findUser(ctx, pool, input.Username) }
}
