import type { Context } from '../../context.ts'
import { confirmationMedium } from '../../domain/account-recovery.ts'
import { attributeRecord, attributesFault, mayWrite, requiredAttributesFault } from '../../domain/attributes.ts'
import { maySignUpWithoutPassword } from '../../domain/passwordless.ts'
import { configuredFunction } from '../../domain/trigger-config.ts'
import type { LoginName, User } from '../../domain/user.ts'
import { newUsernameFault, signInAttributeFault } from '../../domain/username.ts'
import {
  accountExists,
  type CognitoError,
  invalidParameter,
  signUpNotPermitted,
  unauthorizedAttribute,
  usernameExists,
} from '../../errors.ts'
import { reportedBy } from '../../flows/client-context.ts'
import { makeCode } from '../../flows/codes.ts'
import { requireUncompromised } from '../../flows/compromised.ts'
import { newCredential } from '../../flows/new-credential.ts'
import { newUser } from '../../flows/new-user.ts'
import { type OpenClient, openClient, requireSecretHash } from '../../flows/open-client.ts'
import { requireGoodPassword } from '../../flows/password-rules.ts'
import { recordAuthEvent } from '../../flows/record-auth-event.ts'
import { findTaken, registerTakingAliases } from '../../flows/register-user.ts'
import { requireAllowedAddress } from '../../flows/risk.ts'
import { sendMessage } from '../../flows/send-message.ts'
import { signUpSession } from '../../flows/sign-up-session.ts'
import { validationDataOf } from '../../flows/triggers/event-attributes.ts'
import { postConfirmation } from '../../flows/triggers/post-confirmation.ts'
import { preSignUp } from '../../flows/triggers/pre-sign-up.ts'
import type { SignUpRequest } from '../../model/types.gen.ts'
import type { Operation } from '../operation.ts'

const nameTaken = ({ kind }: LoginName): CognitoError =>
  kind === 'email' || kind === 'phone_number' ? accountExists(kind) : usernameExists()

const soundUser = (ctx: Context, { client, pool }: OpenClient, { Username, UserAttributes: given = [] }: SignUpRequest): User => {
  const schema = pool.SchemaAttributes
  const names = given.map(({ Name }) => Name)
  if (!mayWrite(client, schema, names)) throw unauthorizedAttribute()
  const attributes = attributeRecord(pool, given)
  const user: User = { ...newUser(ctx, pool, Username, attributes, 'UNCONFIRMED'), selfNamed: ['email', 'phone_number'] }
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

/** The user as the PreSignUp function wants them, if it wants them. */
const screened = async (ctx: Context, { client, pool }: OpenClient, user: User, input: SignUpRequest): Promise<User> => {
  if (configuredFunction(pool, 'PreSignUp') === undefined) return user
  const taken = await findTaken(ctx, pool, user, false)
  if (taken !== undefined) throw nameTaken(taken)
  return preSignUp(ctx, pool, user, {
    source: 'PreSignUp_SignUp',
    clientId: client.ClientId,
    validationData: validationDataOf(input.ValidationData),
    clientMetadata: input.ClientMetadata,
  })
}

/** Registers a user in the app client's pool and sends the confirmation code. */
export const signUp: Operation<'SignUp'> = async (ctx, input) => {
  const opened = await openClient(ctx, input.ClientId)
  const { client, pool } = opened
  await requireSecretHash(ctx, client, [input.Username], input.SecretHash)
  const request = reportedBy(input)
  requireAllowedAddress(ctx, opened, request)
  if (pool.AdminCreateUserConfig.AllowAdminCreateUserOnly === true) throw signUpNotPermitted()
  const password = input.Password || undefined
  if (password !== undefined) requireGoodPassword(pool, password)
  const compromised = password !== undefined && (await requireUncompromised(ctx, opened, password, 'SIGN_UP'))
  const sound = soundUser(ctx, opened, input)
  // guess: a sign-up without a password is refused like one with too short a password, where it needs one.
  if (password === undefined && !maySignUpWithoutPassword(pool, client, sound)) requireGoodPassword(pool, '')
  const user = await screened(ctx, opened, sound, input)

  const recipient = user.status === 'CONFIRMED' ? undefined : confirmationMedium(pool, user)
  const made = recipient && (await makeCode(ctx, user, 'SignUp', { attribute: recipient.attribute, value: recipient.destination }))
  const credential = password === undefined ? undefined : await newCredential(ctx, pool, user, password)
  const outcome = await registerTakingAliases(ctx, pool, user, { credential, code: made?.code })
  if ('taken' in outcome) throw nameTaken(outcome.taken)
  const response = user.status === 'CONFIRMED' ? 'Pass' : 'InProgress'
  await recordAuthEvent(ctx, { opened, user: outcome.user, type: 'SignUp', response, request, compromised })

  const from = { clientId: client.ClientId, clientMetadata: input.ClientMetadata }
  const CodeDeliveryDetails = recipient && made && (await sendMessage(ctx, pool, outcome.user, 'SignUp', recipient, made.text, from))
  const UserConfirmed = user.status === 'CONFIRMED'
  if (UserConfirmed) await postConfirmation(ctx, pool, outcome.user, 'ConfirmSignUp', from)
  // As reported, only clients that could sign in with it get one.
  const Session = client.ExplicitAuthFlows?.includes('ALLOW_USER_AUTH') ? await signUpSession(ctx, opened, user) : undefined
  return { UserConfirmed, UserSub: user.id, CodeDeliveryDetails, Session }
}
