import type { Context } from '../../context.ts'
import { requireUser } from '../../flows/find-user.ts'
import { openPool } from '../../flows/open-pool.ts'
import { retryingLostRaces, save } from '../../flows/save-user.ts'
import { userChange } from '../../flows/user-change.ts'

/** Enables or disables a user. Disabling ends every session for good: enabling again does not revive them. */
export const setUserEnabled = async (ctx: Context, poolId: string, username: string, enabled: boolean): Promise<void> => {
  const pool = await openPool(ctx, poolId)
  await retryingLostRaces(async () => {
    const user = await requireUser(ctx, pool, username)
    if (user.enabled === enabled) return
    const generation = enabled ? user.generation : user.generation + 1
    await save(ctx, userChange(pool, user, { ...user, enabled, generation }))
  })
}
