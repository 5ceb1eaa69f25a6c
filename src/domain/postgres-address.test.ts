import { describe, expect, it } from 'vitest'
import { hasPassword, readPostgresAddress } from './postgres-address.ts'

const urls = (text: string) => {
  const address = readPostgresAddress(text)
  return 'fault' in address ? address.fault : address.urls
}

describe('readPostgresAddress', () => {
  it.each([
    ['postgres://db/x', ['postgres://db/x?sslmode=verify-full']],
    ['postgresql://ada:pw@10.0.0.1:5432/x', ['postgresql://ada:pw@10.0.0.1:5432/x?sslmode=verify-full']],
    ['postgres://db/x?sslmode=disable', ['postgres://db/x?sslmode=disable']],
    ['postgres://db/x?sslmode=require', ['postgres://db/x?sslmode=verify-full']],
    ['postgres://db/x?sslmode=verify-ca&sslrootcert=/a', ['postgres://db/x?sslmode=verify-full&sslrootcert=%2Fa']],
    ['postgres://localhost/x', ['postgres://localhost/x?sslmode=disable']],
    ['postgres://[::1]:5433/x', ['postgres://[::1]:5433/x?sslmode=disable']],
    ['postgres://127.0.0.1:5433/x?sslmode=verify-full', ['postgres://127.0.0.1:5433/x?sslmode=verify-full']],
    ['postgres://a:1,b/x', ['postgres://a:1/x?sslmode=verify-full', 'postgres://b/x?sslmode=verify-full']],
  ])('tells each server of %s, and how TLS is used', (text, expected) => {
    expect(urls(text)).toEqual(expected)
  })

  it.each(['no-verify', 'prefer', 'allow', 'VERIFY-FULL', ''])('knows no sslmode=%s', (mode) => {
    expect(urls(`postgres://db/x?sslmode=${mode}`)).toMatch(/^sslmode of a database address is verify-full or disable/)
    expect(urls('postgres://db/x?uselibpqcompat=true&sslmode=require')).toMatch(/^sslmode/)
    expect(urls('postgres://db/x?ssl=false')).toMatch(/^sslmode/)
  })

  it.each([
    'postgres://u:hunter2@Secret99@db/x',
    'postgres://u:hunter2/Secret99@db/x',
    'postgres://u:hunter2#Secret99@db/x',
    'postgres://u:hunter2?Secret99@db/x',
    'postgres://u:hunter2Secret99@/x',
    'postgres://u:hunter2Secret99@db',
    'hunter2Secret99',
  ])('repeats no password in what it says of %s', (text) => {
    const said = urls(text)
    expect(said).toBeTypeOf('string')
    expect(said).not.toMatch(/hunter2|Secret99/)
  })

  it('shows hosts and database, and the user without the password', () => {
    expect(readPostgresAddress('postgres://ada:pw@a,b:1/x?sslmode=disable')).toMatchObject({ shown: 'postgres://ada@a,b:1/x' })
    expect(hasPassword('postgres://ada:pw@a/x')).toBe(true)
    expect([hasPassword('postgres://ada@a:1/x'), hasPassword('postgres://a:1/x')]).toEqual([false, false])
  })
})
