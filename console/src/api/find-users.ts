import type { UserType } from '../../../src/model/types.gen.ts'
import { type LoadPage, pagesOf } from './paged.ts'
import { filterOf } from './search-filter.ts'

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
