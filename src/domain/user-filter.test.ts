import { describe, expect, it } from 'vitest'
import type { User } from './user.ts'
import { foldSearchValue, parseUserFilter, searchEntries } from './user-filter.ts'

describe('parseUserFilter', () => {
  it.each<[string | undefined, ReturnType<typeof parseUserFilter>]>([
    [undefined, undefined],
    ['', undefined],
    ['  ', undefined],
    ['family_name = "Reddy"', { attribute: 'family_name', op: '=', value: 'Reddy' }],
    ['phone_number ^= "+1312"', { attribute: 'phone_number', op: '^=', value: '+1312' }],
    ['email^="ana"', { attribute: 'email', op: '^=', value: 'ana' }],
    ['"email"^="ana"', { attribute: 'email', op: '^=', value: 'ana' }],
    [' "email" = "a=b^=c" ', { attribute: 'email', op: '=', value: 'a=b^=c' }],
    ['name = "a \\"b\\" \\\\"', { attribute: 'name', op: '=', value: 'a "b" \\' }],
    ['cognito:user_status = "CONFIRMED"', { attribute: 'cognito:user_status', op: '=', value: 'CONFIRMED' }],
    ['username = ""', { attribute: 'username', op: '=', value: '' }],
    ['custom:plan = "x"', { fault: 'Invalid search attribute: custom:plan' }],
    ['Email = "x"', { fault: 'Invalid search attribute: Email' }],
    ['email', { fault: 'Error while parsing filter.' }],
    ['email = ana', { fault: 'Error while parsing filter.' }],
    ['email = "ana', { fault: 'Error while parsing filter.' }],
    ['email = "a" and name = "b"', { fault: 'Error while parsing filter.' }],
    ['email != "a"', { fault: 'Error while parsing filter.' }],
    ['email == "a"', { fault: 'Error while parsing filter.' }],
    ['= "a"', { fault: 'Error while parsing filter.' }],
    ['email = "a\\"', { fault: 'Error while parsing filter.' }],
  ])('%j', (filter, parsed) => {
    expect(parseUserFilter(filter)).toEqual(parsed)
  })
})

describe('search values', () => {
  it('fold case except where the guide says that it counts', () => {
    expect(foldSearchValue('email', 'Ana@Example.com')).toBe('ana@example.com')
    expect(foldSearchValue('cognito:user_status', 'CONFIRMED')).toBe('confirmed')
    expect(foldSearchValue('username', 'Ana')).toBe('Ana')
    expect(foldSearchValue('status', 'Enabled')).toBe('Enabled')
    expect(foldSearchValue('name', 'A\u030A')).toBe('å')
  })

  it('are all that a user is found by', () => {
    const user = {
      id: 'u-1',
      username: 'Ana',
      status: 'CONFIRMED',
      enabled: false,
      attributes: { email: 'Ana@Example.com', nickname: 'A', 'custom:plan': 'x', sub: 'forged', name: '' },
    } as unknown as User
    expect(searchEntries(user)).toEqual([
      { attribute: 'username', value: 'Ana' },
      { attribute: 'email', value: 'ana@example.com' },
      { attribute: 'cognito:user_status', value: 'confirmed' },
      { attribute: 'status', value: 'Disabled' },
      { attribute: 'sub', value: 'u-1' },
    ])
  })
})
