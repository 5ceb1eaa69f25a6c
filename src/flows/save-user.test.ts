import { describe, expect, it } from 'vitest'
import { LostRace, retryingLostRaces } from './save-user.ts'

/** Entropy that always draws the least, or the most. */
const drawing = (choose: (below: number) => number) => ({ bytes: (size: number) => new Uint8Array(size), below: choose, uuid: () => '' })
const least = drawing(() => 0)

/** Loses so many races before it comes through. */
const contested = (races: number) => {
  let tries = 0
  const work = async () => {
    tries += 1
    if (tries <= races) throw new LostRace('lost')
    return 'saved'
  }
  return { work, tries: () => tries }
}

describe('retryingLostRaces', () => {
  it('comes through against somebody who writes all the time', async () => {
    const { work, tries } = contested(59)
    expect(await retryingLostRaces(work, least)).toBe('saved')
    expect(tries()).toBe(60)
  })

  it('gives up after sixty tries', async () => {
    const { work, tries } = contested(1000)
    await expect(retryingLostRaces(work, least)).rejects.toMatchObject({ code: 'TooManyRequestsException' })
    expect(tries()).toBe(60)
  })

  it('lets longer and longer times pass between, up to a tenth of a second', async () => {
    const asked: number[] = []
    const noting = drawing((below) => {
      asked.push(below)
      return 0
    })
    await retryingLostRaces(contested(10).work, noting)
    expect(asked).toEqual([2, 4, 8, 16, 32, 64, 100, 100, 100, 100])
  })

  it('takes every other failure for what it is', async () => {
    let tries = 0
    const failing = async () => {
      tries += 1
      throw new Error('broken')
    }
    await expect(retryingLostRaces(failing, least)).rejects.toThrow('broken')
    expect(tries).toBe(1)
  })
})
