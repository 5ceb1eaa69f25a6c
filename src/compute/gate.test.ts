import { setImmediate as turn } from 'node:timers/promises'
import { describe, expect, it } from 'vitest'
import { createGate } from './gate.ts'

describe('createGate', () => {
  it('lets 50 parallel ones through five at a time, in the order of arrival', async () => {
    const gate = createGate(5)
    const started: number[] = []
    let running = 0
    let most = 0
    const results = await Promise.all(
      Array.from({ length: 50 }, (_, n) =>
        gate.enter('user', async () => {
          started.push(n)
          running += 1
          most = Math.max(most, running)
          // Different lengths of work, so that places do not come free in the order of entry.
          for (let i = 0; i < 1 + ((n * 7) % 4); i++) await turn()
          running -= 1
          return n
        }),
      ),
    )
    expect(most).toBe(5)
    expect(started).toEqual(Array.from({ length: 50 }, (_, n) => n))
    expect(results).toEqual(started)
    expect(gate.busyKeys()).toBe(0)
  })

  it('keeps keys apart', async () => {
    const gate = createGate(1)
    let release: () => void = () => {}
    const held = gate.enter('a', () => new Promise<void>((resolve) => (release = resolve)))
    expect(await gate.enter('b', async () => 'through')).toBe('through')
    expect(gate.busyKeys()).toBe(1)
    release()
    await held
    expect(gate.busyKeys()).toBe(0)
  })

  it('frees the place of work that rejects or throws', async () => {
    const gate = createGate(1)
    const faults = [
      gate.enter('user', async () => Promise.reject(new Error('rejected'))),
      gate.enter('user', () => {
        throw new Error('thrown')
      }),
    ]
    const last = gate.enter('user', async () => 'fine')
    expect((await Promise.allSettled(faults)).map((outcome) => outcome.status)).toEqual(['rejected', 'rejected'])
    expect(await last).toBe('fine')
    expect(gate.busyKeys()).toBe(0)
  })

  it('lets nobody slip in between a place that comes free and the one who waits for it', async () => {
    const gate = createGate(1)
    const order: string[] = []
    const first = gate.enter('user', async () => {
      order.push('first')
    })
    const second = gate.enter('user', async () => {
      order.push('second')
    })
    const late = first.then(() => gate.enter('user', async () => void order.push('late')))
    await Promise.all([first, second, late])
    expect(order).toEqual(['first', 'second', 'late'])
  })

  it('refuses a limit that would let nobody through', () => {
    expect(() => createGate(0)).toThrow(RangeError)
    expect(() => createGate(Number.NaN)).toThrow(RangeError)
  })
})
