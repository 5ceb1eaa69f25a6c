import type { Context } from '../../context.ts'
import type { User } from '../../domain/user.ts'
import { retryingLostRaces, save } from '../../flows/save-user.ts'

/** Ends every session of the user: refresh tokens, access tokens and challenges of before are dead. */
export const signOutEverywhere = (ctx: Context, find: () => Promise<User>): Promise<User> =>
  retryingLostRaces(async () => {
    const user = await find()
    return save(ctx, { user: { ...user, generation: user.generation + 1 } })
  })
