import { expect, it } from 'vitest'
import { shareOf } from './share-of.ts'

it.each([
  [8, 1, 8],
  [8, 3, 2],
  [5, 2, 2],
  [2, 4, 1],
])('%i among %i is %i for each', (total, sharers, share) => {
  expect(shareOf(total, sharers)).toBe(share)
})
