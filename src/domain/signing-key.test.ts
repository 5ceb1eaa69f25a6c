import { describe, expect, it } from 'vitest'
import { currentKey, longestTokenLifetime, publishedKeys, type SigningKey } from './signing-key.ts'

const day = 86_400_000
const id = (ordinal: number, activeFrom: number): SigningKey => ({ use: 'id', ordinal, activeFrom })
const access = (ordinal: number, activeFrom: number): SigningKey => ({ use: 'access', ordinal, activeFrom })
const names = (keys: readonly SigningKey[]): string[] => keys.map(({ use, ordinal }) => `${use} ${ordinal}`)

describe('currentKey', () => {
  const keys = [id(0, 1000), access(0, 1000), id(1, 5000), id(2, 9000)]

  it.each([
    [1000, 0],
    [4999, 0],
    [5000, 1],
    [8999, 1],
    [9000, 2],
    [9_000_000, 2],
  ])('at %i signs with ordinal %i', (now, ordinal) => {
    expect(currentKey(keys, 'id', now)).toEqual(keys.find((key) => key.use === 'id' && key.ordinal === ordinal))
    expect(currentKey(keys.toReversed(), 'id', now)?.ordinal).toBe(ordinal)
    expect(currentKey(keys, 'access', now)).toEqual(access(0, 1000))
  })

  it('takes the oldest before any is active, and none from an empty line', () => {
    expect(currentKey(keys, 'id', 0)).toEqual(id(0, 1000))
    expect(currentKey([access(0, 0)], 'id', 5)).toBeUndefined()
  })

  it('never goes back to a planned key once a newer one signs', () => {
    // Planned for day 10, then a key was needed at once.
    const overtaken = [id(0, 0), id(1, 10 * day), id(2, day)]
    expect(currentKey(overtaken, 'id', 2 * day)?.ordinal).toBe(2)
    expect(currentKey(overtaken, 'id', 11 * day)?.ordinal).toBe(2)
  })
})

describe('publishedKeys', () => {
  it('shows both current keys, ID first', () => {
    expect(names(publishedKeys([access(0, 0), id(0, 0)], 1))).toEqual(['id 0', 'access 0'])
  })

  it('shows the next keys after the current ones', () => {
    expect(names(publishedKeys([id(0, 0), access(0, 0), id(1, day), access(1, day)], 1))).toEqual(['id 0', 'access 0', 'id 1', 'access 1'])
  })

  it('shows retired keys until the last token signed with them has expired', () => {
    const keys = [id(0, 0), access(0, 0), id(1, day), access(1, day)]
    expect(names(publishedKeys(keys, day))).toEqual(['id 1', 'access 1', 'id 0', 'access 0'])
    expect(names(publishedKeys(keys, day + longestTokenLifetime - 1))).toEqual(['id 1', 'access 1', 'id 0', 'access 0'])
    expect(names(publishedKeys(keys, day + longestTokenLifetime))).toEqual(['id 1', 'access 1'])
  })

  it('counts from the first successor when several followed', () => {
    const keys = [id(0, 0), id(1, day), id(2, 5 * day)]
    expect(names(publishedKeys(keys, 2 * day))).toEqual(['id 1', 'id 2'])
  })

  it('keeps a key that was only planned as long as others, in case that another node signed with it', () => {
    const keys = [id(0, 0), id(1, 10 * day), id(2, day)]
    expect(names(publishedKeys(keys, 1.5 * day))).toEqual(['id 2', 'id 1', 'id 0'])
    expect(names(publishedKeys(keys, 12 * day))).toEqual(['id 2'])
  })

  it('always contains the current keys', () => {
    const keys = [id(0, 100), id(1, 50), access(0, 1000)]
    for (const now of [0, 50, 100, 1000, 100 * day])
      for (const use of ['id', 'access'] as const) expect(publishedKeys(keys, now)).toContain(currentKey(keys, use, now))
  })
})
