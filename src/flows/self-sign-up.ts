import type { Context } from '../context.ts'
import { confirmationMedium } from '../domain/account-recovery.ts'
import { attributeRecord, attributesFault, mayWrite, requiredAttributesFault } from '../domain/attributes.ts'
import { maySignUpWithoutPassword } from '../domain/passwordless.ts'
import type { LoginName, User } from '../domain/user.ts'
import { newUsernameFault, signInAttributeFault } from '../domain/username.ts'
import { accountExists, type CognitoError, invalidParameter, signUpNotPermitted, unauthorizedAttribute, usernameExists } from '../errors.ts'
import type { AttributeType, CodeDeliveryDetailsType } from '../model/types.gen.ts'
import type { SignInRequest } from './attempt.ts'
import { makeCode } from './codes.ts'
import { requireUncompromised } from './compromised.ts'
import { newCredential } from './new-credential.ts'
import { newUser } from './new-user.ts'
import type { OpenClient } from './open-client.ts'
import { requireGoodPassword } from './password-rules.ts'
import { recordAuthEvent } from './record-auth-event.ts'
import { registerTakingAliases } from './register-user.ts'
import { requireAllowedAddress } from './risk.ts'
import { requireLinkDomain, sendMessage } from './send-message.ts'
import { onceStored } from './stored-anyway.ts'
import type { ClientMetadata } from './triggers/event-attributes.ts'
import { postConfirmation } from './triggers/post-confirmation.ts'
import { preSignUp } from './triggers/pre-sign-up.ts'

/** What somebody who signs up gives. */
export interface SignUpForm {
  readonly username: string
  /** Absent where the user is to sign in with one-time codes. */
  readonly password?: string | undefined
  readonly attributes: readonly AttributeType[]
  readonly validationData?: ClientMetadata | undefined
  readonly request: SignInRequest
}

/** Somebody who has signed up: whether a function confirmed them at once, and where a code went otherwise. */
export interface SignedUp {
  readonly user: User
  readonly confirmed: boolean
  readonly delivered: CodeDeliveryDetailsType | undefined
}

const nameTaken = ({ kind }: LoginName): CognitoError =>
  kind === 'email' || kind === 'phone_number' ? accountExists(kind) : usernameExists()

const soundUser = (ctx: Context, { client, pool }: OpenClient, { username, attributes: given }: SignUpForm): User => {
  const schema = pool.SchemaAttributes
  const names = given.map(({ Name }) => Name)
  if (!mayWrite(client, schema, names)) throw unauthorizedAttribute()
  const attributes = attributeRecord(pool, given)
  const user: User = { ...newUser(ctx, pool, username, attributes, 'UNCONFIRMED'), selfNamed: ['email', 'phone_number'] }
  const fault =
    newUsernameFault(pool, username) ??
    attributesFault(schema, given, 'user', 'create') ??
    signInAttributeFault(pool, username, attributes) ??
    requiredAttributesFault(schema, user.attributes)
  if (fault !== undefined) throw invalidParameter(fault)
  if (pool.AliasAttributes?.includes('preferred_username') && names.includes('preferred_username')) {
    // guess: the sentence about preferred_username at sign-up where it is an alias is our own.
    throw invalidParameter('A preferred_username cannot be given at sign-up where it is an alias; set it after the user is confirmed.')
  }
  return user
}

/**
 * The user as the PreSignUp function wants them, if it wants them.
 * guess: a PreSignUp function is asked about a sign-up under a taken name too, before the name is looked for: what it refuses comes first, and
 * a user whom it deletes is out of the way.
 */
const screened = (ctx: Context, { client, pool }: OpenClient, user: User, form: SignUpForm): Promise<User> =>
  preSignUp(ctx, pool, user, {
    source: 'PreSignUp_SignUp',
    clientId: client.ClientId,
    validationData: form.validationData,
    clientMetadata: form.request.clientMetadata,
  })

/** Registers somebody who signs up and sends the confirmation code; throws what API_SignUp lists, StoredAnyway once there is a user. */
export const selfSignUp = async (ctx: Context, opened: OpenClient, form: SignUpForm): Promise<SignedUp> => {
  const { client, pool } = opened
  const { request } = form
  requireAllowedAddress(ctx, opened, request)
  if (pool.AdminCreateUserConfig.AllowAdminCreateUserOnly === true) throw signUpNotPermitted()
  const password = form.password || undefined
  if (password !== undefined) requireGoodPassword(pool, password)
  const compromised = password !== undefined && (await requireUncompromised(ctx, opened, password, 'SIGN_UP'))
  const sound = soundUser(ctx, opened, form)
  // guess: a sign-up without a password is refused like one with too short a password, where it needs one.
  if (password === undefined && !maySignUpWithoutPassword(pool, client, sound)) requireGoodPassword(pool, '')
  const user = await screened(ctx, opened, sound, form)

  const confirmed = user.status === 'CONFIRMED'
  const recipient = confirmed ? undefined : confirmationMedium(pool, user)
  if (recipient !== undefined) requireLinkDomain(pool, 'SignUp', recipient.medium)
  const made = recipient && (await makeCode(ctx, user, 'SignUp', { attribute: recipient.attribute, value: recipient.destination }))
  const credential = password === undefined ? undefined : await newCredential(ctx, pool, user, password)
  const outcome = await registerTakingAliases(ctx, pool, user, { credential, code: made?.code })
  if ('taken' in outcome) throw nameTaken(outcome.taken)
  const response = confirmed ? 'Pass' : 'InProgress'
  await recordAuthEvent(ctx, { opened, user: outcome.user, type: 'SignUp', response, request, compromised })

  const from = { clientId: client.ClientId, clientMetadata: request.clientMetadata }
  return onceStored(outcome.user, async () => {
    const delivered = recipient && made && (await sendMessage(ctx, pool, outcome.user, 'SignUp', recipient, made.text, from))
    if (confirmed) await postConfirmation(ctx, pool, outcome.user, 'ConfirmSignUp', from)
    return { user: outcome.user, confirmed, delivered }
  })
}
