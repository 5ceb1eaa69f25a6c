import { expect, it } from 'vitest'
import { createHttpDate } from './http-date.ts'

it('tells the clock, forwards and back', () => {
  let now = Date.UTC(2026, 10, 7, 9, 5, 3, 999)
  const date = createHttpDate({ now: () => now })
  expect(date()).toBe('Sat, 07 Nov 2026 09:05:03 GMT')
  now += 1
  expect(date()).toBe('Sat, 07 Nov 2026 09:05:04 GMT')
  now -= 3_600_000
  expect(date()).toBe('Sat, 07 Nov 2026 08:05:04 GMT')
})
