import { describe, expect, it } from 'vitest'
import { lockedUntil } from './lockout.ts'

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
