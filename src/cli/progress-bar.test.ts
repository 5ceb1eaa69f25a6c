import { describe, expect, it } from 'vitest'
import { barText, createProgressBar } from './progress-bar.ts'

const screen = (isTTY: boolean) => {
  const written: string[] = []
  const stream = { isTTY, columns: 60, write: (text: string) => written.push(text) > 0 }
  return { written, bar: createProgressBar(stream as unknown as Pick<NodeJS.WriteStream, 'write' | 'isTTY' | 'columns'>) }
}

describe('a progress bar', () => {
  it('shows a part of the whole, and never more', () => {
    expect(barText(0, '')).toBe(`[${'.'.repeat(30)}]   0 %`)
    expect(barText(0.5, '7 rows')).toBe(`[${'#'.repeat(15)}${'.'.repeat(15)}]  50 %  7 rows`)
    expect(barText(1.2, '')).toBe(`[${'#'.repeat(30)}] 100 %`)
  })

  it('is drawn on a terminal within its width, when it changes', () => {
    const { written, bar } = screen(true)
    bar.show(0.1, 'x'.repeat(100))
    bar.show(0.1, 'x'.repeat(100))
    bar.show(0.2)
    bar.clear()
    bar.clear()
    expect(written.map((text) => text.startsWith('\r\x1b[K'))).toEqual([true, true, true])
    expect(written[0]?.length).toBe(59 + '\r\x1b[K'.length)
  })

  it('is not there without a terminal', () => {
    const { written, bar } = screen(false)
    bar.show(0.5)
    bar.clear()
    expect(written).toEqual([])
  })
})
