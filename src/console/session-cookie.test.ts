import { expect, it } from 'vitest'
import { clearedCookie, readCookie, sessionCookie } from './session-cookie.ts'

const local = { path: '', isSecure: false }
const proxied = { path: '/idp', isSecure: true }

it('is kept from scripts, from other sites and, over HTTPS, from everything without it', () => {
  expect(sessionCookie(local, 'v')).toBe('poolhouse_operator=v; Path=/console; HttpOnly; SameSite=Strict')
  expect(sessionCookie(proxied, 'v')).toBe('__Secure-poolhouse_operator=v; Path=/idp/console; HttpOnly; SameSite=Strict; Secure')
  expect(clearedCookie(proxied)).toBe('__Secure-poolhouse_operator=; Path=/idp/console; HttpOnly; SameSite=Strict; Secure; Max-Age=0')
})

it('is found among others, by the name of its place alone', () => {
  const header = 'a=1; xpoolhouse_operator=no; poolhouse_operator=plain;__Secure-poolhouse_operator=safe; poolhouse_operator=second'
  expect([readCookie(header, local), readCookie(header, proxied)]).toEqual(['plain', 'safe'])
  expect([readCookie(undefined, local), readCookie('poolhouse_operator=plain', proxied)]).toEqual([undefined, undefined])
})
