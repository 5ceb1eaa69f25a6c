import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { arrive, arriveElsewhere, mostDebt, retryAfter } from './rate.ts'

/** How many of the requests at those times pass. */
const passed = (times: readonly number[], perSecond: number): number[] => {
  let arrival: number | undefined
  return times.filter((at) => {
    const outcome = arrive(arrival, at, perSecond)
    if ('wait' in outcome) return false
    arrival = outcome.next
    return true
  })
}

describe('arrive', () => {
  it.each([1, 3, 15, 120, 50_000])('lets %i at once pass after a quiet second', (perSecond) => {
    expect(passed(Array(perSecond + 5).fill(7000), perSecond)).toHaveLength(perSecond)
  })

  it('lets the rate pass steadily', () => {
    const steady = Array.from({ length: 1200 }, (_, n) => 1000 + Math.ceil((n * 1000) / 120))
    expect(passed(steady, 120)).toHaveLength(1200)
  })

  it('says when to come again, and then lets pass', () => {
    const first = arrive(undefined, 1000, 1)
    const arrival = 'next' in first ? first.next : undefined
    expect(arrive(arrival, 1400, 1)).toEqual({ wait: 600 })
    expect(arrive(arrival, 2000, 1)).toEqual({ next: 3000 })
  })

  it('lets no stretch of time have more than its share and one second’s more', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 50 }), fc.array(fc.integer({ min: 0, max: 5000 }), { maxLength: 400 }), (perSecond, times) => {
        const through = passed(
          times.toSorted((a, b) => a - b),
          perSecond,
        )
        return through.every((from, index) => {
          const share = through.slice(index).findLastIndex((at) => at <= from + 1000) + 1
          return share <= 2 * perSecond
        })
      }),
    )
  })

  it('does not lock itself out when the clock is put back', () => {
    const far = arrive(undefined, 9_000_000, 1)
    expect(arrive('next' in far ? far.next : undefined, 1000, 1)).toEqual({ next: 2000 })
  })
})

describe('arriveElsewhere', () => {
  it('takes what others let through from what is left here', () => {
    const arrival = arriveElsewhere(undefined, 1000, 10, 8)
    const outcomes = [1000, 1000, 1000].reduce<{ arrival: number; waits: number[] }>(
      ({ arrival, waits }, at) => {
        const outcome = arrive(arrival, at, 10, mostDebt)
        return 'wait' in outcome ? { arrival, waits: [...waits, outcome.wait] } : { arrival: outcome.next, waits: [...waits, 0] }
      },
      { arrival, waits: [] },
    )
    expect(outcomes.waits).toEqual([0, 0, 100])
  })

  it('keeps the rate on average where several processes hear of each other ten times a second', () => {
    const [processes, perSecond, seconds] = [8, 20, 60]
    const arrivals: (number | undefined)[] = Array.from({ length: processes }, () => undefined)
    let through = 0
    for (let now = 0; now < seconds * 1000; now += 100) {
      const taken = arrivals.map((_, at) => {
        let here = 0
        for (let asked = 0; asked < 50; asked += 1) {
          const outcome = arrive(arrivals[at], now, perSecond, mostDebt)
          if ('wait' in outcome) break
          arrivals[at] = outcome.next
          here += 1
        }
        return here
      })
      const all = taken.reduce((sum, here) => sum + here, 0)
      through += all
      for (const [at, here] of taken.entries()) arrivals[at] = arriveElsewhere(arrivals[at], now, perSecond, all - here)
    }
    expect(through / seconds).toBeGreaterThan(perSecond * 0.9)
    // The first second's requests may have been let through by each of them.
    expect((through - processes * perSecond) / seconds).toBeLessThan(perSecond * 1.1)
  })

  it('holds against nobody more than the debt', () => {
    expect(arriveElsewhere(undefined, 1000, 1, 1_000_000)).toBe(1000 + 1000 + mostDebt)
    expect(arriveElsewhere(9_000_000, 1000, 1, 1)).toBe(2000)
  })
})

it.each([
  [0.2, '1'],
  [1000, '1'],
  [1000.5, '2'],
  [90_000, '90'],
])('a wait of %d ms is a Retry-After of %s', (wait, seconds) => {
  expect(retryAfter(wait)).toBe(seconds)
})
