import { expect, it } from 'vitest'
import { createLog } from './log.ts'

it.each(['text', 'json'] as const)('a line of %s tells an error and what caused it', async (format) => {
  const lines: string[] = []
  const log = await createLog(
    'info',
    format,
    () => 0,
    (line) => lines.push(line),
  )
  const cause = new Error('disk I/O error', { cause: 'EIO' })
  log.error({ err: new Error('the storage thread failed', { cause }) }, 'a request failed')
  expect(lines).toHaveLength(1)
  for (const part of ['a request failed', 'the storage thread failed', 'disk I/O error']) expect(lines[0]).toContain(part)
  if (format === 'text') expect(lines[0]).toMatch(/caused by: Error: disk I\/O error[\s\S]*caused by: EIO\n$/)
})
