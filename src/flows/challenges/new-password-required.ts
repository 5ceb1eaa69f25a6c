import type { Context } from '../../context.ts'
import {
  attributeRecord,
  attributesFault,
  mayWrite,
  missingAttributes,
  readable,
  requiredAttributesFault,
} from '../../domain/attributes.ts'
import { enforcementFault, type Proof } from '../../domain/challenge.ts'
import type { User } from '../../domain/user.ts'
import type { UserPool } from '../../domain/user-pool.ts'
import { foldedValue, preferredUsernameFault } from '../../domain/username.ts'
import {
  invalidParameter,
  invalidSession,
  missingParameter,
  notAuthorized,
  notEnforceable,
  sessionSpent,
  unauthorizedAttribute,
} from '../../errors.ts'
import { type ChallengeSession, openSession, sealSession, spendSession } from '../challenge-session.ts'
import { findUser } from '../find-user.ts'
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
export const issueNewPasswordRequired = async (ctx: Context, { client, pool }: OpenClient, user: User, proofs: readonly Proof[]) => ({
  name: challenge as typeof challenge,
  session: await sealSession(ctx, client, {
    id: ctx.random.uuid(),
    userId: user.id,
    generation: user.generation,
    challenge,
    madeAt: ctx.clock.now(),
    proofs,
  }),
  parameters: {
    USER_ID_FOR_SRP: user.username,
    requiredAttributes: JSON.stringify(missingAttributes(pool.SchemaAttributes, user.attributes).map((name) => attributePrefix + name)),
    userAttributes: JSON.stringify(readable(client, pool, user.attributes)),
  },
})

const givenAttributes = (responses: Readonly<Record<string, string>>) =>
  Object.entries(responses).flatMap(([key, Value]) =>
    key.startsWith(attributePrefix) ? [{ Name: key.slice(attributePrefix.length), Value }] : [],
  )

/** Whether a value that is there can't be replaced here: required ones (API_RespondToAuthChallenge), and contacts that need a code first. */
const stays = (pool: UserPool, name: string): boolean =>
  pool.SchemaAttributes.some((attribute) => attribute.Name === name && attribute.Required === true) ||
  [pool.UsernameAttributes, pool.UserAttributeUpdateSettings?.AttributesRequireVerificationBeforeUpdate].some((names) =>
    names?.some((listed) => listed === name),
  )

const withAttributes = ({ pool, client }: OpenClient, user: User, responses: Readonly<Record<string, string>>): User => {
  // Clients send back what userAttributes showed them; what did not change is no write. AWS refuses some of these too.
  const given = givenAttributes(responses).filter(({ Name, Value }) => user.attributes[Name] !== foldedValue(pool, Name, Value))
  const names = given.map(({ Name }) => Name)
  const fixed = names.find((name) => user.attributes[name] !== undefined && stays(pool, name))
  if (fixed !== undefined) throw notAuthorized(`Cannot modify an already provided ${fixed}`)
  if (!mayWrite(client, pool.SchemaAttributes, names)) throw unauthorizedAttribute()
  const preferred = given.find(({ Name }) => Name === 'preferred_username')?.Value
  const fault =
    attributesFault(pool.SchemaAttributes, given, 'user', 'update') ?? (preferred ? preferredUsernameFault(pool, preferred) : undefined)
  if (fault !== undefined) throw invalidParameter(fault)
  const attributes: Record<string, string> = { ...user.attributes, ...attributeRecord(pool, given) }
  for (const { Name, Value } of given) if (Value && (Name === 'email' || Name === 'phone_number')) attributes[`${Name}_verified`] = 'false'
  const missing = requiredAttributesFault(pool.SchemaAttributes, attributes)
  if (missing !== undefined) throw invalidParameter(missing)
  return { ...user, attributes }
}

/** The user whom the session was made for, still in need of a password; throws NotAuthorizedException. */
const openWaitingUser = async (ctx: Context, opened: OpenClient, session: ChallengeSession, username: string): Promise<User> => {
  const { pool } = opened
  const user = await ctx.store.users.byId(pool.uid, session.userId)
  if (user === undefined || user.generation !== session.generation) throw invalidSession()
  const named = user.id === username || (await findUser(ctx, pool, username))?.id === user.id
  if (!named) throw invalidSession()
  requireSignInStatus(opened, user)
  // Of all who answer at once the first one to be saved changes the status, and the others find it changed.
  if (user.status !== 'FORCE_CHANGE_PASSWORD') throw sessionSpent()
  return user
}

const setNewPassword = async (
  ctx: Context,
  opened: OpenClient,
  session: ChallengeSession,
  responses: Readonly<Record<string, string>>,
): Promise<User> => {
  const { pool } = opened
  const { USERNAME: username, NEW_PASSWORD: password } = responses
  if (!username) throw missingParameter('USERNAME')
  if (!password) throw missingParameter('NEW_PASSWORD')
  const user = await openWaitingUser(ctx, opened, session, username)
  requireGoodPassword(pool, password)
  await requireNewPassword(ctx, pool, user, password)
  const after: User = { ...withAttributes(opened, user, responses), status: 'CONFIRMED', temporaryPasswordAt: undefined }
  const credential = { new: await newCredential(ctx, pool, user, password), historySize: historySize(pool) }
  return save(ctx, { ...userChange(pool, user, after), credential })
}

/** Sets the new password and the attributes that came with it; the session is good once, and only while the user still needs it. */
export const answerNewPasswordRequired = async (
  ctx: Context,
  opened: OpenClient,
  text: string | undefined,
  responses: Readonly<Record<string, string>>,
): Promise<{ user: User; proofs: readonly Proof[] }> => {
  const session = await openSession(ctx, opened.client, challenge, text)
  // What keeps tokens from being issued afterwards must keep the password from being changed.
  const sentence = enforcementFault(opened.pool, opened.client)
  if (sentence !== undefined) throw notEnforceable(sentence)
  ctx.triggers.requireNone(opened.pool, 'PostAuthentication', 'PreTokenGeneration')
  const user = await retryingLostRaces(() => setNewPassword(ctx, opened, session, responses))
  await spendSession(ctx, opened.client, session)
  return { user, proofs: session.proofs }
}
