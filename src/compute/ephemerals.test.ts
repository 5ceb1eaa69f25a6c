import { setImmediate as turn } from 'node:timers/promises'
import { describe, expect, it } from 'vitest'
import { systemRandom } from '../random.ts'
import { createEphemerals } from './ephemerals.ts'

const open = () => {
  const state = { asked: 0, broken: false }
  const power = async (exponent: Uint8Array): Promise<Uint8Array> => {
    state.asked += 1
    if (state.broken) throw new Error('the thread ended')
    return exponent.slice()
  }
  return { state, ephemeral: createEphemerals(power, systemRandom) }
}

describe('ephemeral values', () => {
  it('are made when the first is taken, many at once, and again before there are none', async () => {
    const { state, ephemeral } = open()
    await turn()
    expect(state.asked).toBe(0)
    await ephemeral()
    expect(state.asked).toBe(32)
    for (let n = 0; n < 15; n++) await ephemeral()
    expect(state.asked).toBe(32)
    await ephemeral()
    await turn()
    expect(state.asked).toBe(48)
  })

  it('go to one exchange each, however many ask at once', async () => {
    const { ephemeral } = open()
    const given = await Promise.all(Array.from({ length: 200 }, ephemeral))
    expect(new Set(given.map(({ secret }) => Buffer.from(secret).toString('hex'))).size).toBe(200)
    for (const { secret, power } of given) expect(power).toEqual(secret)
  })

  it('fail for whoever waits when they can not be made, and are made again for the next', async () => {
    const { state, ephemeral } = open()
    state.broken = true
    await expect(ephemeral()).rejects.toThrow('the thread ended')
    state.broken = false
    expect((await ephemeral()).secret).toHaveLength(32)
  })

  it('are given while some are ready, even when no more can be made', async () => {
    const { state, ephemeral } = open()
    await ephemeral()
    state.broken = true
    for (let n = 0; n < 31; n++) expect((await ephemeral()).secret).toHaveLength(32)
    await expect(ephemeral()).rejects.toThrow('the thread ended')
  })
})
