import { expect, it } from 'vitest'
import { listenerUrl, localUrl } from './listener-url.ts'

it.each([
  ['localhost', 'http://localhost:80'],
  ['127.0.0.1', 'http://localhost:80'],
  ['0.0.0.0', 'http://localhost:80'],
  ['::', 'http://localhost:80'],
  ['127.0.0.2', 'http://127.0.0.2:80'],
  ['::1', 'http://[::1]:80'],
  ['192.0.2.7', 'http://192.0.2.7:80'],
])('reaches a listener on %s at %s', (host, url) => {
  expect(localUrl(host, 80)).toBe(url)
})

it('says https where it is', () => {
  expect(localUrl('::', 443, 'https')).toBe('https://localhost:443')
})

it('names the operators’ listener by its own address', () => {
  expect(listenerUrl('127.0.0.1', 9340)).toBe('http://127.0.0.1:9340')
  expect(listenerUrl('::1', 9340)).toBe('http://[::1]:9340')
})
