import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { createAdjustableClock } from '../clock.ts'
import { systemRandom } from '../random.ts'
import type { Store } from '../storage/store.ts'
import { clockError, keepHouse } from './housekeeping.ts'

describe('clockError', () => {
  it.each([
    [1000, 1000, 1000, 0],
    [1000, 1500, 2000, 0],
    [1000, 900, 2000, 100],
    [1000, 2300, 2000, -300],
  ])('is, where it was %i, there %i, and then %i here, %i', (before, other, after, error) => {
    expect(clockError(before, other, after)).toBe(error)
  })
})

describe('keepHouse', () => {
  beforeEach(() => void vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval'] }))
  afterEach(() => void vi.useRealTimers())

  const minute = 60_000

  /** Housekeeping over a database with 1200 expired rows, whose clock stands at an hour, or which has none. */
  const house = (offset: number, databaseHasClock = true) => {
    const clock = createAdjustableClock({ now: () => 60 * minute })
    clock.advance(offset)
    const state = { rows: 1200, said: [] as string[], error: undefined as Error | undefined }
    const maintenance = {
      purge: async (_: unknown, limit: number) => {
        const removed = Math.min(limit, state.rows)
        state.rows -= removed
        return removed
      },
    }
    const time = async () => {
      if (state.error !== undefined) throw state.error
      return databaseHasClock ? 60 * minute : undefined
    }
    const note = (_: object, text: string) => void state.said.push(text)
    const log = { debug: note, info: note, warn: note, error: note }
    const { stop } = keepHouse({ store: { maintenance, time } as unknown as Store, clock, random: systemRandom, log })
    const rounds = async (count: number) => {
      for (let n = 0; n < count; n += 1) {
        vi.advanceTimersByTime(30_000)
        for (let turn = 0; turn < 50; turn += 1) await Promise.resolve()
      }
    }
    return { clock, state, stop, rounds }
  }

  it.each([
    ['agrees with the database’s', 0, true],
    ['is a minute ahead', minute, true],
    ['is a minute behind', -minute, true],
    ['is the only one', 400 * 86_400_000, false],
  ])('removes everything that has expired where the clock %s', async (_, offset, databaseHasClock) => {
    const { state, rounds, stop } = house(offset, databaseHasClock)
    await rounds(1)
    expect(state).toMatchObject({ rows: 0, said: [] })
    await stop()
  })

  it.each([
    ['16 minutes ahead', 16 * minute, /^the clock of this machine is 960 s ahead of that of the database, .* by NTP$/],
    ['a little more than a minute behind', -minute - 1, /^the clock of this machine is 60 s behind that of the database, /],
  ])('removes nothing where it is %s, says so once, and goes on when it is set right', async (_, offset, sentence) => {
    const { clock, state, rounds, stop } = house(offset)
    await rounds(0)
    await rounds(3)
    expect(state.rows).toBe(1200)
    expect(state.said).toEqual([expect.stringMatching(sentence)])
    clock.reset()
    await rounds(1)
    expect(state.rows).toBe(0)
    expect(state.said.slice(1)).toEqual([expect.stringContaining('again')])
    await stop()
  })

  it('tells a wrong clock at the start already', async () => {
    const { state, stop } = house(-5 * minute)
    await stop()
    expect(state.said).toEqual([expect.stringMatching(/^the clock of this machine is 300 s behind/)])
  })

  it('removes nothing while the database does not tell its time', async () => {
    const { state, rounds, stop } = house(0)
    state.error = new Error('no answer')
    await rounds(2)
    expect(state.rows).toBe(1200)
    state.error = undefined
    await rounds(1)
    expect(state.rows).toBe(0)
    await stop()
  })
})
