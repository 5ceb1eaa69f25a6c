import { setImmediate as turn } from 'node:timers/promises'
import { describe, expect, it } from 'vitest'
import { createTurns } from './take-turns.ts'

/** Work of some ms by a clock of the test's own, in turns that the test takes. */
const open = (slice: number) => {
  let now = 0
  let tasks: (() => void)[] = []
  const begun: string[] = []
  const clock = { now: () => now }
  const begin = createTurns(slice, clock, (task) => tasks.push(task))
  return {
    begun,
    begin,
    add: (name: string, ms: number) =>
      begin(() => {
        begun.push(name)
        now += ms
      }),
    /** Runs what was put off to this turn, and tells what threw. */
    turn: () => {
      const due = tasks
      tasks = []
      return due.flatMap((task) => {
        try {
          task()
          return []
        } catch (error) {
          return [error]
        }
      })
    },
    due: () => tasks.length,
  }
}

describe('turns of the event loop', () => {
  it('begins at once what fits into one', () => {
    const { begun, add } = open(8)
    for (const name of ['a', 'b', 'c']) add(name, 3)
    expect(begun).toEqual(['a', 'b', 'c'])
  })

  it('puts no more tasks off to one turn than there may be time for, however many wait', () => {
    const { begun, add, turn, due } = open(8)
    add('first', 9)
    for (let n = 0; n < 10_000; n++) add(`${n}`, 0.01)
    turn()
    expect(due()).toBeLessThan(300)
    for (let turns = 0; turns < 100; turns++) turn()
    expect(begun.length).toBe(10_001)
    expect(begun.slice(-2)).toEqual(['9998', '9999'])
  })

  it('puts the rest of a burst off to the next ones, in its order and as much as fits', () => {
    const { begun, add, turn, due } = open(8)
    for (const name of ['a', 'b', 'c', 'd', 'e', 'f']) add(name, 5)
    expect(begun).toEqual(['a', 'b'])
    turn()
    // What comes later does not overtake.
    add('g', 5)
    turn()
    expect(begun).toEqual(['a', 'b', 'c', 'd'])
    turn()
    expect(begun).toEqual(['a', 'b', 'c', 'd', 'e', 'f'])
    turn()
    expect(begun).toEqual(['a', 'b', 'c', 'd', 'e', 'f', 'g'])
    turn()
    expect(due()).toBe(0)
  })

  it('counts each turn anew', () => {
    const { begun, add, turn } = open(8)
    add('a', 20)
    turn()
    add('b', 20)
    turn()
    add('c', 1)
    add('d', 1)
    expect(begun).toEqual(['a', 'b', 'c', 'd'])
  })

  it('goes on after work that throws, at once or when it was waiting', () => {
    const { begun, begin, add, turn } = open(8)
    const fail = () => {
      throw new Error('broken')
    }
    expect(() => begin(fail)).toThrow('broken')
    add('a', 20)
    begin(fail)
    add('b', 1)
    turn()
    expect(turn()).toEqual([new Error('broken')])
    turn()
    expect(begun).toEqual(['a', 'b'])
  })

  it('turns with the event loop where nothing else is said', async () => {
    const begun: string[] = []
    let now = 0
    const begin = createTurns(8, { now: () => now })
    for (const name of ['a', 'b'])
      begin(() => {
        begun.push(name)
        now += 20
      })
    expect(begun).toEqual(['a'])
    for (let n = 0; n < 4; n++) await turn()
    expect(begun).toEqual(['a', 'b'])
  })
})
