import { confirmationMedium } from '../../domain/account-recovery.ts'
import { attributeRecord, attributesFault, requiredAttributesFault, writableFault } from '../../domain/attributes.ts'
import { newUsernameFault } from '../../domain/username.ts'
import {
  accountExists,
  invalidParameter,
  invalidPassword,
  signUpNotPermitted,
  unauthorizedAttribute,
  usernameExists,
} from '../../errors.ts'
import { makeCode } from '../../flows/codes.ts'
import { newCredential } from '../../flows/new-credential.ts'
import { newUser, registration } from '../../flows/new-user.ts'
import { openClient, requireSecretHash } from '../../flows/open-client.ts'
import { requireGoodPassword } from '../../flows/password-rules.ts'
import { requireNoMessageTrigger, sendMessage } from '../../flows/send-message.ts'
import type { Operation } from '../operation.ts'

/** Registers a user in the app client's pool and sends the confirmation code. */
export const signUp: Operation<'SignUp'> = async (ctx, input) => {
  const { client, pool } = await openClient(ctx, input.ClientId)
  await requireSecretHash(ctx, client, [input.Username], input.SecretHash)
  if (pool.AdminCreateUserConfig.AllowAdminCreateUserOnly === true) throw signUpNotPermitted()
  ctx.triggers.requireNone(pool, 'PreSignUp')
  requireNoMessageTrigger(ctx, pool)

  // guess: passwordless sign-up needs a one-time-code factor, which is not built yet.
  if (input.Password === undefined) throw invalidPassword('Password did not conform with policy: Password not long enough')
  requireGoodPassword(pool, input.Password)
  const badName = newUsernameFault(pool, input.Username)
  if (badName !== undefined) throw invalidParameter(badName)
  const given = input.UserAttributes ?? []
  const names = given.map(({ Name }) => Name)
  if (writableFault(client, pool.SchemaAttributes, names) !== undefined) throw unauthorizedAttribute()
  const badAttribute = attributesFault(pool.SchemaAttributes, given, 'user', 'create')
  if (badAttribute !== undefined) throw invalidParameter(badAttribute)

  const user = newUser(ctx, pool, input.Username, attributeRecord(pool.SchemaAttributes, given), 'UNCONFIRMED')
  const missing = requiredAttributesFault(pool.SchemaAttributes, user.attributes)
  if (missing !== undefined) throw invalidParameter(missing)
  if (pool.AliasAttributes?.includes('preferred_username') && names.includes('preferred_username')) {
    throw invalidParameter('A preferred_username cannot be given at sign-up where it is an alias; set it after the user is confirmed.')
  }

  const recipient = confirmationMedium(pool, user)
  const made = recipient && (await makeCode(ctx, user, 'SignUp', { attribute: recipient.attribute, value: recipient.destination }))
  const outcome = await ctx.store.users.register(ctx.by(), {
    ...registration(pool, user),
    credential: await newCredential(ctx, pool, user, input.Password),
    code: made?.code,
  })
  if (outcome !== 'registered') {
    const { kind } = outcome.taken
    throw kind === 'email' || kind === 'phone_number' ? accountExists(kind) : usernameExists()
  }

  const CodeDeliveryDetails = recipient && made && (await sendMessage(ctx, pool, user, 'SignUp', recipient, made.text))
  return { UserConfirmed: false, UserSub: user.id, CodeDeliveryDetails }
}
