import type { Context } from '../context.ts'
import type { AddressName } from '../domain/recipient.ts'
import type { User } from '../domain/user.ts'
import type { UserPool } from '../domain/user-pool.ts'
import { normaliseName } from '../domain/username.ts'
import type { UserChange } from '../storage/store.ts'
import { save } from './save-user.ts'
import { userChange } from './user-change.ts'

/** An address that somebody else has signed in with so far. */
export interface HeldAlias {
  readonly kind: AddressName
  readonly holder: User
}

/** Which of the aliases that the change claims other users hold now; a user name or preferred_username is nobody's to move. */
export const heldAliases = async (ctx: Context, pool: UserPool, { user, claim = [] }: UserChange): Promise<HeldAlias[]> => {
  const held: HeldAlias[] = []
  for (const { kind, name } of claim) {
    if ((kind !== 'email' && kind !== 'phone_number') || !pool.AliasAttributes?.includes(kind)) continue
    const holder = await ctx.store.users.byName(pool.uid, name)
    if (holder === undefined || holder.id === user.id || normaliseName(pool, holder.attributes[kind] ?? '') !== name) continue
    held.push({ kind, holder })
  }
  return held
}

/** What a holder of one or of both kinds becomes: the addresses stay, unverified. */
const withoutAliases = (pool: UserPool, held: readonly HeldAlias[]): UserChange[] => {
  const holders = new Map(held.map(({ holder }) => [holder.id, holder]))
  return [...holders.values()].map((holder) => {
    const flags = held.filter((alias) => alias.holder.id === holder.id).map(({ kind }) => [`${kind}_verified`, 'false'])
    return userChange(pool, holder, { ...holder, attributes: { ...holder.attributes, ...Object.fromEntries(flags) } })
  })
}

/**
 * Saves like `save`; the aliases that the change claims move here, and become unverified where they were (developer guide, "Customizing
 * sign-in attributes"). All in one commit.
 */
export const saveMovingAliases = async (ctx: Context, pool: UserPool, change: UserChange): Promise<User> =>
  save(ctx, change, ...withoutAliases(pool, await heldAliases(ctx, pool, change)))
