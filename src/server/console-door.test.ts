import { describe, expect, it } from 'vitest'
import { createConsoleDoor } from './console-door.ts'
import { adminUrlKind } from './setting-kinds.ts'

const from = (remoteAddress: string | undefined, host: string, more: Readonly<Record<string, string>> = {}) => ({
  remoteAddress,
  headers: { host, ...more },
})

const nobody = () => false
const through = (peer: string | undefined, host: string, more: Readonly<Record<string, string>> = {}) => ({
  ...from('198.51.100.1', host, more),
  peer,
})

describe('the door of the console', () => {
  const alone = createConsoleDoor(undefined, nobody)
  const behind = createConsoleDoor('https://admin.example.com/poolhouse', (address) => address === '10.0.0.1')

  it.each([
    from('127.0.0.1', 'localhost:9340'),
    from('127.0.0.1', '127.0.0.1:9340'),
    from('::1', '[::1]:9340'),
    from('127.0.0.1', 'localhost:1234', { origin: 'http://localhost:1234' }),
  ])('is open to browsers of the machine itself, and through a tunnel: %j', (request) => {
    expect([alone.refuse(request), behind.refuse(request)]).toEqual([undefined, undefined])
    expect(behind.placeOf(request)).toEqual({ path: '', isSecure: false })
  })

  it.each([
    from('192.0.2.7', 'localhost:9340'),
    from('192.0.2.7', 'id.example.com'),
    from(undefined, 'localhost:9340'),
    from('127.0.0.1', 'evil.example:9340'),
    from('127.0.0.1', 'admin.example.com:9340'),
    from('127.0.0.1', ''),
    from('127.0.0.1', '127.0.0.1:9340', { 'x-forwarded-for': '192.0.2.7' }),
    from('127.0.0.1', '127.0.0.1:9340', { forwarded: 'for=192.0.2.7' }),
    from('127.0.0.1', '127.0.0.1:9340', { via: '1.1 proxy' }),
    from('127.0.0.1', '127.0.0.1:9340', { 'x-real-ip': '192.0.2.7' }),
    from('127.0.0.1', 'localhost:9340', { 'x-forwarded-proto': 'https' }),
    from('127.0.0.1', 'localhost:9340', { 'x-forwarded-host': 'admin.example.com' }),
  ])('is closed to others, to names that point here, and to proxies that nobody told of: %j', (request) => {
    expect(alone.refuse(request)).toMatch(/^The console answers browsers on its own machine only: .* admin-url .*\.$/)
    expect(behind.refuse(request)).toBe(alone.refuse(request))
  })

  it('opens to the proxy under its own name, and to pages of its own origin', () => {
    const request = through('10.0.0.1', 'admin.example.com', { 'x-forwarded-for': '198.51.100.1' })
    expect(behind.refuse(request)).toBeUndefined()
    expect(alone.refuse(request)).toBeDefined()
    expect(behind.placeOf(request)).toEqual({ path: '/poolhouse', isSecure: true })
    expect(behind.refuse(through('127.0.0.1', 'Admin.Example.COM', { origin: 'https://admin.example.com' }))).toBeUndefined()
    expect(behind.refuse(through('::1', 'admin.example.com', { origin: 'http://admin.example.com' }))).toMatch(/pages of https:/)
  })

  it.each(['192.0.2.7', '10.0.0.2', undefined])('is closed to others who name the proxy: %s', (peer) => {
    expect(behind.refuse(through(peer, 'admin.example.com', { origin: 'https://admin.example.com' }))).toMatch(/trusted-proxies/)
  })

  it('opens to what a port of this machine leads to, where the server was told so', () => {
    const published = createConsoleDoor('http://localhost:9340', nobody)
    expect(published.refuse(from('172.17.0.1', 'localhost:9340', { origin: 'http://localhost:9340' }))).toBeUndefined()
    expect(published.placeOf(from('172.17.0.1', 'localhost:9340'))).toEqual({ path: '', isSecure: false })
    expect(published.refuse(from('172.17.0.1', 'evil.example:9340'))).toBeDefined()
  })
})

describe('the address of the proxy', () => {
  it.each([
    ['https://admin.example.com/', 'https://admin.example.com'],
    ['https://admin.example.com/idp/', 'https://admin.example.com/idp'],
    ['http://localhost:9340', 'http://localhost:9340'],
    ['http://[::1]:9340', 'http://[::1]:9340'],
    ['http://admin.example.com', undefined],
    ['http://localhost.evil.example', undefined],
    ['https://user@admin.example.com', undefined],
    ['ftp://localhost', undefined],
  ])('goes by HTTPS unless it stays on the machine: %s', (text, read) => {
    expect(adminUrlKind.read(text)).toBe(read)
  })
})
