import { describe, expect, it } from 'vitest'
import { filterOf, searchable } from '../../console/src/api/search-filter.ts'
import { parseUserFilter, searchableAttributes } from '../../src/domain/user-filter.ts'

describe('the search for users', () => {
  it('offers every attribute that the API finds users by, and no other', () => {
    expect(Object.keys(searchable).sort()).toEqual([...searchableAttributes].sort())
  })

  it.each(['ada', '', 'a "quoted" word', 'back\\slash', '^= "x"', '\u{1f600}'])(
    'asks for %j in words that the API understands',
    (value) => {
      for (const attribute of searchableAttributes) {
        for (const op of ['=', '^='] as const) expect(parseUserFilter(filterOf(attribute, op, value))).toEqual({ attribute, op, value })
      }
    },
  )
})
