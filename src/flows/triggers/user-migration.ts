import type { Context } from '../../context.ts'
import { hidesUserExistence } from '../../domain/app-client.ts'
import { type MigratedUser, migratedUser, migratedUserFault } from '../../domain/migrated-user.ts'
import { subjectOf } from '../../domain/subject.ts'
import { configuredFunction } from '../../domain/trigger-config.ts'
import type { User } from '../../domain/user.ts'
import { longestUsername, lookupName, signsInWith } from '../../domain/username.ts'
import { CognitoError, incorrectCredentials, invalidLambdaResponse, invalidParameter } from '../../errors.ts'
import type { SignInRequest } from '../attempt.ts'
import { behindLockOut } from '../behind-lock-out.ts'
import { findUser } from '../find-user.ts'
import { welcome } from '../invite.ts'
import { lockoutSubject } from '../lockout-subject.ts'
import { newCredential } from '../new-credential.ts'
import { newUser } from '../new-user.ts'
import type { OpenClient } from '../open-client.ts'
import { registerTakingAliases, registerUser } from '../register-user.ts'
import { callTrigger } from './call-trigger.ts'
import { type ClientMetadata, clientMetadataOf } from './event-attributes.ts'
import { preSignUp } from './pre-sign-up.ts'

/** How somebody came to be looked for elsewhere. */
type Occasion =
  | { readonly source: 'Authentication'; readonly password: string; readonly sent: { readonly validationData: ClientMetadata | undefined } }
  | { readonly source: 'ForgotPassword'; readonly sent: { readonly clientMetadata: ClientMetadata | undefined } }

/** The function does not know the user either, or can't have meant what it answered. */
const notMigrated = ({ client }: OpenClient): CognitoError =>
  hidesUserExistence(client)
    ? incorrectCredentials()
    : new CognitoError('UserNotFoundException', `Exception migrating user in app client ${client.ClientId}`)

const unfilled = {
  userAttributes: null,
  finalUserStatus: null,
  messageAction: null,
  desiredDeliveryMediums: null,
  forceAliasCreation: null,
  enableSMSMFA: null,
}

/** As captured (powertools-lambda-typescript#3729): `userAttributes` is there, and empty. */
const requestOf = (occasion: Occasion) =>
  occasion.source === 'Authentication'
    ? { password: occasion.password, validationData: occasion.sent.validationData ?? null, userAttributes: null }
    : { validationData: null, userAttributes: null, ...clientMetadataOf(occasion.sent.clientMetadata) }

/** What the function says of whoever typed the name; throws when it knows nobody, or when it throws. */
const asked = async (ctx: Context, opened: OpenClient, typed: string, occasion: Occasion): Promise<MigratedUser> => {
  const { pool, client } = opened
  try {
    const response = await callTrigger(ctx, {
      pool,
      trigger: 'UserMigration',
      source: `UserMigration_${occasion.source}`,
      userName: typed,
      clientId: client.ClientId,
      request: requestOf(occasion),
      response: unfilled,
    })
    const user = migratedUser(typed, response ?? {})
    if (user === undefined) throw notMigrated(opened)
    if (user === 'unreadable') throw invalidLambdaResponse()
    return user
  } catch (error) {
    // guess: a client that hides existence answers a UserMigration function's refusal like a wrong password, because its words would tell.
    const refused = error instanceof CognitoError && error.code === 'UserLambdaValidationException'
    throw refused && hidesUserExistence(client) ? incorrectCredentials() : error
  }
}

const stored = async (ctx: Context, opened: OpenClient, typed: string, found: MigratedUser, occasion: Occasion): Promise<User> => {
  const { pool, client } = opened
  const fault = migratedUserFault(pool, typed, found)
  if (fault !== undefined) throw invalidParameter(fault)
  const made: User = {
    ...newUser(ctx, pool, found.username, found.attributes, found.status),
    mfa: found.smsMfa ? { enabled: ['SMS_MFA'], preferred: 'SMS_MFA' } : undefined,
  }
  // guess: a migrated user passes PreSignUp too, as one whom an administrator creates.
  await preSignUp(ctx, pool, made, { source: 'PreSignUp_AdminCreateUser', clientId: client.ClientId, ...occasion.sent })
  const keeps = occasion.source === 'Authentication' && found.status === 'CONFIRMED'
  const credential = keeps ? await newCredential(ctx, pool, made, occasion.password) : undefined
  const outcome = await (found.takesAliases ? registerTakingAliases : registerUser)(ctx, pool, made, { credential })
  if ('user' in outcome) {
    if (found.welcome) welcome(ctx, pool, outcome.user, found.mediums, client.ClientId)
    return outcome.user
  }
  // Somebody else was quicker with the same name; whose password it is remains to be proved.
  const quicker = await findUser(ctx, pool, typed)
  if (quicker === undefined) throw notMigrated(opened)
  return quicker
}

const migrate = async (ctx: Context, opened: OpenClient, typed: string, occasion: Occasion): Promise<User> => {
  // An address of somebody who signs in with another one: nobody could be made under it.
  const name = lookupName(opened.pool, typed)
  const holder = await ctx.store.users.byName(opened.pool.uid, name)
  if (holder !== undefined && !signsInWith(opened.pool, holder, name)) throw notMigrated(opened)
  return stored(ctx, opened, typed, await asked(ctx, opened, typed, occasion), occasion)
}

/** Whether the function, or PreSignUp after it, did not want the name and the password; anything else says nothing about them. */
const isRefusal = (error: unknown): boolean =>
  error instanceof CognitoError && ['NotAuthorizedException', 'UserLambdaValidationException', 'UserNotFoundException'].includes(error.code)

const isOutage = (error: unknown): boolean =>
  error instanceof CognitoError && ['InvalidLambdaResponseException', 'UnexpectedLambdaException'].includes(error.code)

const isAsked = ({ pool }: OpenClient, typed: string): boolean =>
  configuredFunction(pool, 'UserMigration') !== undefined && typed.length <= longestUsername

/**
 * Looks for somebody who signs in with a password and whom the pool does not know, by the pool's UserMigration function, and creates them;
 * undefined when the pool has none. The caller still has to put the password to the test, which is stored for those who may keep it: of two
 * migrations at once one creates the user, and both answer that one. Tries count towards the lock-out of the name. Throws what the function
 * makes of it, InvalidParameterException for a user whom the pool can't have, and what is said of a wrong name when nobody was migrated.
 */
export const migrateUser = async (
  ctx: Context,
  opened: OpenClient,
  typed: string,
  password: string,
  request: SignInRequest,
): Promise<User | undefined> => {
  if (!isAsked(opened, typed)) return undefined
  const { pool } = opened
  const subject = lockoutSubject(ctx, undefined, subjectOf(pool, undefined, typed))
  const occasion: Occasion = { source: 'Authentication', password, sent: { validationData: request.clientMetadata } }
  let user: User | undefined
  let refusal: unknown
  await behindLockOut(ctx, { poolUid: pool.uid, subject, kind: 'password' }, async () => {
    try {
      user = await migrate(ctx, opened, typed, occasion)
    } catch (error) {
      // An outage of the function befalls unknown names alone, so its words would tell too.
      if (!isRefusal(error)) throw hidesUserExistence(opened.client) && isOutage(error) ? incorrectCredentials() : error
      refusal = error
    }
    return user !== undefined
  })
  if (user === undefined) throw refusal
  return user
}

/**
 * The same for somebody who forgot the password, so that a code can be sent; no password is stored. Undefined also when a client that hides
 * existence must not tell that nobody was migrated.
 */
export const migrateForgetfulUser = async (
  ctx: Context,
  opened: OpenClient,
  typed: string,
  clientMetadata: ClientMetadata | undefined,
): Promise<User | undefined> => {
  if (!isAsked(opened, typed)) return undefined
  try {
    return await migrate(ctx, opened, typed, { source: 'ForgotPassword', sent: { clientMetadata } })
  } catch (error) {
    const told = !hidesUserExistence(opened.client) || !(error instanceof CognitoError)
    if (told) throw error
    ctx.log.info({ requestId: ctx.call.requestId, error: error.code }, 'a user who forgot the password was not migrated')
    return undefined
  }
}
