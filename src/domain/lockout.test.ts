import { describe, expect, it } from 'vitest'
import { isLocked, lockedUntil, longestLockout } from './lockout.ts'

describe('lockedUntil', () => {
  it.each([
    [0, 0],
    [4, 0],
    [5, 1],
    [6, 2],
    [7, 4],
    [14, 512],
    [15, 900],
    [5000, 900],
  ])('%i failures lock for %i s', (failures, seconds) => {
    expect(lockedUntil(failures, 10_000)).toBe(seconds === 0 ? 0 : 10_000 + seconds * 1000)
  })
})

describe('isLocked', () => {
  const at = 1_000_000_000
  it.each([
    ['the moment of the failure', at, true],
    ['the end of the lock', at + 1000, false],
    ['a clock that is a little behind', at - 1000, true],
    ['a clock that was set back', at - longestLockout - 1, false],
  ])('%s', (_, now, expected) => {
    expect(isLocked(5, at, now)).toBe(expected)
  })
})
