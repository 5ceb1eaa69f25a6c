import type { Context } from '../../context.ts'
import type { CodeMedium } from '../../domain/account-recovery.ts'
import { attributeRecord, attributesFault, requiredAttributesFault } from '../../domain/attributes.ts'
import { temporaryPassword } from '../../domain/password-policy.ts'
import type { LoginName, User } from '../../domain/user.ts'
import type { UserPool } from '../../domain/user-pool.ts'
import { newUsernameFault } from '../../domain/username.ts'
import { accountExists, aliasExists, CognitoError, invalidParameter, userAccountExists, userNotFound } from '../../errors.ts'
import { recipientAt } from '../../flows/change-attributes.ts'
import { findUser } from '../../flows/find-user.ts'
import { listedUser } from '../../flows/listed-user.ts'
import { newCredential } from '../../flows/new-credential.ts'
import { newUser, registration } from '../../flows/new-user.ts'
import { openPool } from '../../flows/open-pool.ts'
import { requireGoodPassword } from '../../flows/password-rules.ts'
import { retryingLostRaces, save } from '../../flows/save-user.ts'
import { requireNoMessageTrigger, sendMessage } from '../../flows/send-message.ts'
import { userChange } from '../../flows/user-change.ts'
import type { AdminCreateUserRequest } from '../../model/types.gen.ts'
import type { Operation } from '../operation.ts'

/**
 * Where the invitation goes: SMS unless asked otherwise. guess: with the medium left out, e-mail is used when that is all there is.
 * Throws InvalidParameterException when a medium that was asked for has no address.
 */
const recipients = (user: User, wanted: AdminCreateUserRequest['DesiredDeliveryMediums']): CodeMedium[] => {
  const { email, phone_number: phone } = user.attributes
  const chosen = wanted?.length ? wanted : phone === undefined && email !== undefined ? (['EMAIL'] as const) : (['SMS'] as const)
  return chosen.flatMap((medium) => {
    const attribute = medium === 'EMAIL' ? 'email' : 'phone_number'
    const destination = user.attributes[attribute]
    if (destination !== undefined) return [recipientAt(attribute, destination)]
    if (wanted?.length) throw invalidParameter(`User attribute ${attribute} is required to send the invitation by ${medium}.`)
    return []
  })
}

const invite = async (ctx: Context, pool: UserPool, user: User, password: string, input: AdminCreateUserRequest): Promise<void> => {
  if (input.MessageAction === 'SUPPRESS') return
  for (const recipient of recipients(user, input.DesiredDeliveryMediums)) {
    await sendMessage(ctx, pool, user, 'Invitation', recipient, password)
  }
}

const resend = async (ctx: Context, pool: UserPool, input: AdminCreateUserRequest, password: string): Promise<User> => {
  const user = await retryingLostRaces(async () => {
    const user = await findUser(ctx, pool, input.Username)
    if (user === undefined) throw userNotFound()
    if (user.status !== 'FORCE_CHANGE_PASSWORD') {
      throw new CognitoError('UnsupportedUserStateException', 'Resend not possible. User status is not FORCE_CHANGE_PASSWORD')
    }
    const credential = { new: await newCredential(ctx, pool, user, password), historySize: 0 }
    const after = { ...user, temporaryPasswordAt: ctx.clock.now() }
    return save(ctx, { ...userChange(pool, user, after), credential })
  })
  await invite(ctx, pool, user, password, input)
  return user
}

const soundUser = (ctx: Context, pool: UserPool, input: AdminCreateUserRequest): User => {
  const badName = newUsernameFault(pool, input.Username)
  if (badName !== undefined) throw invalidParameter(badName)
  const given = input.UserAttributes ?? []
  const fault = attributesFault(pool.SchemaAttributes, given, 'admin', 'create')
  if (fault !== undefined) throw invalidParameter(fault)
  const user = newUser(ctx, pool, input.Username, attributeRecord(pool.SchemaAttributes, given), 'FORCE_CHANGE_PASSWORD')
  // What is missing but can still be given is asked for with the new password.
  const fixed = pool.SchemaAttributes.filter(({ Mutable }) => Mutable === false)
  const missing = requiredAttributesFault(fixed, user.attributes)
  if (missing !== undefined) throw invalidParameter(missing)
  return { ...user, temporaryPasswordAt: ctx.clock.now() }
}

const nameTaken = ({ kind }: LoginName, pool: UserPool): CognitoError => {
  if (kind !== 'email' && kind !== 'phone_number') return userAccountExists()
  return pool.UsernameAttributes?.length ? accountExists(kind) : aliasExists(kind)
}

/** ForceAliasCreation: the verified aliases of the new user leave whoever holds them. */
const freeAliases = async (ctx: Context, pool: UserPool, names: readonly LoginName[]): Promise<void> => {
  for (const { kind, name } of names) {
    if (kind === 'username') continue
    await retryingLostRaces(async () => {
      const holder = await ctx.store.users.byName(pool.uid, name)
      if (holder === undefined) return
      const attributes = { ...holder.attributes, [`${kind}_verified`]: 'false' }
      await save(ctx, userChange(pool, holder, { ...holder, attributes }))
    })
  }
}

/** Makes a user with a temporary password and sends the invitation, or sends it again. */
export const adminCreateUser: Operation<'AdminCreateUser'> = async (ctx, input) => {
  const pool = await openPool(ctx, input.UserPoolId)
  ctx.triggers.requireNone(pool, 'PreSignUp')
  if (input.MessageAction !== 'SUPPRESS') requireNoMessageTrigger(ctx, pool)
  const password = input.TemporaryPassword ?? temporaryPassword(pool.Policies.PasswordPolicy, ctx.random.below)
  requireGoodPassword(pool, password)
  if (input.MessageAction === 'RESEND') return { User: listedUser(await resend(ctx, pool, input, password)) }

  const user = soundUser(ctx, pool, input)
  if (input.MessageAction !== 'SUPPRESS') recipients(user, input.DesiredDeliveryMediums)
  const rows = registration(pool, user)
  if (input.ForceAliasCreation === true && !pool.UsernameAttributes?.length) await freeAliases(ctx, pool, rows.names)
  const outcome = await ctx.store.users.register(ctx.by(), { ...rows, credential: await newCredential(ctx, pool, user, password) })
  if (outcome !== 'registered') throw nameTaken(outcome.taken, pool)
  await invite(ctx, pool, user, password, input)
  return { User: listedUser(user) }
}
