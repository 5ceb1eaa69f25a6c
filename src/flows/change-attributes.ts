import type { Context } from '../context.ts'
import { attributeRecord, attributesFault, requiredAttributesFault, verifiedFlagFault } from '../domain/attributes.ts'
import type { Code } from '../domain/code.ts'
import { type AddressName, type Recipient, recipientAt } from '../domain/recipient.ts'
import { selfNamed } from '../domain/self-named.ts'
import type { User } from '../domain/user.ts'
import type { UserPool } from '../domain/user-pool.ts'
import { preferredUsernameFault } from '../domain/username.ts'
import { invalidParameter } from '../errors.ts'
import type { AttributeType, CodeDeliveryDetailsType } from '../model/types.gen.ts'
import { makeCode } from './codes.ts'
import { saveMovingAliases } from './move-aliases.ts'
import { retryingLostRaces } from './save-user.ts'
import { sendForAdmin, sendMessage } from './send-message.ts'
import type { Sending } from './triggers/custom-message.ts'
import { userChange } from './user-change.ts'

const verifiable: readonly AddressName[] = ['email', 'phone_number']

/** Whether a code can prove the attribute of that name. */
export const isVerifiable = (name: string): name is AddressName => verifiable.some((attribute) => attribute === name)

/** What InvalidParameterException says about any other name. */
export const invalidVerifiable = 'Invalid attribute name. Only phone_number and email can be verified.'

const omit = (record: Readonly<Record<string, string>>, names: readonly string[]): Record<string, string> =>
  Object.fromEntries(Object.entries(record).filter(([name]) => !names.includes(name)))

interface Outcome {
  readonly after: User
  /** What must be proved by a code before it counts, with the value to prove. */
  readonly toProve: readonly { readonly attribute: AddressName; readonly value: string }[]
}

const waits = (pool: UserPool, attribute: AddressName) =>
  pool.UserAttributeUpdateSettings?.AttributesRequireVerificationBeforeUpdate?.includes(attribute) === true

/** The user with the attributes changed; decides what becomes unverified and what waits for its code. */
const changed = (pool: UserPool, user: User, given: readonly AttributeType[], by: 'user' | 'admin'): Outcome => {
  const values = attributeRecord(pool, given)
  // A blank value deletes the attribute (API_UpdateUserAttributes).
  const removed = given.flatMap(({ Name, Value }) => (Value ? [] : [Name]))
  const gone = [...removed, ...verifiable.filter((name) => removed.includes(name)).map((name) => `${name}_verified`)]
  const pending = omit(user.pending ?? {}, removed)
  const toProve: { attribute: AddressName; value: string }[] = []
  const written: AddressName[] = []
  for (const attribute of verifiable) {
    const value = values[attribute]
    if (value === undefined) continue
    // Whatever comes of this value, an earlier one that waits is given up.
    delete pending[attribute]
    if (value === user.attributes[attribute] || values[`${attribute}_verified`] === 'true') continue
    if (waits(pool, attribute)) {
      pending[attribute] = value
      delete values[attribute]
      toProve.push({ attribute, value })
      continue
    }
    values[`${attribute}_verified`] = 'false'
    written.push(attribute)
    if (pool.AutoVerifiedAttributes?.includes(attribute)) toProve.push({ attribute, value })
  }
  const attributes = omit({ ...user.attributes, ...values }, gone)
  return { after: { ...user, attributes, pending, selfNamed: selfNamed(user, written, by) }, toProve }
}

const requireSound = (pool: UserPool, given: readonly AttributeType[], by: 'user' | 'admin'): void => {
  const preferred = given.find(({ Name }) => Name === 'preferred_username')?.Value
  const fault = attributesFault(pool.SchemaAttributes, given, by, 'update') ?? preferredUsernameFault(pool, preferred)
  if (fault !== undefined) throw invalidParameter(fault)
}

/**
 * Why the user can't be left like that: no value is set while a required attribute has none (developer guide, "Attribute permissions
 * and scopes"), unless it is one that can't be set any more.
 * guess: an update that leaves a required attribute without a value is refused in the words of a sign-up.
 */
const unsoundState = (pool: UserPool, { attributes, pending }: User, given: readonly AttributeType[]): string | undefined => {
  const settable = given.some(({ Value }) => Value) ? pool.SchemaAttributes.filter(({ Mutable }) => Mutable !== false) : []
  return requiredAttributesFault(settable, { ...attributes, ...pending }) ?? verifiedFlagFault(attributes)
}

/** Sends every code even when one fails; throws the first failure afterwards. */
const sendAll = async (sends: readonly Promise<CodeDeliveryDetailsType>[]): Promise<CodeDeliveryDetailsType[]> => {
  await Promise.allSettled(sends)
  return Promise.all(sends)
}

/**
 * Writes attributes of a user, sends codes where the pool wants a changed e-mail address or phone number proved, and answers where they
 * went. An address that an administrator calls verified moves here as an alias, as measured. Throws InvalidParameterException for what
 * breaks the schema, AliasExistsException for somebody else's preferred_username or, with username attributes, address.
 */
export const changeAttributes = async (
  ctx: Context,
  pool: UserPool,
  find: () => Promise<User>,
  given: readonly AttributeType[],
  by: 'user' | 'admin',
  from: Sending = {},
): Promise<CodeDeliveryDetailsType[]> => {
  requireSound(pool, given, by)
  const { user, sending } = await retryingLostRaces(async () => {
    const before = await find()
    const { after, toProve } = changed(pool, before, given, by)
    const fault = unsoundState(pool, after, given)
    if (fault !== undefined) throw invalidParameter(fault)
    const sending: { text: string; code: Code; recipient: Recipient }[] = []
    for (const target of toProve) {
      const made = await makeCode(ctx, before, `Verify:${target.attribute}`, target)
      sending.push({ ...made, recipient: recipientAt(target.attribute, target.value) })
    }
    const [first, ...others] = sending
    const user = await saveMovingAliases(ctx, pool, { ...userChange(pool, before, after), putCode: first?.code })
    for (const { code } of others) await ctx.store.codes.put(ctx.by(), code)
    return { user, sending }
  })
  const send = by === 'admin' ? sendForAdmin : sendMessage
  return sendAll(sending.map(({ text, recipient }) => send(ctx, pool, user, 'UpdateUserAttribute', recipient, text, from)))
}
