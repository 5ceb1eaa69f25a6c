import { expect, it } from 'vitest'
import { publicPath } from './public-path.ts'

it.each([
  ['https://id.example.com', ''],
  ['http://localhost:9339', ''],
  ['https://example.com/auth', '/auth'],
  ['https://example.com/a/b%20c', '/a/b%20c'],
])('of %s is "%s"', (publicUrl, path) => {
  expect(publicPath(publicUrl)).toBe(path)
})
