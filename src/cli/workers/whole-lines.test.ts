import { PassThrough } from 'node:stream'
import { setImmediate as turn } from 'node:timers/promises'
import { expect, it } from 'vitest'
import { passWholeLines } from './whole-lines.ts'

it('lines of several streams stay whole, whatever the pieces in which they come', async () => {
  const streams = [new PassThrough(), new PassThrough()]
  const written: string[] = []
  for (const stream of streams) passWholeLines(stream, (text) => written.push(text))
  for (const piece of ['{"a":', '1}\n{"a', '":2}\n{"', 'é'.repeat(3)]) {
    for (const stream of streams) stream.write(piece)
    await turn()
  }
  for (const stream of streams) stream.end('"}')
  await turn()
  await turn()
  expect(written).toEqual(['{"a":1}\n', '{"a":1}\n', '{"a":2}\n', '{"a":2}\n', '{"ééé"}\n', '{"ééé"}\n'])
})

it('a line that does not end is passed on in pieces', async () => {
  const stream = new PassThrough()
  const written: string[] = []
  passWholeLines(stream, (text) => written.push(text))
  for (let n = 0; n < 20; n += 1) {
    stream.write('x'.repeat(64 * 1024))
    await turn()
  }
  expect(written).toEqual([`${'x'.repeat(17 * 64 * 1024)}\n`])
})
