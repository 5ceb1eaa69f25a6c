import type { Context } from '../../context.ts'
import { confirmationMedium } from '../../domain/account-recovery.ts'
import { attributeRecord, attributesFault, mayWrite, requiredAttributesFault } from '../../domain/attributes.ts'
import type { User } from '../../domain/user.ts'
import { newUsernameFault, signInAttributeFault } from '../../domain/username.ts'
import { accountExists, invalidParameter, signUpNotPermitted, unauthorizedAttribute, usernameExists } from '../../errors.ts'
import { makeCode } from '../../flows/codes.ts'
import { newCredential } from '../../flows/new-credential.ts'
import { newUser, registration } from '../../flows/new-user.ts'
import { type OpenClient, openClient, requireSecretHash } from '../../flows/open-client.ts'
import { requireGoodPassword } from '../../flows/password-rules.ts'
import { requireNoMessageTrigger, sendMessage } from '../../flows/send-message.ts'
import { signUpSession } from '../../flows/sign-up-session.ts'
import type { SignUpRequest } from '../../model/types.gen.ts'
import type { Operation } from '../operation.ts'

const soundUser = (ctx: Context, { client, pool }: OpenClient, { Username, UserAttributes: given = [] }: SignUpRequest): User => {
  const schema = pool.SchemaAttributes
  const names = given.map(({ Name }) => Name)
  if (!mayWrite(client, schema, names)) throw unauthorizedAttribute()
  const attributes = attributeRecord(pool, given)
  const user = newUser(ctx, pool, Username, attributes, 'UNCONFIRMED')
  const fault =
    newUsernameFault(pool, Username) ??
    attributesFault(schema, given, 'user', 'create') ??
    signInAttributeFault(pool, Username, attributes) ??
    requiredAttributesFault(schema, user.attributes)
  if (fault !== undefined) throw invalidParameter(fault)
  if (pool.AliasAttributes?.includes('preferred_username') && names.includes('preferred_username')) {
    // guess: the sentence about preferred_username at sign-up where it is an alias is our own.
    throw invalidParameter('A preferred_username cannot be given at sign-up where it is an alias; set it after the user is confirmed.')
  }
  return user
}

/** Registers a user in the app client's pool and sends the confirmation code. */
export const signUp: Operation<'SignUp'> = async (ctx, input) => {
  const opened = await openClient(ctx, input.ClientId)
  const { client, pool } = opened
  await requireSecretHash(ctx, client, [input.Username], input.SecretHash)
  if (pool.AdminCreateUserConfig.AllowAdminCreateUserOnly === true) throw signUpNotPermitted()
  ctx.triggers.requireNone(pool, 'PreSignUp')
  requireNoMessageTrigger(ctx, pool)

  // Passwordless sign-up needs a one-time-code factor, which is not built yet.
  // guess: a sign-up without a password is refused like one with too short a password.
  const password = input.Password ?? ''
  requireGoodPassword(pool, password)
  const user = soundUser(ctx, opened, input)

  const recipient = confirmationMedium(pool, user)
  const made = recipient && (await makeCode(ctx, user, 'SignUp', { attribute: recipient.attribute, value: recipient.destination }))
  const outcome = await ctx.store.users.register(ctx.by(), {
    ...registration(pool, user),
    credential: await newCredential(ctx, pool, user, password),
    code: made?.code,
  })
  if (outcome !== 'registered') {
    const { kind } = outcome.taken
    throw kind === 'email' || kind === 'phone_number' ? accountExists(kind) : usernameExists()
  }

  const CodeDeliveryDetails = recipient && made && (await sendMessage(ctx, pool, user, 'SignUp', recipient, made.text))
  // As reported, only clients that could sign in with it get one.
  const Session = client.ExplicitAuthFlows?.includes('ALLOW_USER_AUTH') ? await signUpSession(ctx, opened, user, 'SIGN_UP') : undefined
  return { UserConfirmed: false, UserSub: user.id, CodeDeliveryDetails, Session }
}
