import type { User } from './user.ts'

/** What ListUsers can search by (developer guide, "Searching user attributes"). */
export const searchableAttributes: readonly string[] = [
  'username',
  'email',
  'phone_number',
  'name',
  'given_name',
  'family_name',
  'preferred_username',
  'cognito:user_status',
  'status',
  'sub',
]

/** A parsed ListUsers filter; the value is not folded yet. */
export interface UserFilter {
  readonly attribute: string
  readonly op: '=' | '^='
  readonly value: string
}

const filterText = /^\s*(?:"([^"\s]+)"|([^"\s=^]+))\s*(\^=|=)\s*"((?:[^"\\]|\\.)*)"\s*$/su

/** Reads `attribute op "value"`, the attribute bare or quoted, `\` escaping; a blank filter is none. */
export const parseUserFilter = (filter: string | undefined): UserFilter | { readonly fault: string } | undefined => {
  if (filter === undefined || filter.trim() === '') return undefined
  const [, quoted, bare, op, value] = filterText.exec(filter) ?? []
  const attribute = quoted ?? bare
  if (attribute === undefined || op === undefined || value === undefined) return { fault: 'Error while parsing filter.' }
  if (!searchableAttributes.includes(attribute)) return { fault: `Invalid search attribute: ${attribute}` }
  return { attribute, op: op === '=' ? '=' : '^=', value: value.replace(/\\(.)/gsu, '$1') }
}

// The page calls username and status case-sensitive, and two paragraphs on every search insensitive: the list is more exact.
const exact: readonly string[] = ['username', 'status', 'sub']

/** The form in which search values are stored and compared: NFC, and lower case except for username, status and sub. */
export const foldSearchValue = (attribute: string, value: string): string => {
  const composed = value.normalize('NFC')
  return exact.includes(attribute) ? composed : composed.toLowerCase().normalize('NFC')
}

/** Everything that ListUsers may find the user by, folded. */
export const searchEntries = (user: User): { attribute: string; value: string }[] => {
  const own: Record<string, string | undefined> = {
    ...user.attributes,
    username: user.username,
    sub: user.id,
    'cognito:user_status': user.status,
    status: user.enabled ? 'Enabled' : 'Disabled',
  }
  return searchableAttributes.flatMap((attribute) => {
    const value = own[attribute]
    return value ? [{ attribute, value: foldSearchValue(attribute, value) }] : []
  })
}
