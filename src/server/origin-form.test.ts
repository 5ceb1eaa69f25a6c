import { expect, it } from 'vitest'
import { originForm } from './origin-form.ts'

it.each([
  [undefined, '/'],
  ['/', '/'],
  ['/a?b=http://c/d', '/a?b=http://c/d'],
  ['//evil.example/', '//evil.example/'],
  ['http://localhost:9339/health', '/health'],
  ['HTTPS://id.example', '/'],
  ['http://id.example/a/b?c', '/a/b?c'],
  ['*', '*'],
  ['ftp://id.example/a', 'ftp://id.example/a'],
])('%s is %s', (target, path) => expect(originForm(target)).toBe(path))
