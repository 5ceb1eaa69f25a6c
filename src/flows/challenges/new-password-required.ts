import type { Context } from '../../context.ts'
import { attributeRecord, attributesFault, missingAttributes, requiredAttributesFault, writableFault } from '../../domain/attributes.ts'
import type { Proof } from '../../domain/challenge.ts'
import type { User } from '../../domain/user.ts'
import { invalidParameter, invalidSession, missingParameter, unauthorizedAttribute } from '../../errors.ts'
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

/** Asks somebody who signed in with a temporary password for a password of their own, and for required attributes that are missing. */
export const issueNewPasswordRequired = async (ctx: Context, opened: OpenClient, user: User, proofs: readonly Proof[]) => ({
  name: challenge as typeof challenge,
  session: await sealSession(ctx, opened.client, {
    id: ctx.random.uuid(),
    userId: user.id,
    generation: user.generation,
    challenge,
    madeAt: ctx.clock.now(),
    proofs,
  }),
  parameters: {
    USER_ID_FOR_SRP: user.username,
    requiredAttributes: JSON.stringify(
      missingAttributes(opened.pool.SchemaAttributes, user.attributes).map((name) => attributePrefix + name),
    ),
    userAttributes: JSON.stringify(user.attributes),
  },
})

const givenAttributes = (responses: Readonly<Record<string, string>>) =>
  Object.entries(responses).flatMap(([key, Value]) =>
    key.startsWith(attributePrefix) ? [{ Name: key.slice(attributePrefix.length), Value }] : [],
  )

const withAttributes = ({ pool, client }: OpenClient, user: User, responses: Readonly<Record<string, string>>): User => {
  // Clients send back what userAttributes showed them; what did not change is no write.
  const given = givenAttributes(responses).filter(({ Name, Value }) => user.attributes[Name] !== Value)
  const names = given.map(({ Name }) => Name)
  if (names.some((name) => user.attributes[name] !== undefined && missingIsForbidden(pool.SchemaAttributes, name))) {
    throw invalidParameter('Cannot modify an already provided required attribute')
  }
  if (writableFault(client, pool.SchemaAttributes, names) !== undefined) throw unauthorizedAttribute()
  const fault = attributesFault(pool.SchemaAttributes, given, 'user', 'update')
  if (fault !== undefined) throw invalidParameter(fault)
  const attributes: Record<string, string> = { ...user.attributes, ...attributeRecord(pool.SchemaAttributes, given) }
  for (const name of ['email', 'phone_number']) if (names.includes(name)) attributes[`${name}_verified`] = 'false'
  const missing = requiredAttributesFault(pool.SchemaAttributes, attributes)
  if (missing !== undefined) throw invalidParameter(missing)
  return { ...user, attributes }
}

const missingIsForbidden = (schema: readonly { Name?: string | undefined; Required?: boolean | undefined }[], name: string) =>
  schema.some((attribute) => attribute.Name === name && attribute.Required === true)

const setNewPassword = async (
  ctx: Context,
  opened: OpenClient,
  session: ChallengeSession,
  username: string,
  responses: Readonly<Record<string, string>>,
): Promise<User> => {
  const { pool, client } = opened
  const password = responses['NEW_PASSWORD']
  if (!password) throw missingParameter('NEW_PASSWORD')
  const user = await ctx.store.users.byId(pool.uid, session.userId)
  if (user === undefined || user.generation !== session.generation) throw invalidSession()
  const named = user.id === username || (await findUser(ctx, pool, username))?.id === user.id
  if (!named) throw invalidSession()
  requireSignInStatus(opened, user)
  if (user.status !== 'FORCE_CHANGE_PASSWORD') {
    await spendSession(ctx, client, session)
    throw invalidSession()
  }
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
  const username = responses['USERNAME']
  if (!username) throw missingParameter('USERNAME')
  const user = await retryingLostRaces(() => setNewPassword(ctx, opened, session, username, responses))
  await spendSession(ctx, opened.client, session)
  return { user, proofs: session.proofs }
}
