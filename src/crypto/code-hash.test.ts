import { describe, expect, it } from 'vitest'
import { codeHash } from './code-hash.ts'

const key = Buffer.alloc(32, 1)

describe('codeHash', () => {
  it('is the same for the same code and 44 characters long', () => {
    expect(codeHash(key, 'SignUp', 'user', '123456')).toBe(codeHash(Buffer.alloc(32, 1), 'SignUp', 'user', '123456'))
    expect(codeHash(key, 'SignUp', 'user', '123456')).toMatch(/^[A-Za-z0-9+/]{43}=$/)
  })

  it('differs by key, purpose, user and code, and where one ends and the next begins', () => {
    const hashes = [
      codeHash(key, 'SignUp', 'user', '123456'),
      codeHash(Buffer.alloc(32, 2), 'SignUp', 'user', '123456'),
      codeHash(key, 'ForgotPassword', 'user', '123456'),
      codeHash(key, 'SignUp', 'user2', '123456'),
      codeHash(key, 'SignUp', 'user', '123457'),
      codeHash(key, 'SignUpuser', '', '123456'),
      codeHash(key, 'SignUp', 'user1', '23456'),
    ]
    expect(new Set(hashes).size).toBe(hashes.length)
  })
})
