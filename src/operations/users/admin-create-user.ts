import type { Context } from '../../context.ts'
import { attributeRecord, attributesFault, requiredAttributesFault, verifiedFlagFault } from '../../domain/attributes.ts'
import { temporaryPassword } from '../../domain/password-policy.ts'
import { hasOneTimeCodeAddress, oneTimeCodeAddresses } from '../../domain/passwordless.ts'
import { configuredFunction } from '../../domain/trigger-config.ts'
import type { LoginName, User } from '../../domain/user.ts'
import type { UserPool } from '../../domain/user-pool.ts'
import { newUsernameFault, preferredUsernameFault, signInAttributeFault } from '../../domain/username.ts'
import { accountExists, CognitoError, invalidParameter, userAccountExists, userNotFound } from '../../errors.ts'
import { findUser } from '../../flows/find-user.ts'
import { invitationRecipients, invite } from '../../flows/invite.ts'
import { listedUser } from '../../flows/listed-user.ts'
import { newCredential } from '../../flows/new-credential.ts'
import { newUser } from '../../flows/new-user.ts'
import { openPool } from '../../flows/open-pool.ts'
import { historySize, requireGoodPassword } from '../../flows/password-rules.ts'
import { findTaken, registerTakingAliases, registerUser } from '../../flows/register-user.ts'
import { retryingLostRaces, save } from '../../flows/save-user.ts'
import { validationDataOf } from '../../flows/triggers/event-attributes.ts'
import { preSignUp } from '../../flows/triggers/pre-sign-up.ts'
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
    preferredUsernameFault(pool, preferred) ??
    requiredAttributesFault(fixed, user.attributes) ??
    verifiedFlagFault(user.attributes)
  if (fault !== undefined) throw invalidParameter(fault)
  return { ...user, temporaryPasswordAt: ctx.clock.now() }
}

/** The user as first stored, and the password to invite with (developer guide, "Create users without passwords"). */
const withPassword = (ctx: Context, pool: UserPool, user: User, given: string | undefined): { user: User; password?: string } => {
  if (given) return { user, password: given }
  if (oneTimeCodeAddresses(pool).length === 0) return { user, password: temporaryPassword(pool.Policies.PasswordPolicy, ctx.random.below) }
  // guess: the sentence about a passwordless user without an address for codes is our own.
  if (!hasOneTimeCodeAddress(pool, user)) throw invalidParameter('A user without an address for one-time codes needs a temporary password.')
  const missing = requiredAttributesFault(pool.SchemaAttributes, user.attributes)
  if (missing !== undefined) throw invalidParameter(missing)
  return { user: { ...user, status: 'CONFIRMED', temporaryPasswordAt: undefined } }
}

// As reported, a taken alias is told as a taken name.
const nameTaken = ({ kind }: LoginName): CognitoError =>
  kind === 'email' || kind === 'phone_number' ? accountExists(kind) : userAccountExists()

/** Lets the PreSignUp function refuse the user, unless there is one of that name. */
const screen = async (ctx: Context, pool: UserPool, user: User, input: AdminCreateUserRequest): Promise<void> => {
  if (configuredFunction(pool, 'PreSignUp') === undefined) return
  const taken = await findTaken(ctx, pool, user, input.ForceAliasCreation === true)
  if (taken !== undefined) throw nameTaken(taken)
  const validationData = validationDataOf(input.ValidationData)
  await preSignUp(ctx, pool, user, { source: 'PreSignUp_AdminCreateUser', validationData, clientMetadata: input.ClientMetadata })
}

const create = async (ctx: Context, pool: UserPool, input: AdminCreateUserRequest): Promise<User> => {
  const { MessageAction: action, DesiredDeliveryMediums: mediums } = input
  const { user, password } = withPassword(ctx, pool, soundUser(ctx, pool, input), input.TemporaryPassword)
  if (action !== 'SUPPRESS') invitationRecipients(user, mediums)
  await screen(ctx, pool, user, input)
  const credential = password === undefined ? undefined : await newCredential(ctx, pool, user, password)
  const outcome = await (input.ForceAliasCreation === true ? registerTakingAliases : registerUser)(ctx, pool, user, { credential })
  if ('taken' in outcome) throw nameTaken(outcome.taken)
  if (action !== 'SUPPRESS') await invite(ctx, pool, outcome.user, password, input)
  return outcome.user
}

/** Makes a user with a temporary password and sends the invitation, or sends it again. */
export const adminCreateUser: Operation<'AdminCreateUser'> = async (ctx, input) => {
  const { MessageAction: action, TemporaryPassword: given } = input
  const pool = await openPool(ctx, input.UserPoolId)
  if (given) requireGoodPassword(pool, given)
  if (action !== 'RESEND') return { User: listedUser(await create(ctx, pool, input)) }
  const renewed = given || temporaryPassword(pool.Policies.PasswordPolicy, ctx.random.below)
  const user = await renew(ctx, pool, input, renewed)
  await invite(ctx, pool, user, renewed, input)
  return { User: listedUser(user) }
}
