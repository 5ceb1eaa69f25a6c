import type { Context } from '../context.ts'
import type { Provable } from '../domain/auth-factors.ts'

/** What is stored for the user of that id to prove; reading it costs the same where there is no such user. */
export const openProvable = async (ctx: Context, poolUid: string, userId: string): Promise<Provable> => {
  const [credential, passkeys] = await Promise.all([
    ctx.store.users.credential(poolUid, userId),
    ctx.store.passkeys.list(poolUid, userId, { limit: 1 }),
  ])
  return {
    hasPassword: credential !== undefined,
    hasPasskeys: passkeys.rows.length > 0,
    codesToAnyAddress: ctx.policy.unprovedAccounts === 'keep',
  }
}
