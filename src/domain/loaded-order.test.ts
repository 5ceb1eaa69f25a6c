import { describe, expect, it } from 'vitest'
import { countInClasses, numbersInOrder, valueClasses } from './loaded-order.ts'
import { loadedValue } from './loaded-user.ts'
import { searchableAttributes } from './user-filter.ts'

const shared = ['name', 'given_name', 'family_name', 'cognito:user_status', 'status']

describe.each(searchableAttributes.filter((name) => name !== 'sub'))('users in the order of %s', (attribute) => {
  const classes = valueClasses(attribute, (index) => loadedValue(attribute, index))

  it.each([
    [0, 1],
    [0, 5000],
    [1234, 1235],
    [1237, 7000],
  ])('from number %i to %i are those that have it, by value and then by number', (from, to) => {
    const expected = Array.from({ length: to - from }, (_, place) => from + place)
      .map((index) => [loadedValue(attribute, index), index] as const)
      .filter(([value]) => value !== undefined)
      .sort(([one = '', first], [other = '', second]) => (one < other ? -1 : one > other ? 1 : first - second))
      .map(([, index]) => index)
    const total = countInClasses(classes, from, to)
    expect(total).toBe(expected.length)
    expect(numbersInOrder(classes, { from, to }, 0, total)).toEqual(expected)
    const chunks: number[] = []
    for (let start = 0; start < total; start += 333) chunks.push(...numbersInOrder(classes, { from, to }, start, 333))
    expect(chunks).toEqual(expected)
  })

  it('are told apart by value only where a value is shared', () => {
    expect(classes.length > 1).toBe(shared.includes(attribute))
  })
})
