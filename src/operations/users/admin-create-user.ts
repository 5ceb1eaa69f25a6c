import type { Context } from '../../context.ts'
import { attributeRecord, attributesFault, requiredAttributesFault, verifiedFlagFault } from '../../domain/attributes.ts'
import { temporaryPassword } from '../../domain/password-policy.ts'
import type { LoginName, User } from '../../domain/user.ts'
import type { UserPool } from '../../domain/user-pool.ts'
import { newUsernameFault, preferredUsernameFault, signInAttributeFault } from '../../domain/username.ts'
import { accountExists, CognitoError, invalidParameter, userAccountExists, userNotFound } from '../../errors.ts'
import { findUser } from '../../flows/find-user.ts'
import { invitationRecipients, invite } from '../../flows/invite.ts'
import { listedUser } from '../../flows/listed-user.ts'
import { heldAliases, saveMovingAliases } from '../../flows/move-aliases.ts'
import { newCredential } from '../../flows/new-credential.ts'
import { newUser, registration } from '../../flows/new-user.ts'
import { openPool } from '../../flows/open-pool.ts'
import { historySize, requireGoodPassword } from '../../flows/password-rules.ts'
import { retryingLostRaces, save } from '../../flows/save-user.ts'
import { requireNoMessageTrigger } from '../../flows/send-message.ts'
import { userChange } from '../../flows/user-change.ts'
import type { AdminCreateUserRequest } from '../../model/types.gen.ts'
import type { Operation } from '../operation.ts'

/** Gives somebody who has not used the temporary password yet a new one; what was begun with the old one is void. */
const renew = (ctx: Context, pool: UserPool, input: AdminCreateUserRequest, password: string): Promise<User> =>
  retryingLostRaces(async () => {
    const user = await findUser(ctx, pool, input.Username)
    if (user === undefined) throw userNotFound()
    if (user.status !== 'FORCE_CHANGE_PASSWORD') {
      throw new CognitoError('UnsupportedUserStateException', `Resend not possible. ${user.username} status is not FORCE_CHANGE_PASSWORD`)
    }
    invitationRecipients(user, input.DesiredDeliveryMediums)
    const credential = { new: await newCredential(ctx, pool, user, password), historySize: historySize(pool) }
    const after = { ...user, temporaryPasswordAt: ctx.clock.now(), generation: user.generation + 1 }
    return save(ctx, { ...userChange(pool, user, after), credential })
  })

const soundUser = (ctx: Context, pool: UserPool, { Username, UserAttributes: given = [] }: AdminCreateUserRequest): User => {
  const attributes = attributeRecord(pool, given)
  const preferred = attributes['preferred_username']
  const user = newUser(ctx, pool, Username, attributes, 'FORCE_CHANGE_PASSWORD')
  // What is missing but can still be given is asked for with the new password.
  const fixed = pool.SchemaAttributes.filter(({ Mutable }) => Mutable === false)
  const fault =
    newUsernameFault(pool, Username) ??
    attributesFault(pool.SchemaAttributes, given, 'admin', 'create') ??
    signInAttributeFault(pool, Username, attributes) ??
    (preferred ? preferredUsernameFault(pool, preferred) : undefined) ??
    requiredAttributesFault(fixed, user.attributes) ??
    verifiedFlagFault(user.attributes)
  if (fault !== undefined) throw invalidParameter(fault)
  return { ...user, temporaryPasswordAt: ctx.clock.now() }
}

/** Whether the pool lets users sign in with one-time codes, and this one with an address that is given. */
const oneTimeCodes = (pool: UserPool, { attributes }: User): 'no' | 'without address' | 'yes' => {
  const factors = pool.Policies.SignInPolicy?.AllowedFirstAuthFactors ?? []
  const byEmail = factors.includes('EMAIL_OTP')
  const bySms = factors.includes('SMS_OTP')
  if (!byEmail && !bySms) return 'no'
  return (byEmail && attributes['email']) || (bySms && attributes['phone_number']) ? 'yes' : 'without address'
}

/** The user as first stored, and the password to invite with (developer guide, "Create users without passwords"). */
const withPassword = (ctx: Context, pool: UserPool, user: User, given: string | undefined): { user: User; password?: string } => {
  const codes = oneTimeCodes(pool, user)
  if (given || codes === 'no') return { user, password: given || temporaryPassword(pool.Policies.PasswordPolicy, ctx.random.below) }
  // guess: the sentence about a passwordless user without an address for codes is our own.
  if (codes === 'without address') throw invalidParameter('A user without an address for one-time codes needs a temporary password.')
  const missing = requiredAttributesFault(pool.SchemaAttributes, user.attributes)
  if (missing !== undefined) throw invalidParameter(missing)
  return { user: { ...user, status: 'CONFIRMED', temporaryPasswordAt: undefined } }
}

// As reported, a taken alias is told as a taken name.
const nameTaken = ({ kind }: LoginName): CognitoError =>
  kind === 'email' || kind === 'phone_number' ? accountExists(kind) : userAccountExists()

const register = async (ctx: Context, pool: UserPool, user: User, password: string | undefined): Promise<User> => {
  const credential = password === undefined ? undefined : await newCredential(ctx, pool, user, password)
  const outcome = await ctx.store.users.register(ctx.by(), { ...registration(pool, user), credential })
  if (outcome !== 'registered') throw nameTaken(outcome.taken)
  return user
}

/**
 * ForceAliasCreation: the verified addresses leave whoever signs in with them. The user is registered without them first, so that nobody
 * loses an alias to a registration that fails.
 */
const registerMovingAliases = async (ctx: Context, pool: UserPool, user: User, password: string | undefined): Promise<User> => {
  const held = await heldAliases(ctx, pool, { user, claim: registration(pool, user).names })
  const flags = (value: 'true' | 'false') => Object.fromEntries(held.map(({ kind }) => [`${kind}_verified`, value]))
  const registered = await register(ctx, pool, { ...user, attributes: { ...user.attributes, ...flags('false') } }, password)
  if (held.length === 0) return registered
  return retryingLostRaces(async () => {
    const now = await ctx.store.users.byId(pool.uid, user.id)
    if (now === undefined) throw userNotFound()
    return saveMovingAliases(ctx, pool, userChange(pool, now, { ...now, attributes: { ...now.attributes, ...flags('true') } }))
  })
}

/** Makes a user with a temporary password and sends the invitation, or sends it again. */
export const adminCreateUser: Operation<'AdminCreateUser'> = async (ctx, input) => {
  const { MessageAction: action, TemporaryPassword: given, DesiredDeliveryMediums: mediums } = input
  const pool = await openPool(ctx, input.UserPoolId)
  ctx.triggers.requireNone(pool, 'PreSignUp')
  if (action !== 'SUPPRESS') requireNoMessageTrigger(ctx, pool)
  if (given) requireGoodPassword(pool, given)
  if (action === 'RESEND') {
    const renewed = given || temporaryPassword(pool.Policies.PasswordPolicy, ctx.random.below)
    const user = await renew(ctx, pool, input, renewed)
    await invite(ctx, pool, user, renewed, mediums)
    return { User: listedUser(user) }
  }
  const { user: made, password } = withPassword(ctx, pool, soundUser(ctx, pool, input), given)
  if (action !== 'SUPPRESS') invitationRecipients(made, mediums)
  const user = await (input.ForceAliasCreation === true ? registerMovingAliases : register)(ctx, pool, made, password)
  if (action !== 'SUPPRESS') await invite(ctx, pool, user, password, mediums)
  return { User: listedUser(user) }
}
