import { expect, it } from 'vitest'
import { pauseAfter } from './pause-after.ts'

it('waits longer each time, ten seconds at most', () => {
  expect([0, 1, 2, 6, 7, 1000].map(pauseAfter)).toEqual([100, 200, 400, 6400, 10_000, 10_000])
})
