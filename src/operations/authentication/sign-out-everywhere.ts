import type { Context } from '../../context.ts'
import type { User } from '../../domain/user.ts'
import { announceLogout } from '../../flows/announce-logout.ts'
import { retryingLostRaces, save } from '../../flows/save-user.ts'

/**
 * Ends every session of the user: refresh tokens, access tokens and challenges of before are dead. Nobody knows which app clients those were
 * in browsers, so every one of the pool that can be told is.
 */
export const signOutEverywhere = async (ctx: Context, find: () => Promise<User>): Promise<void> => {
  const first = await find()
  await retryingLostRaces(async () => {
    const user = await find()
    // Another request has signed the same sessions out meanwhile: nothing is left to do, and many at once don't wear each other out.
    if (user.generation === first.generation) await save(ctx, { user: { ...user, generation: user.generation + 1 } })
  })
  announceLogout(ctx, { poolUid: first.poolUid, userId: first.id, clientIds: ctx.policy.backchannelLogout.keys() })
}
