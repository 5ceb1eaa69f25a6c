import type { Context } from '../context.ts'
import { getsCodes } from '../domain/auth-factors.ts'
import { isVerified } from '../domain/is-verified.ts'
import type { User } from '../domain/user.ts'
import { codeExpired, invalidSession } from '../errors.ts'
import { saveMovingAliases } from './move-aliases.ts'
import type { CodeOrder } from './one-time-codes.ts'
import type { OpenClient } from './open-client.ts'
import { openProvable } from './open-provable.ts'
import { requireSignInStatus } from './prove-password.ts'
import { retryingLostRaces, save } from './save-user.ts'
import { userChange } from './user-change.ts'

/** The user as stored now, in the middle of a sign-in that began with an earlier state; throws NotAuthorizedException. */
export const rereadSignIn = async (ctx: Context, { poolUid, id, generation }: User): Promise<User> => {
  const user = await ctx.store.users.byId(poolUid, id)
  if (user === undefined || user.generation !== generation) throw invalidSession()
  return user
}

/**
 * Notes what a code sent to an address proves: the address is the user's, who is confirmed with it (developer guide, "Passwordless sign-in
 * with one-time passwords"). An alias moves here as with VerifyUserAttribute. Throws ExpiredCodeException when the address changed meanwhile
 * or gets no codes that sign in any more, AliasExistsException when confirming would take somebody's alias, or what the user's state says.
 * The password of the sign-up goes (policy unprovedAccounts): its maker may be somebody else.
 * guess: a user whom a code that signs in confirms is confirmed without an event for PostConfirmation.
 */
export const proveAddress = (
  ctx: Context,
  opened: OpenClient,
  began: User,
  { use, attribute }: Pick<CodeOrder, 'use' | 'attribute'>,
  address: string,
): Promise<User> =>
  retryingLostRaces(async () => {
    const user = await rereadSignIn(ctx, began)
    if (user.attributes[attribute] !== address) throw codeExpired()
    // Confirmed meanwhile by a code to another address: that one's reader has the password, and may not be who reads this one.
    const mayProve = use !== 'first factor' || getsCodes(opened.pool, user, attribute, await openProvable(ctx, user.poolUid, user.id))
    if (!mayProve) throw codeExpired()
    const confirms = user.status === 'UNCONFIRMED'
    if (isVerified(user.attributes, attribute) && !confirms) return user
    const attributes = { ...user.attributes, [`${attribute}_verified`]: 'true' }
    // Whoever signed up need not be who reads the address: what was set then is void, sign-ins that wait included.
    const unproved = confirms || (use === 'first factor' && user.selfNamed?.includes(attribute) === true)
    const guards = unproved && ctx.policy.unprovedAccounts === 'guard'
    const after: User = {
      ...user,
      attributes,
      status: confirms ? 'CONFIRMED' : user.status,
      generation: user.generation + (guards ? 1 : 0),
    }
    requireSignInStatus(opened, after)
    const change = userChange(opened.pool, user, after)
    return confirms
      ? save(ctx, { ...change, dropCodes: ['SignUp'], ...(guards && { dropCredential: true as const }) })
      : saveMovingAliases(ctx, opened.pool, change)
  })
