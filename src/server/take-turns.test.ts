import { setImmediate as turn } from 'node:timers/promises'
import { describe, expect, it } from 'vitest'
import { createTurns } from './take-turns.ts'

/** Work of `ms` by a clock of the test's own. */
const open = (slice: number) => {
  let now = 0
  const begun: string[] = []
  const begin = createTurns(slice, { now: () => now })
  return {
    begun,
    add: (name: string, ms: number) =>
      begin(() => {
        begun.push(name)
        now += ms
      }),
  }
}

describe('turns of the event loop', () => {
  it('begins at once what fits into one', () => {
    const { begun, add } = open(8)
    for (const name of ['a', 'b', 'c']) add(name, 3)
    expect(begun).toEqual(['a', 'b', 'c'])
  })

  it('puts the rest of a burst off to the next ones, in its order', async () => {
    const { begun, add } = open(8)
    for (const name of ['a', 'b', 'c', 'd', 'e']) add(name, 5)
    expect(begun).toEqual(['a', 'b'])
    await turn()
    expect(begun).toEqual(['a', 'b', 'c'])
    // What comes later does not overtake.
    add('f', 5)
    await turn()
    expect(begun).toEqual(['a', 'b', 'c', 'd'])
    await turn()
    await turn()
    expect(begun).toEqual(['a', 'b', 'c', 'd', 'e', 'f'])
  })

  it('counts each turn anew', async () => {
    const { begun, add } = open(8)
    add('a', 20)
    await turn()
    add('b', 20)
    await turn()
    add('c', 1)
    add('d', 1)
    expect(begun).toEqual(['a', 'b', 'c', 'd'])
  })

  it('goes on after work that throws', async () => {
    const { begun, add } = open(8)
    const begin = createTurns(8, { now: () => 0 })
    expect(() =>
      begin(() => {
        throw new Error('broken')
      }),
    ).toThrow('broken')
    add('a', 1)
    expect(begun).toEqual(['a'])
  })
})
