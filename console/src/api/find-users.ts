import type { UserType } from '../../../src/model/types.gen.ts'
import { type LoadPage, pagesOf } from './paged.ts'

/** Attributes that ListUsers searches by an index (developer guide, "Searching user attributes"), and what the console calls them. */
export const searchable: Readonly<Record<string, string>> = {
  username: 'User name',
  email: 'Email address',
  phone_number: 'Phone number',
  name: 'Name',
  given_name: 'Given name',
  family_name: 'Family name',
  preferred_username: 'Preferred user name',
  sub: 'Sub',
  'cognito:user_status': 'Confirmation status',
  status: 'Status',
}

/** A search by one attribute in ListUsers' own form, e.g. `email ^= "ada"`. */
export const filterOf = (attribute: string, operator: '=' | '^=', value: string): string =>
  `${attribute} ${operator} "${value.replace(/[\\"]/g, '\\$&')}"`

const isFilter = (text: string): boolean => /^\s*(?:[\w:]+|"[\w:]+")\s*\^?=\s*"/.test(text)

/** Attributes that a plain text is looked for in. */
const everywhere = ['username', 'email', 'phone_number', 'name', 'given_name', 'family_name', 'preferred_username'] as const

/**
 * Users that begin with a text in any searchable attribute, or that a filter in ListUsers' own form names, or all of them for an empty
 * text. A plain text asks once per attribute and shows at most one page of each, so it costs the same in a pool of any size.
 */
export const findUsers = (UserPoolId: string, text: string): LoadPage<UserType> => {
  if (text === '' || isFilter(text)) return pagesOf('ListUsers', { UserPoolId, ...(text !== '' && { Filter: text }) })
  return async (size, _, signal) => {
    const filters = [...everywhere.map((attribute) => filterOf(attribute, '^=', text)), filterOf('sub', '=', text)]
    const found = await Promise.all(filters.map((Filter) => pagesOf('ListUsers', { UserPoolId, Filter })(size, undefined, signal)))
    const byName = new Map(found.flatMap(({ rows }) => rows.map((user) => [user.Username ?? '', user] as const)))
    return { rows: [...byName.values()], next: undefined }
  }
}
