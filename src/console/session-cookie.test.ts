import { expect, it } from 'vitest'
import { clearedCookie, readCookies, sessionCookie } from './session-cookie.ts'

const local = { path: '', isSecure: false }
const proxied = { path: '/idp', isSecure: true }

it('is kept from scripts, from other sites and, over HTTPS, from everything but this host', () => {
  expect(sessionCookie(local, 'v')).toBe('poolhouse_operator=v; Path=/console; HttpOnly; SameSite=Strict')
  expect(sessionCookie(proxied, 'v')).toBe('__Host-poolhouse_operator=v; Path=/; HttpOnly; SameSite=Strict; Secure')
  expect(clearedCookie(proxied)).toBe('__Host-poolhouse_operator=; Path=/; HttpOnly; SameSite=Strict; Secure; Max-Age=0')
})

it('is found among others, by the name of its place alone, however many have that', () => {
  const [tossed, plain, safe] = ['t', 'p', 's'].map((letter) => letter.repeat(43))
  const header = `a=1; xpoolhouse_operator=no; poolhouse_operator=${tossed};__Host-poolhouse_operator=${safe}; poolhouse_operator=${plain}; poolhouse_operator=short`
  expect([readCookies(header, local), readCookies(header, proxied)]).toEqual([[tossed, plain], [safe]])
  expect([readCookies(undefined, local), readCookies(`poolhouse_operator=${plain}`, proxied)]).toEqual([[], []])
  const many = Array.from({ length: 100 }, (_, n) => `poolhouse_operator=${String(n).padStart(43, '0')}`)
  expect(readCookies(many.join('; '), local)).toHaveLength(16)
})
