import { describe, expect, it } from 'vitest'
import { loadedId, loadedName, loadedPassword, loadedStep, loadedUser, loadedValue } from './loaded-user.ts'
import { passwordFault } from './password-policy.ts'
import { searchableAttributes, searchEntries } from './user-filter.ts'
import { isEmail, isPhoneNumber } from './username.ts'

const stretch = { from: 0, to: 5000, seed: 7, step: 10, groups: 0 }
const ids = (from: number, to: number, seed: number) =>
  Array.from({ length: to - from }, (_, place) => loadedId({ ...stretch, from, to, seed }, from + place))

describe('the ids of loaded users', () => {
  it('are UUIDs of version 4, ascending, and the same for the same seed', () => {
    const found = ids(0, 5000, 7)
    for (const id of found) expect(id).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/)
    expect(found).toEqual([...found].sort())
    expect(new Set(found).size).toBe(5000)
    expect(ids(0, 5000, 7)).toEqual(found)
  })

  it('lie as densely everywhere as random ones, whatever number the stretch begins with', () => {
    for (const found of [ids(0, 4000, 1), ids(123_000, 127_000, 2)]) {
      const tenths = Map.groupBy(found, (id) => Math.floor((Number.parseInt(id.slice(0, 8), 16) / 2 ** 32) * 10))
      expect([...tenths.values()].map((list) => list.length)).toEqual(Array.from({ length: 10 }, () => 400))
    }
  })

  it('are others for another seed or stretch', () => {
    const all = [...ids(0, 1000, 1), ...ids(0, 1000, 2), ...ids(1000, 2000, 1)]
    expect(new Set(all).size).toBe(3000)
  })
})

describe('loaded users', () => {
  const users = Array.from({ length: 2000 }, (_, index) => loadedUser('pool', stretch, index, 1000))

  it('have good values under every name that ListUsers searches by', () => {
    for (const { username, attributes } of users) {
      expect(isEmail(attributes['email'] ?? '')).toBe(true)
      expect(isPhoneNumber(attributes['phone_number'] ?? '')).toBe(true)
      expect(attributes['name']).toBe(`${attributes['given_name']} ${attributes['family_name']}`)
      expect(username).toMatch(/^load-\d{8}$/)
    }
    const searched = new Set(users.flatMap((user) => searchEntries(user).map(({ attribute }) => attribute)))
    expect([...searched].sort()).toEqual([...searchableAttributes].sort())
  })

  it('say the same as a whole and value by value', () => {
    for (const [index, user] of users.entries()) {
      const one = {
        ...user.attributes,
        username: user.username,
        'cognito:user_status': user.status,
        status: user.enabled ? 'Enabled' : 'Disabled',
      }
      for (const attribute of searchableAttributes.filter((name) => name !== 'sub')) {
        expect(loadedValue(attribute, index)).toBe((one as Record<string, string | undefined>)[attribute])
      }
    }
  })

  it('are of every kind, and confirmed and enabled where a password may be theirs', () => {
    const statuses = Map.groupBy(users, ({ status }) => status)
    expect([...statuses].map(([status, { length }]) => [status, length]).sort()).toEqual([
      ['CONFIRMED', 1800],
      ['FORCE_CHANGE_PASSWORD', 100],
      ['RESET_REQUIRED', 40],
      ['UNCONFIRMED', 60],
    ])
    expect(users.filter(({ enabled }) => !enabled)).toHaveLength(40)
    const tens = users.filter((_, index) => index % 10 === 0)
    expect(tens.every(({ status, enabled }) => status === 'CONFIRMED' && enabled)).toBe(true)
  })

  it('have a password that a new pool takes', () => {
    expect(
      passwordFault(
        { MinimumLength: 8, RequireLowercase: true, RequireUppercase: true, RequireNumbers: true, RequireSymbols: true },
        loadedPassword,
      ),
    ).toBeUndefined()
    expect(loadedName(12)).toBe('load-00000012')
  })
})

describe('the step of users with a password', () => {
  it.each([
    [1, 1000, 10],
    [10_000, 1000, 10],
    [10_001, 1000, 100],
    [1_000_000, 1000, 1000],
    [10_000_000, 1000, 10_000],
    [1_000_000, 100_000, 10],
  ])('of %i users, at most %i of them, is %i', (users, wanted, step) => {
    expect(loadedStep(users, wanted)).toBe(step)
  })
})
