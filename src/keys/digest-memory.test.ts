import { hash } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { createDigestMemory } from './digest-memory.ts'

/** Texts that share a row of the memory. */
const neighbours = (count: number): string[] => {
  const found: string[] = []
  for (let n = 0; found.length < count; n++) if (hash('sha256', `${n}`, 'buffer').readUInt16BE() === 7) found.push(`${n}`)
  return found
}

describe('createDigestMemory', () => {
  it('knows what was set, with its number, and nothing else', () => {
    const memory = createDigestMemory()
    expect(memory.get('a')).toBeUndefined()
    expect(memory.get('')).toBeUndefined()
    memory.set('a', 0)
    memory.set('b', 4_294_967_295)
    expect(['a', 'b', 'A', 'a ', ''].map(memory.get)).toEqual([0, 4_294_967_295, undefined, undefined, undefined])
  })

  it('believes the last number that was set', () => {
    const memory = createDigestMemory()
    for (const value of [1, 2, 3]) memory.set('a', value)
    expect(memory.get('a')).toBe(3)
  })

  it('gives a text one place, however often it is set', () => {
    const memory = createDigestMemory()
    const texts = neighbours(4)
    for (const text of texts) memory.set(text, Number(text))
    for (const text of [...texts, ...texts.slice(1), ...texts.slice(1)]) memory.set(text, Number(text))
    expect(texts.map(memory.get)).toEqual(texts.map(Number))
    // The one that was set longest ago makes room.
    const fifth = neighbours(5).at(-1) ?? ''
    memory.set(fifth, 5)
    expect([...texts, fifth].map(memory.get)).toEqual([undefined, ...texts.slice(1).map(Number), 5])
  })

  it('forgets the oldest of five texts in a row, and no text of another row', () => {
    const memory = createDigestMemory()
    memory.set('elsewhere', 9)
    const [first = '', ...others] = neighbours(5)
    for (const text of [first, ...others]) memory.set(text, Number(text))
    expect(memory.get(first)).toBeUndefined()
    expect(others.map(memory.get)).toEqual(others.map(Number))
    expect(memory.get('elsewhere')).toBe(9)
    memory.set(first, 1)
    expect([first, ...others].map(memory.get)).toEqual([1, undefined, ...others.slice(1).map(Number)])
  })

  it('keeps nearly all of 80,000 texts', () => {
    const memory = createDigestMemory()
    for (let n = 0; n < 80_000; n++) memory.set(`text ${n}`, n)
    let kept = 0
    for (let n = 0; n < 80_000; n++) {
      const value = memory.get(`text ${n}`)
      if (value === undefined) continue
      expect(value).toBe(n)
      kept += 1
    }
    // Of 80,000 texts in 65,536 rows less than one in a hundred has, by chance, four younger ones in its row.
    expect(kept).toBeGreaterThan(79_000)
  })
})
