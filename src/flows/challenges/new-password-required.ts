import type { Context } from '../../context.ts'
import { attributeRecord, attributesFault, mayWrite, missingAttributes, readable } from '../../domain/attributes.ts'
import { replacesPassword } from '../../domain/challenge.ts'
import type { Progress } from '../../domain/progress.ts'
import { guardedAddresses } from '../../domain/second-factor.ts'
import { selfNamed } from '../../domain/self-named.ts'
import type { User } from '../../domain/user.ts'
import type { UserPool } from '../../domain/user-pool.ts'
import { foldedValue, preferredUsernameFault } from '../../domain/username.ts'
import { invalidParameter, notAuthorized, sessionSpent, unauthorizedAttribute } from '../../errors.ts'
import { type Answer, type Challenge, type KnownAttempt, openKnownAttempt, type Passed, requiredResponse, sealAttempt } from '../attempt.ts'
import { spendSession } from '../challenge-session.ts'
import { requireUncompromised } from '../compromised.ts'
import { newCredential } from '../new-credential.ts'
import type { OpenClient } from '../open-client.ts'
import { historySize, requireGoodPassword, requireNewPassword } from '../password-rules.ts'
import { requireSignInStatus } from '../prove-password.ts'
import { retryingLostRaces, save } from '../save-user.ts'
import { userChange } from '../user-change.ts'

const challenge = 'NEW_PASSWORD_REQUIRED'
const attributePrefix = 'userAttributes.'

/**
 * Asks somebody who signed in with a temporary password for a password of their own, and for required attributes that are missing. Shows
 * the attributes that the app client may read.
 */
export const issueNewPasswordRequired = async (ctx: Context, attempt: KnownAttempt): Promise<Challenge> => {
  const { client, pool, user } = attempt
  return {
    kind: 'challenge',
    name: challenge,
    session: await sealAttempt(ctx, attempt, challenge),
    parameters: {
      USER_ID_FOR_SRP: user.username,
      requiredAttributes: JSON.stringify(missingAttributes(pool.SchemaAttributes, user.attributes).map((name) => attributePrefix + name)),
      userAttributes: JSON.stringify(readable(client, pool, user.attributes)),
    },
  }
}

const givenAttributes = (responses: Readonly<Record<string, string>>) =>
  Object.entries(responses).flatMap(([key, Value]) =>
    key.startsWith(attributePrefix) ? [{ Name: key.slice(attributePrefix.length), Value }] : [],
  )

/** Whether a value that is there can't be replaced here, because it is a contact that needs a code first. */
const stays = (pool: UserPool, name: string): boolean =>
  [pool.UsernameAttributes, pool.UserAttributeUpdateSettings?.AttributesRequireVerificationBeforeUpdate].some((names) =>
    names?.some((listed) => listed === name),
  )

const alreadyProvided = (name: string) => notAuthorized(`Cannot modify an already provided ${name}`)

/**
 * Throws NotAuthorizedException for a required attribute that has a value, whatever is sent for it (API_RespondToAuthChallenge).
 * guess: what AWS answers for an email that is sent again with a new password is answered for every required attribute that has a value.
 */
const requireMissing = ({ SchemaAttributes }: UserPool, { attributes }: User, responses: Readonly<Record<string, string>>): void => {
  const given = SchemaAttributes.find(({ Name = '', Required }) => Required && attributes[Name] && attributePrefix + Name in responses)
  if (given?.Name !== undefined) throw alreadyProvided(given.Name)
}

/**
 * Throws NotAuthorizedException for what can't be written here.
 * guess: a new password can't bring along an address to which codes of the user's second factor would go, except one that is required and missing.
 */
const requireWritable = (pool: UserPool, user: User, progress: Progress, names: readonly string[]): void => {
  const fixed = names.find((name) => user.attributes[name] !== undefined && stays(pool, name))
  if (fixed !== undefined) throw alreadyProvided(fixed)
  const missing = missingAttributes(pool.SchemaAttributes, user.attributes)
  const guarded = guardedAddresses(pool, user, progress).find((name) => names.includes(name) && !missing.includes(name))
  if (guarded !== undefined) throw notAuthorized(`Cannot modify ${guarded} before multi-factor authentication`)
}

const withAttributes = (
  { pool, client }: OpenClient,
  user: User,
  progress: Progress,
  responses: Readonly<Record<string, string>>,
): User => {
  requireMissing(pool, user, responses)
  // Clients send back what userAttributes showed them; what did not change is no write.
  const given = givenAttributes(responses).filter(({ Name, Value }) => user.attributes[Name] !== foldedValue(pool, Name, Value))
  const names = given.map(({ Name }) => Name)
  requireWritable(pool, user, progress, names)
  if (!mayWrite(client, pool.SchemaAttributes, names)) throw unauthorizedAttribute()
  const preferred = given.find(({ Name }) => Name === 'preferred_username')?.Value
  const fault = attributesFault(pool.SchemaAttributes, given, 'user', 'update') ?? preferredUsernameFault(pool, preferred)
  if (fault !== undefined) throw invalidParameter(fault)
  const attributes: Record<string, string> = { ...user.attributes, ...attributeRecord(pool, given) }
  const written = (['email', 'phone_number'] as const).filter((name) => given.some(({ Name, Value }) => Name === name && Value))
  for (const name of written) attributes[`${name}_verified`] = 'false'
  // guess: of several required attributes that a new password does not bring along, the first in the schema's order is named.
  const [missing] = missingAttributes(pool.SchemaAttributes, attributes)
  if (missing !== undefined) throw invalidParameter(`Invalid attributes given, ${missing} is missing`)
  return { ...user, attributes, selfNamed: selfNamed(user, written, 'user') }
}

const setNewPassword = async (ctx: Context, opened: OpenClient, answer: Answer, password: string) => {
  const { pool } = opened
  const { session, attempt } = await openKnownAttempt(ctx, opened, challenge, answer, ['reset required'])
  const { user } = attempt
  if (!replacesPassword(user, session.progress)) {
    requireSignInStatus(opened, user)
    // Of all who answer at once the first one to be saved changes the status, and the others find it changed.
    throw sessionSpent()
  }
  requireGoodPassword(pool, password)
  await requireUncompromised(ctx, opened, password, 'PASSWORD_CHANGE', { user, request: answer.request })
  await requireNewPassword(ctx, pool, user, password)
  const after: User = {
    ...withAttributes(opened, user, session.progress, answer.responses),
    status: 'CONFIRMED',
    temporaryPasswordAt: undefined,
    // What was begun before a reset stays ended.
    generation: user.generation + (user.status === 'RESET_REQUIRED' ? 1 : 0),
  }
  const credential = { new: await newCredential(ctx, pool, user, password), historySize: historySize(pool) }
  return { session, statusBefore: user.status, user: await save(ctx, { ...userChange(pool, user, after), credential }) }
}

/** Sets the new password and the attributes that came with it; the session is good once, and only while the user still needs it. */
export const answerNewPasswordRequired = async (ctx: Context, opened: OpenClient, answer: Answer): Promise<Passed> => {
  const password = requiredResponse(answer, 'NEW_PASSWORD')
  const { session, user, statusBefore } = await retryingLostRaces(() => setNewPassword(ctx, opened, answer, password))
  await spendSession(ctx, opened.client, session)
  return { kind: 'passed', user, progress: { ...session.progress, newPassword: true, statusBefore } }
}
