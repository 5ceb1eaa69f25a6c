import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { arrive, arriveElsewhere, debtAmong, retryAfter } from './rate.ts'

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

  it.each([
    [0.25, 4000],
    [0.9, 1200],
  ])('lets one pass at once, and on %d a second whoever asks ten times a second', (perSecond, every) => {
    const times = Array.from({ length: 1001 }, (_, n) => 7000 + n * 100)
    expect(passed(times, perSecond)).toEqual(times.filter((at) => (at - 7000) % every === 0))
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

/** How many requests of a flood pass where processes hear of each other ten times a second; it asks every so many ms, in `seconds`. */
const passedAmong = (processes: number, perSecond: number, { seconds, every }: { seconds: number; every: number }): number => {
  const debt = debtAmong(processes)
  const arrivals: (number | undefined)[] = Array.from({ length: processes }, () => undefined)
  let through = 0
  for (let now = 0; now < seconds * 1000; now += every) {
    const taken = arrivals.map((_, at) => {
      for (let times = 0; ; times += 1) {
        const outcome = arrive(arrivals[at], now, perSecond, debt)
        if ('wait' in outcome) return times
        arrivals[at] = outcome.next
      }
    })
    const all = taken.reduce((sum, here) => sum + here, 0)
    through += all
    for (const [at, here] of taken.entries()) {
      arrivals[at] = arriveElsewhere(arrivals[at], now + 100, { perSecond, times: all - here }, debt)
    }
  }
  return through
}

describe('arriveElsewhere', () => {
  it('takes what others let through from what is left here', () => {
    const debt = debtAmong(2)
    const arrival = arriveElsewhere(undefined, 1000, { perSecond: 10, times: 8 }, debt)
    const outcomes = [1000, 1000, 1000].reduce<{ arrival: number; waits: number[] }>(
      ({ arrival, waits }, at) => {
        const outcome = arrive(arrival, at, 10, debt)
        return 'wait' in outcome ? { arrival, waits: [...waits, outcome.wait] } : { arrival: outcome.next, waits: [...waits, 0] }
      },
      { arrival, waits: [] },
    )
    expect(outcomes.waits).toEqual([0, 0, 100])
  })

  it.each([
    [8, 20, 100],
    [32, 1, 100],
    [32, 5, 100],
    [32, 120, 6000],
  ])('keeps the rate on average among %i processes, %i a second, under a flood every %i ms', (processes, perSecond, every) => {
    const seconds = 600
    const through = passedAmong(processes, perSecond, { seconds, every })
    expect(through / seconds).toBeGreaterThan(perSecond * 0.9)
    // The first second's requests may have been let through by each of them.
    expect((through - processes * perSecond) / seconds).toBeLessThan(perSecond * 1.1)
  })

  it('leaves its turn to one that may come less than once a second', () => {
    const first = arriveElsewhere(undefined, 1000, { perSecond: 0.25, times: 1 }, 0)
    expect(arrive(first, 2000, 0.25)).toEqual({ wait: 3000 })
    expect(arrive(first, 5000, 0.25)).toEqual({ next: 9000 })
  })

  it('holds against nobody more than a second of each process', () => {
    const debt = debtAmong(32)
    expect(debt).toBe(32_000)
    expect(arriveElsewhere(undefined, 1000, { perSecond: 1, times: 1_000_000 }, debt)).toBe(1000 + 1000 + debt)
    expect(arriveElsewhere(9_000_000, 1000, { perSecond: 1, times: 1 }, debt)).toBe(2000)
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
