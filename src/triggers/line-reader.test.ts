import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { createLineReader } from './line-reader.ts'

const read = (chunks: readonly (string | Uint8Array)[], longest = 10) => {
  const lines: string[] = []
  const reader = createLineReader({ longest, onLine: (line) => lines.push(line), onTooLong: (beginning) => lines.push(`${beginning}...`) })
  for (const chunk of chunks) reader.push(Buffer.from(chunk as string))
  return lines
}

describe('createLineReader', () => {
  it.each([
    [['a\nb\n'], ['a', 'b']],
    [
      ['a', 'b', '\n', '\n'],
      ['ab', ''],
    ],
    [['left over'], []],
    [['0123456789\n'], ['0123456789']],
    [
      ['0123456789a', 'bc', 'd\nnext\n'],
      ['0123456789...', 'next'],
    ],
    [['012345678', '9abc\n'], ['0123456789...']],
  ])('cuts %j', (chunks, lines) => {
    expect(read(chunks)).toEqual(lines)
  })

  it('cuts the same however the bytes arrive', () => {
    fc.assert(
      fc.property(
        fc.array(fc.string({ unit: 'grapheme' }).map((text) => text.replaceAll('\n', ''))),
        fc.integer({ min: 1, max: 7 }),
        (lines, step) => {
          const bytes = Buffer.from(lines.map((line) => `${line}\n`).join(''))
          const chunks = Array.from({ length: Math.ceil(bytes.length / step) }, (_, index) =>
            bytes.subarray(index * step, (index + 1) * step),
          )
          expect(read(chunks, 10_000)).toEqual(lines.map((line) => line.toWellFormed()))
        },
      ),
    )
  })
})
