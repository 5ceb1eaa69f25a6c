import type { DeliveryMediumType } from '../model/types.gen.ts'
import { attributesFault } from './attributes.ts'
import { isObject } from './is-object.ts'
import type { UserPool } from './user-pool.ts'
import { longestUsername, newUsernameFault, normaliseName, preferredUsernameFault, signInAttributeFault } from './username.ts'

/** What a UserMigration function said about somebody whom the pool does not know. */
export interface MigratedUser {
  readonly username: string
  readonly attributes: Readonly<Record<string, string>>
  readonly status: 'CONFIRMED' | 'RESET_REQUIRED'
  readonly welcome: boolean
  readonly mediums: DeliveryMediumType[] | undefined
  /** Verified addresses move here from whoever signs in with them now. */
  readonly takesAliases: boolean
  readonly smsMfa: boolean
}

type Answered = Readonly<Record<string, unknown>>

/** Attribute values as text: numbers and booleans are written out, and what is null was not given; undefined when there is anything else. */
const textsOf = (given: Answered): Record<string, string> | undefined => {
  const entries = Object.entries(given).filter(([, value]) => value !== null && value !== undefined)
  const scalar = (value: unknown) => ['string', 'number', 'boolean'].includes(typeof value)
  return entries.every(([, value]) => scalar(value)) ? Object.fromEntries(entries.map(([name, value]) => [name, String(value)])) : undefined
}

// Functions in some languages answer booleans as text.
const isTrue = (value: unknown): boolean => value === true || (typeof value === 'string' && value.toLowerCase() === 'true')

const mediumsOf = (value: unknown): DeliveryMediumType[] | undefined =>
  Array.isArray(value) ? (['EMAIL', 'SMS'] as const).filter((medium) => value.includes(medium)) : undefined

/** Who a function's answer describes; undefined when it describes nobody, 'unreadable' when it has another shape. */
export const migratedUser = (typed: string, response: Answered): MigratedUser | 'unreadable' | undefined => {
  const given = response['userAttributes']
  if (given === null || given === undefined) return undefined
  const texts = isObject(given) ? textsOf(given) : undefined
  if (texts === undefined) return 'unreadable'
  const { username = typed, ...attributes } = texts
  if (Object.keys(attributes).length === 0) return undefined
  return {
    username,
    attributes,
    status: response['finalUserStatus'] === 'CONFIRMED' ? 'CONFIRMED' : 'RESET_REQUIRED',
    welcome: response['messageAction'] !== 'SUPPRESS',
    mediums: mediumsOf(response['desiredDeliveryMediums']),
    takesAliases: isTrue(response['forceAliasCreation']),
    smsMfa: isTrue(response['enableSMSMFA']),
  }
}

// What AttributeValueType lets in from callers, in UTF-16 units.
const longestValue = 2048

const lengthFault = ({ username, attributes }: MigratedUser): string | undefined => {
  if (username.length > longestUsername) return `The migrated username must have at most ${longestUsername} characters.`
  const [long] = Object.entries(attributes).find(([, value]) => value.length > longestValue) ?? []
  return long === undefined ? undefined : `The migrated attribute ${long} must have at most ${longestValue} characters.`
}

/** A user name other than the typed one is only for those who typed an alias, which the answer then has to hold. */
const renamedFault = (pool: UserPool, typed: string, { username, attributes }: MigratedUser): string | undefined => {
  if (normaliseName(pool, username) === normaliseName(pool, typed)) return undefined
  const isTyped = (alias: string) => normaliseName(pool, attributes[alias] ?? '') === normaliseName(pool, typed)
  return pool.AliasAttributes?.some(isTyped)
    ? undefined
    : 'The migrated username must be the one that was given, or one of its aliases must be.'
}

const smsMfaFault = (pool: UserPool, { smsMfa, attributes }: MigratedUser): string | undefined => {
  if (!smsMfa) return undefined
  if ((pool.MfaConfiguration ?? 'OFF') === 'OFF' || !pool.mfa.smsEnabled) return 'SMS MFA cannot be enabled for a user of this user pool.'
  return attributes['phone_number'] ? undefined : 'SMS MFA needs a phone_number.'
}

/**
 * Why the pool can't have this user (developer guide, "Migrate user Lambda trigger"); neither required attributes nor the password policy
 * count.
 * guess: the sentences about a migrated user's name, lengths and SMS MFA are our own, and required attributes that a function leaves out stay absent.
 */
export const migratedUserFault = (pool: UserPool, typed: string, user: MigratedUser): string | undefined => {
  const given = Object.entries(user.attributes).map(([Name, Value]) => ({ Name, Value }))
  const preferred = user.attributes['preferred_username']
  return (
    lengthFault(user) ??
    renamedFault(pool, typed, user) ??
    newUsernameFault(pool, user.username) ??
    attributesFault(pool.SchemaAttributes, given, 'admin', 'create') ??
    signInAttributeFault(pool, user.username, user.attributes) ??
    preferredUsernameFault(pool, preferred) ??
    smsMfaFault(pool, user)
  )
}
