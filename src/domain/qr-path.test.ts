import { expect, it } from 'vitest'
import { qrPath } from './qr-path.ts'

it('draws the runs of dark cells, each from where the last one ended', () => {
  const rows = [
    [true, true, false, true],
    [false, false, false, false],
    [false, true, true, false],
  ]
  expect(qrPath(rows)).toBe('M0 .5m0 0h2m1 0h1m-3 2h2')
  expect(qrPath([[false]])).toBe('M0 .5')
})
