import { describe, expect, it } from 'vitest'
import { createMetricHistory } from './metric-history.ts'

const minute = 60_000

const open = () => {
  let now = 1000 * minute + 5000
  return {
    history: createMetricHistory({ now: () => now }),
    pass: (ms: number) => {
      now += ms
    },
  }
}

describe('the history of metrics', () => {
  it('tells what grew in each minute, and only that', () => {
    const { history, pass } = open()
    history.add('a{b="c"}', 1)
    history.add('a{b="c"}', 2)
    history.add('d', 0.5)
    pass(2 * minute)
    history.add('d', 1)
    expect(history.steps('hour')).toEqual([
      { at: 1001 * minute, growth: 'a{b="c"} 3\nd 0.5\n' },
      { at: 1003 * minute, growth: 'd 1\n' },
    ])
    expect(history.steps('day')).toEqual([{ at: 1010 * minute, growth: 'a{b="c"} 3\nd 1.5\n' }])
  })

  it('forgets minutes after an hour and the rest after a day', () => {
    const { history, pass } = open()
    history.add('a', 1)
    pass(59 * minute)
    history.add('a', 1)
    expect(history.steps('hour').length).toBe(2)
    pass(2 * minute)
    expect(history.steps('hour').length).toBe(1)
    expect(history.steps('day').length).toBe(2)
    pass(24 * 60 * minute)
    expect([history.steps('hour'), history.steps('day')]).toEqual([[], []])
    for (let n = 0; n < 1000; n += 1) {
      history.add('a', 1)
      pass(minute)
    }
    expect([history.steps('hour').length, history.steps('day').length]).toEqual([60, 101])
  })

  it('goes on when the clock is put back', () => {
    const { history, pass } = open()
    history.add('a', 1)
    pass(-10 * minute)
    history.add('a', 1)
    expect(history.steps('hour')).toEqual([{ at: 1001 * minute, growth: 'a 2\n' }])
  })
})
