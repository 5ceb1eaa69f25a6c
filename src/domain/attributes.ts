import type { AttributeType, SchemaAttributeType } from '../model/types.gen.ts'
import type { AppClient } from './app-client.ts'
import { contactFault, valueFault } from './attribute-value.ts'
import type { User } from './user.ts'
import type { UserPool } from './user-pool.ts'
import { foldedValue } from './username.ts'

type Schema = readonly SchemaAttributeType[]

const verifiedFlags: readonly string[] = ['email_verified', 'phone_number_verified']
const serverOnly: readonly string[] = ['sub', 'identities']

const entryFault = (schema: Schema, { Name, Value }: AttributeType, by: 'user' | 'admin', use: 'create' | 'update'): string | undefined => {
  const attribute = schema.find((candidate) => candidate.Name === Name)
  if (attribute === undefined) return 'Attribute does not exist in the schema.'
  if (serverOnly.includes(Name)) return 'Attribute cannot be updated.'
  // The write permission catches both before this does; a caller who forgets it must not open them.
  if (by === 'user' && (verifiedFlags.includes(Name) || attribute.DeveloperOnlyAttribute)) return 'Attribute cannot be updated.'
  if (use === 'update' && attribute.Mutable === false) return 'Attribute cannot be updated.'
  if (!Value) return use === 'update' && attribute.Required ? 'Required attribute cannot be deleted.' : undefined
  return valueFault(attribute, Value)
}

/**
 * Why these attributes can't be written; a blank value deletes on 'update' and counts as absent on 'create'. Sign-up and creation
 * say `Attributes did not conform to the schema: x: ...`, updates `user.x: ...`, a line each for several.
 */
export const attributesFault = (
  schema: Schema,
  attributes: readonly AttributeType[],
  by: 'user' | 'admin',
  use: 'create' | 'update',
): string | undefined => {
  const valueless = attributes.find(({ Value }) => Value === undefined)
  if (valueless !== undefined) return `Attribute value for ${valueless.Name} must not be null`
  const prefix = use === 'update' ? 'user.' : ''
  const seen = new Set<string>()
  // Among more entries than the schema has attributes, one that can't be written comes early; a sentence on each would be endless.
  const lines = attributes.slice(0, schema.length + 1).flatMap((entry) => {
    const repeated = seen.has(entry.Name)
    seen.add(entry.Name)
    // guess: a request that names the same attribute twice is refused.
    const fault = repeated ? 'The attribute is given more than once.' : entryFault(schema, entry, by, use)
    return fault === undefined ? [] : [`${prefix}${entry.Name}: ${fault}\n`]
  })
  if (lines.length > 0) return `${use === 'create' ? 'Attributes did not conform to the schema: ' : ''}${lines.join('')}`
  for (const { Name, Value } of attributes) {
    const fault = Value ? contactFault(Name, Value) : undefined
    if (fault !== undefined) return fault
  }
  return undefined
}

/** Why these attributes can't be deleted: the pool requires them; one line each. */
export const deletionFault = (schema: Schema, names: readonly string[]): string | undefined => {
  const required = names.filter((name) => schema.some(({ Name, Required }) => Name === name && Required))
  const lines = required.map((name) => `${name}: Required attribute cannot be deleted.`)
  return lines.length === 0 ? undefined : `Invalid user attributes: ${lines.join('\n')}`
}

/**
 * Why a verified flag can't be set: there is nothing that it could be about (API_AdminCreateUser).
 * guess: the sentence about a verified flag without its attribute is our own.
 */
export const verifiedFlagFault = (attributes: Readonly<Record<string, string>>): string | undefined => {
  const name = ['email', 'phone_number'].find((contact) => attributes[`${contact}_verified`] === 'true' && !attributes[contact])
  return name && `${name}_verified cannot be true for a user without ${name}.`
}

/** The attributes as they are stored: by name, without blank ones, `foldedValue`, booleans in lower case (AWS stores `True` as `true`). */
export const attributeRecord = (pool: UserPool, attributes: readonly AttributeType[]): Record<string, string> => {
  const booleans = new Set(pool.SchemaAttributes.flatMap(({ Name, AttributeDataType }) => (AttributeDataType === 'Boolean' ? [Name] : [])))
  const stored = (name: string, value: string) => (booleans.has(name) ? value.toLowerCase() : foldedValue(pool, name, value))
  return Object.fromEntries(attributes.flatMap(({ Name, Value }) => (Value ? [[Name, stored(Name, Value)] as const] : [])))
}

/** Which attributes the pool requires and `have` lacks, `sub` aside. */
export const missingAttributes = (schema: Schema, have: Readonly<Record<string, string>>): string[] =>
  schema.flatMap(({ Name, Required }) => (Name !== undefined && Required && Name !== 'sub' && !have[Name] ? [Name] : []))

/** AWS's sentence about required attributes that are missing where a user is made, one line each. */
export const requiredAttributesFault = (schema: Schema, have: Readonly<Record<string, string>>): string | undefined => {
  const lines = missingAttributes(schema, have).map((name) =>
    name === 'name' ? 'name.formatted: The attribute name.formatted is required\n' : `${name}: The attribute is required\n`,
  )
  return lines.length === 0 ? undefined : `Attributes did not conform to the schema: ${lines.join('')}`
}

/** What opens the attributes of a profile in a client's permissions (developer guide, "Attribute permissions with scopes"). */
const profilePermission = 'oidc:profile'
const profileAttributes: readonly string[] = [
  ...['name', 'family_name', 'given_name', 'middle_name', 'nickname', 'preferred_username', 'profile', 'picture', 'website', 'gender'],
  ...['birthdate', 'zoneinfo', 'locale'],
]

/** The attributes that a list of permissions names, each of a profile's where it names them together. */
export const permittedAttributes = (listed: readonly string[]): ReadonlySet<string> =>
  new Set(listed.flatMap((name) => (name === profilePermission ? profileAttributes : [name])))

/** The attributes that the client may read: those of its ReadAttributes, or all of the pool's schema when it has no such list. */
export const readable = (client: AppClient, pool: UserPool, attributes: Readonly<Record<string, string>>): Record<string, string> => {
  const listed = client.ReadAttributes && permittedAttributes(client.ReadAttributes)
  const mayRead = (name: string) => (listed ? listed.has(name) : pool.SchemaAttributes.some(({ Name }) => Name === name))
  return Object.fromEntries(Object.entries(attributes).filter(([name]) => mayRead(name)))
}

/**
 * Whether a user may write these through the client: nothing outside WriteAttributes, and verified flags, developer-only attributes and
 * `sub` under no list (developer guide, "Attribute permissions and scopes").
 */
export const mayWrite = (client: AppClient, schema: Schema, names: readonly string[]): boolean => {
  const developerOnly = schema.flatMap(({ Name, DeveloperOnlyAttribute }) => (DeveloperOnlyAttribute && Name ? [Name] : []))
  const never = new Set([...verifiedFlags, ...serverOnly, ...developerOnly])
  const listed = client.WriteAttributes && permittedAttributes(client.WriteAttributes)
  return names.every((name) => !never.has(name) && (listed === undefined || listed.has(name)))
}

/** Why an app client can't have these read and write permissions; an empty list counts as none given. */
export const clientAttributesFault = (
  schema: Schema,
  read: readonly string[] | undefined,
  write: readonly string[] | undefined,
  use: 'creating' | 'updating' = 'creating',
): string | undefined => {
  const known = new Map(schema.map((attribute) => [attribute.Name, attribute]))
  if (read?.some((name) => !known.has(name) && name !== profilePermission)) return `Invalid read attributes specified while ${use} a client`
  if (write === undefined || write.length === 0) return undefined
  const granted = permittedAttributes(write)
  const ungrantable = (name: string) =>
    !known.has(name) || verifiedFlags.includes(name) || serverOnly.includes(name) || known.get(name)?.DeveloperOnlyAttribute === true
  const unwritable = schema.some(({ Name, Required }) => Required && Name !== undefined && Name !== 'sub' && !granted.has(Name))
  return [...granted].some(ungrantable) || unwritable ? `Invalid write attributes specified while ${use} a client` : undefined
}

/** A user's attributes as the API lists them, `sub` first. */
export const attributeList = (user: User): AttributeType[] => [
  { Name: 'sub', Value: user.id },
  ...Object.entries(user.attributes).map(([Name, Value]) => ({ Name, Value })),
]
