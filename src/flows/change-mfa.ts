import type { Context } from '../context.ts'
import { type MfaPreferences, preferenceFault, withPreferences } from '../domain/mfa-preference.ts'
import type { User, UserMfa } from '../domain/user.ts'
import type { UserPool } from '../domain/user-pool.ts'
import { invalidParameter } from '../errors.ts'
import { retryingLostRaces, save } from './save-user.ts'

/** Changes the second factors of the user whom `find` reads; decides anew when another request changed the user in between. */
export const changeMfa = (ctx: Context, find: () => Promise<User>, change: (user: User) => UserMfa): Promise<User> =>
  retryingLostRaces(async () => {
    const user = await find()
    return save(ctx, { user: { ...user, mfa: change(user) } })
  })

const ownsPasskey = async (ctx: Context, { poolUid, id }: User): Promise<boolean> =>
  (await ctx.store.passkeys.list(poolUid, id, { limit: 1 })).rows.length > 0

/** Sets MFA preferences; throws InvalidParameterException for what the pool or the user's state forbids. */
export const setMfaPreferences = async (
  ctx: Context,
  pool: UserPool,
  find: () => Promise<User>,
  preferences: MfaPreferences,
): Promise<User> => {
  const hasPasskeys = preferences.WebAuthnMfaSettings?.Enabled === true && (await ownsPasskey(ctx, await find()))
  return changeMfa(ctx, find, (user) => {
    const fault = preferenceFault(pool, user, preferences, hasPasskeys)
    if (fault !== undefined) throw invalidParameter(fault)
    return withPreferences(user, preferences)
  })
}
