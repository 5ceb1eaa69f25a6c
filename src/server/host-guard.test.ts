import { expect, it } from 'vitest'
import { createHostGuard } from './host-guard.ts'

const answers = createHostGuard(['host.docker.internal', 'Poolhouse:9339'])

it.each(['localhost', 'localhost:9339', 'LOCALHOST:1', 'a.b.localhost:9339', '127.0.0.1', '127.0.0.2:80', '[::1]', '[::1]:9339'])(
  'answers for the loopback name %s',
  (host) => {
    expect(answers(host)).toBe(true)
  },
)

it.each(['host.docker.internal:9339', 'poolhouse', 'poolhouse:80'])('answers for the added name %s', (host) => {
  expect(answers(host)).toBe(true)
})

it.each([
  undefined,
  '',
  'evil.example',
  'localhost.evil.example',
  'evil-localhost',
  '127.0.0.1.nip.io',
  '127.0.0.2.evil.example',
  '0.0.0.0',
  'localhost:9339.evil.example',
  'localhost@evil.example',
  '[::1].evil.example',
  '[::2]',
])('refuses %s', (host) => {
  expect(answers(host)).toBe(false)
})
