import { isVerified } from './is-verified.ts'
import type { AddressName } from './recipient.ts'
import type { LoginName, LoginNameKind, User } from './user.ts'
import { isCaseSensitive, type UserPool } from './user-pool.ts'

/** Nobody has a longer name (UsernameType), so a longer one needs no look. In UTF-16 units. */
export const longestUsername = 128

/** A name as it is stored and compared: NFC, in lower case when the pool does not tell case apart; nothing is trimmed. */
export const normaliseName = (pool: UserPool, text: string): string => {
  const composed = text.normalize('NFC')
  // Lower-casing can leave text that is no longer composed (U+0130).
  return isCaseSensitive(pool) ? composed : composed.toLowerCase().normalize('NFC')
}

/**
 * An attribute's value as it is stored: a pool that does not tell case apart keeps e-mail addresses and preferred user names in lower
 * case, and so shows them (developer guide, "User pool case sensitivity").
 */
export const foldedValue = (pool: UserPool, name: string, value: string): string =>
  !isCaseSensitive(pool) && (name === 'email' || name === 'preferred_username') ? normaliseName(pool, value) : value

// Fillers and variation selectors count as letters or marks, are allowed by the API's pattern, and can't be seen.
const invisible = /[\p{C}\p{Z}\p{Default_Ignorable_Code_Point}\u2800]/u

/** Whether the text is an e-mail address: unquoted local part of 1 to 64 characters, a domain of at least one label. */
export const isEmail = (text: string): boolean => {
  const at = text.lastIndexOf('@')
  const local = text.slice(0, at)
  const domain = text.slice(at + 1)
  if (at < 1 || local.length > 64 || domain.length > 255 || invisible.test(text)) return false
  const atoms = local.split('.').every((atom) => /^[\p{L}\p{M}\p{N}!#$%&'*+/=?^_`{|}~-]+$/u.test(atom))
  const labels = domain.split('.').every((label) => /^[\p{L}\p{M}\p{N}]([\p{L}\p{M}\p{N}-]{0,61}[\p{L}\p{M}\p{N}])?$/u.test(label))
  return atoms && labels
}

/** Whether the text is a phone number in E.164 form: `+`, then 2 to 15 digits. */
export const isPhoneNumber = (text: string): boolean => /^\+[1-9]\d{1,14}$/.test(text)

const visibleFault = (name: string): string | undefined =>
  name !== '' && !invisible.test(name)
    ? undefined
    : "1 validation error detected: Value at 'username' failed to satisfy constraint: Member must satisfy regular expression pattern: [\\p{L}\\p{M}\\p{S}\\p{N}\\p{P}]+"

const aliasShapeFault = (pool: UserPool, name: string): string | undefined => {
  const aliases = pool.AliasAttributes ?? []
  if (aliases.includes('email') && isEmail(name))
    return 'Username cannot be of email format, since user pool is configured for email alias.'
  if (aliases.includes('phone_number') && isPhoneNumber(name))
    return 'Username cannot be of phone number format, since user pool is configured for phone number alias.'
  return undefined
}

/** Why a new user can't have this name, looked at in its normal form (developer guide, "Customizing sign-in attributes"). */
export const newUsernameFault = (pool: UserPool, username: string): string | undefined => {
  const name = normaliseName(pool, username)
  const hidden = visibleFault(name)
  if (hidden !== undefined) return hidden
  const attributes = pool.UsernameAttributes ?? []
  if (attributes.length === 0) return aliasShapeFault(pool, name)
  const fits = (attributes.includes('email') && isEmail(name)) || (attributes.includes('phone_number') && isPhoneNumber(name))
  if (fits) return undefined
  if (attributes.length > 1) return 'Username should be either an email or a phone number.'
  return attributes.includes('email') ? 'Username should be an email.' : 'Username should be a phone number.'
}

/**
 * Why a preferred_username can't be one where it signs its owner in: it must not take the place of an address that somebody else
 * may verify later; one that is not given can. Stricter than AWS documents.
 */
export const preferredUsernameFault = (pool: UserPool, value: string | undefined): string | undefined => {
  if (!value || !pool.AliasAttributes?.includes('preferred_username')) return undefined
  const name = normaliseName(pool, value)
  return visibleFault(name) ?? aliasShapeFault(pool, name)
}

/** The name that people know themselves by: the address that they sign in with (username attributes), which is no UUID, else the user name. */
export const shownName = (pool: UserPool, user: Pick<User, 'username' | 'attributes' | 'signsInBy'>): string =>
  (user.signsInBy ? [user.signsInBy] : (pool.UsernameAttributes ?? [])).map((name) => user.attributes[name]).find(Boolean) ?? user.username

/** Which attribute the Username of a sign-up fills in a username-attribute pool; undefined in other pools. */
export const usernameAttribute = (pool: UserPool, username: string): AddressName | undefined => {
  if (!pool.UsernameAttributes?.length) return undefined
  return isPhoneNumber(username) ? 'phone_number' : 'email'
}

/**
 * Why a new user can't have this e-mail address or phone number: it signs in with another one (username attributes).
 * guess: the sentence about a phone number that differs from the username is formed like the one about e-mail addresses.
 */
export const signInAttributeFault = (
  pool: UserPool,
  username: string,
  attributes: Readonly<Record<string, string>>,
): string | undefined => {
  const name = usernameAttribute(pool, username)
  const given = name && attributes[name]
  if (!given || normaliseName(pool, given) === normaliseName(pool, username)) return undefined
  return `User ${name} should be empty or same as username, since username attribute is ${name}.`
}

/**
 * All names that nobody else may have now: the username (a UUID where users sign up with an address), in username-attribute pools the
 * addresses of those kinds, elsewhere verified aliases and an aliased preferred_username.
 */
export const loginNames = (pool: UserPool, user: User): LoginName[] => {
  const names = new Map<string, LoginName>()
  const add = (kind: LoginNameKind, value: string | undefined) => {
    if (!value) return
    const name = normaliseName(pool, value)
    if (!names.has(name)) names.set(name, { kind, name })
  }
  add('username', user.username)
  for (const attribute of pool.UsernameAttributes ?? []) add(attribute, user.attributes[attribute])
  for (const alias of pool.AliasAttributes ?? []) {
    if (alias === 'preferred_username' || isVerified(user.attributes, alias)) add(alias, user.attributes[alias])
  }
  return [...names.values()]
}

/**
 * Whether one of the user's names, in its normal form, signs them in: of an e-mail address and a phone number only the one that was the
 * Username of the sign-up (developer guide, "Customizing sign-in attributes"); either where that is not known.
 * guess: administrators name a user by the same address as the user, and by no other one.
 */
export const signsInWith = (pool: UserPool, user: User, name: string): boolean => {
  const { signsInBy } = user
  if (signsInBy === undefined || name === user.username) return true
  const address = user.attributes[signsInBy]
  return address !== undefined && normaliseName(pool, address) === name
}

/** The form in which a typed name is looked up among login names. */
export const lookupName = (pool: UserPool, typed: string): string => normaliseName(pool, typed)
