import { execFile } from 'node:child_process'
import { argon2Sync } from 'node:crypto'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { describe, expect, it } from 'vitest'
import { argon2Cost, hashPassword, passwordMatches } from './argon2.ts'

const salt = Buffer.from('somesalt12345678', 'utf8')
const cheap = { memory: 64, passes: 1, parallelism: 1 }

describe('Argon2id', () => {
  it('is that of RFC 9106 section 5.3 in the platform that hashes here', () => {
    const tag = argon2Sync('argon2id', {
      message: Buffer.alloc(32, 1),
      nonce: Buffer.alloc(16, 2),
      secret: Buffer.alloc(8, 3),
      associatedData: Buffer.alloc(12, 4),
      parallelism: 4,
      tagLength: 32,
      memory: 32,
      passes: 3,
    })
    expect(tag.toString('hex')).toBe('0d640df58d78766c08c037a34a8b53c9d01ef0452d75b65eb52520e96b01e659')
  })

  // From the tests of the reference implementation (phc-winner-argon2, test.c), version 0x13 of Argon2id.
  it.each([
    ['password', '$argon2id$v=19$m=256,t=2,p=1$c29tZXNhbHQ$nf65EOgLrQMR/uIPnA4rEsF5h7TKyQwu9U1bMCHGi/4'],
    ['password', '$argon2id$v=19$m=256,t=2,p=2$c29tZXNhbHQ$bQk8UB/VmZZF4Oo79iDXuL5/0ttZwg2f/5U52iv1cDc'],
    ['password', '$argon2id$v=19$m=65536,t=2,p=1$c29tZXNhbHQ$CTFhFdXPJO1aFaMaO6Mm5c8y7cJHAph8ArZWb2GRPPc'],
    ['differentpassword', '$argon2id$v=19$m=65536,t=2,p=1$c29tZXNhbHQ$C4TWUs9rDEvq7w3+J4umqA32aWKB1+DSiRuBfYxFj94'],
  ])('knows %s again in the strings of others', async (password, phc) => {
    expect([await passwordMatches(password, phc), await passwordMatches(`${password}x`, phc)]).toEqual([true, false])
  })

  it('is written as a PHC string that names its cost', async () => {
    const phc = await hashPassword('Correct-Horse-7', salt)
    expect(phc).toMatch(/^\$argon2id\$v=19\$m=19456,t=2,p=1\$c29tZXNhbHQxMjM0NTY3OA\$[A-Za-z0-9+/]{43}$/)
    expect(await passwordMatches('Correct-Horse-7', phc)).toBe(true)
    expect(await passwordMatches('correct-horse-7', phc)).toBe(false)
    expect(argon2Cost.memory).toBeGreaterThanOrEqual(19_456)
  })

  it('does not care how a letter was composed', async () => {
    expect(await passwordMatches('cafe\u0301', await hashPassword('caf\u00e9', salt, cheap))).toBe(true)
  })

  it('takes no password that is so long that normalising it would take long', async () => {
    const longest = '\u{1F4A7}'.repeat(256)
    expect(await passwordMatches(longest, await hashPassword(longest, salt, cheap))).toBe(true)
    await expect(hashPassword(`${longest}x`, salt, cheap)).rejects.toThrow(/at most 256/)
    const empty = await hashPassword('', salt, cheap)
    const before = performance.now()
    expect([await passwordMatches(`a${'\u0315\u0316'.repeat(500_000)}`, empty), await passwordMatches('', empty)]).toEqual([false, true])
    expect(performance.now() - before).toBeLessThan(1000)
  })

  it.each([
    '',
    'plain',
    '$argon2i$v=19$m=64,t=1,p=1$c29tZXNhbHQ$nf65EOgLrQMR/uIPnA4rEsF5h7TKyQwu9U1bMCHGi/4',
    '$argon2id$v=16$m=64,t=1,p=1$c29tZXNhbHQ$nf65EOgLrQMR/uIPnA4rEsF5h7TKyQwu9U1bMCHGi/4',
    '$argon2id$v=19$m=9999999,t=1,p=1$c29tZXNhbHQ$nf65EOgLrQMR/uIPnA4rEsF5h7TKyQwu9U1bMCHGi/4',
    '$argon2id$v=19$m=64,t=1,p=1$c29tZXNhbHQ$',
  ])('takes nothing else for a hash: %s', async (phc) => {
    await expect(passwordMatches('password', phc)).rejects.toThrow()
  })

  it('leaves the event loop free while it works, and nothing on standard error', async () => {
    const file = fileURLToPath(new URL('argon2.ts', import.meta.url))
    const script = `const { hashPassword } = await import(${JSON.stringify(file)})
      let turns = 0
      const timer = setInterval(() => { turns += 1 }, 1)
      await hashPassword('x', Buffer.alloc(16), { memory: 131072, passes: 3, parallelism: 1 })
      clearInterval(timer)
      console.log(turns > 3 ? 'free' : 'blocked after ' + turns)`
    const { stdout, stderr } = await promisify(execFile)(process.execPath, ['--input-type=module', '-e', script])
    expect([stdout.trim(), stderr]).toEqual(['free', ''])
  })
})
