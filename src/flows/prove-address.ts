import type { Context } from '../context.ts'
import { isVerified } from '../domain/is-verified.ts'
import type { AddressName } from '../domain/recipient.ts'
import type { User } from '../domain/user.ts'
import { codeExpired, invalidSession } from '../errors.ts'
import { saveMovingAliases } from './move-aliases.ts'
import type { OpenClient } from './open-client.ts'
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
 * with one-time passwords"). An alias moves here as with VerifyUserAttribute. Throws ExpiredCodeException when the address changed meanwhile,
 * AliasExistsException when confirming would take somebody's alias, or what the user's state says.
 * The password of the sign-up goes (policy unprovedAccounts): its maker may be somebody else.
 * guess: a user whom a code that signs in confirms is confirmed without an event for PostConfirmation.
 */
export const proveAddress = (ctx: Context, opened: OpenClient, began: User, attribute: AddressName, address: string): Promise<User> =>
  retryingLostRaces(async () => {
    const user = await rereadSignIn(ctx, began)
    if (user.attributes[attribute] !== address) throw codeExpired()
    const confirms = user.status === 'UNCONFIRMED'
    if (isVerified(user.attributes, attribute) && !confirms) return user
    const attributes = { ...user.attributes, [`${attribute}_verified`]: 'true' }
    // Whoever signed up need not be who reads the address: what was set then is void, sign-ins that wait included.
    const guards = confirms && ctx.policy.unprovedAccounts === 'guard'
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
