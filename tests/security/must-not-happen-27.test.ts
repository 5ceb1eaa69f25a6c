import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openDevMasterKey } from '../../src/keys/master-key-file.ts'
import { systemRandom } from '../../src/random.ts'
import { type ConfigSources, readConfig } from '../../src/server/config.ts'
import { createHarness, type Harness } from '../support/harness.ts'
import { makePool } from '../support/make-pool.ts'

const source = fileURLToPath(new URL('../../src', import.meta.url))

const serve = (env: Record<string, string>, flags: Record<string, string> = {}) => {
  const sources: ConfigSources = {
    flags: { 'public-url': 'https://id.example.com', 'smtp-url': 'smtp://mail.example.com', 'smtp-from': 'id@example.com', ...flags },
    env,
    readMasterKeyFile: async () => ({ fault: 'There is no such file.' }),
  }
  return readConfig('serve', sources)
}

describe('must-not-happen 27: a server does not start', () => {
  it.each<[string, Record<string, string>]>([
    ['without a master key', {}],
    ['with an empty one', { POOLHOUSE_MASTER_KEY: '' }],
    ['with blanks', { POOLHOUSE_MASTER_KEY: '   ' }],
    ['with a word', { POOLHOUSE_MASTER_KEY: 'changeme' }],
    ['with 32 letters', { POOLHOUSE_MASTER_KEY: Buffer.from('this-is-a-placeholder-key-32-byt').toString('base64') }],
    ['with zeros', { POOLHOUSE_MASTER_KEY: Buffer.alloc(32).toString('base64') }],
    ['with zeros in hex', { POOLHOUSE_MASTER_KEY: '00'.repeat(32) }],
    ['with bytes that count', { POOLHOUSE_MASTER_KEY: Buffer.from(Array.from({ length: 32 }, (_, n) => n)).toString('hex') }],
    ['with half a key twice', { POOLHOUSE_MASTER_KEY: '9f86d081884c7d659a2feaa0c55ad015'.repeat(2) }],
    ['with 16 bytes', { POOLHOUSE_MASTER_KEY: Buffer.from('9f86d081884c7d659a2feaa0c55ad015', 'hex').toString('base64') }],
    ['with the key of the documentation', { POOLHOUSE_MASTER_KEY: 'YOUR_MASTER_KEY_HERE' }],
  ])('%s', async (_, env) => {
    await expect(serve(env)).rejects.toThrow(/master key/i)
  })

  it('and says so without repeating what it was given', async () => {
    const message = await serve({ POOLHOUSE_MASTER_KEY: 'hunter2-hunter2' }).then(
      () => '',
      (error: Error) => error.message,
    )
    expect(message).toMatch(/master key/i)
    expect(message).not.toContain('hunter2')
  })

  it.each([
    ['a fixed code', { 'fixed-code': '123456' }],
    ['unchecked credentials', { auth: 'any' }],
    ['the mailbox', { delivery: 'mailbox' }],
  ])('with %s, which is for development', async (_, flags) => {
    const key = Buffer.from(systemRandom.bytes(32)).toString('base64')
    await expect(serve({ POOLHOUSE_MASTER_KEY: key }, flags)).rejects.toThrow('has no place in `poolhouse serve`')
    // It is this setting that keeps it from starting.
    await expect(serve({ POOLHOUSE_MASTER_KEY: key })).resolves.toMatchObject({ auth: 'verify', fixedCode: undefined })
  })
})

describe('must-not-happen 27: secrets are drawn at random', () => {
  let server: Harness
  beforeAll(async () => {
    server = await createHarness()
  })
  afterAll(() => server.close())

  it('the master keys of two development folders differ', async () => {
    const folders = await Promise.all([0, 1].map(() => mkdtemp(join(tmpdir(), 'poolhouse-27-'))))
    const keys = await Promise.all(folders.map((folder) => openDevMasterKey(folder, systemRandom)))
    expect(keys.every((key) => 'key' in key)).toBe(true)
    expect(keys[0]).not.toEqual(keys[1])
    for (const folder of folders) await rm(folder, { recursive: true })
  })

  it('client secrets, ids and codes never repeat', async () => {
    const made = []
    for (let place = 0; place < 20; place += 1) made.push(await makePool(server, {}, { GenerateSecret: true }))
    for (const { ClientSecret } of made) expect(ClientSecret).toMatch(/^[a-z0-9]{51,52}$/)
    expect(new Set(made.map(({ ClientSecret }) => ClientSecret)).size).toBe(20)
    expect(new Set(made.map(({ ClientId }) => ClientId)).size).toBe(20)
    expect(new Set(made.map(({ UserPoolId }) => UserPoolId)).size).toBe(20)
  })

  it('temporary passwords never repeat', async () => {
    const { UserPoolId } = await makePool(server)
    for (let place = 0; place < 20; place += 1) {
      const UserAttributes = [{ Name: 'email', Value: `u${place}@example.org` }]
      await server.ok('AdminCreateUser', { UserPoolId, Username: `u${place}`, UserAttributes, DesiredDeliveryMediums: ['EMAIL'] })
    }
    const passwords = Array.from({ length: 20 }, (_, place) => server.codeSentTo(`u${place}@example.org`))
    expect(new Set(passwords).size).toBe(20)
    for (const password of passwords) expect(password.length).toBeGreaterThanOrEqual(8)
  })
})

describe('must-not-happen 27: secrets are compared in constant time', () => {
  const files = async () =>
    (await readdir(source, { recursive: true })).filter((path) => path.endsWith('.ts') && !path.endsWith('.test.ts'))

  it('where a client, a password, a code or a signature is proved', async () => {
    for (const path of [
      'flows/open-client.ts',
      'flows/client-secret.ts',
      'flows/codes.ts',
      'flows/password-fits.ts',
      'flows/password-rules.ts',
      'flows/srp-exchange.ts',
      'crypto/verify-signature.ts',
    ]) {
      expect(await readFile(join(source, path), 'utf8'), path).toMatch(/\b(?:equalBytes|equalText|timingSafeEqual)\(/)
    }
  })

  it('and nowhere with ===', async () => {
    const secret = String.raw`\b\w*(?:secret|signature|verifier|passwd|password|digest|hmac)\b`
    // Whether it is there at all, and how long it is, may be asked.
    const harmless = String.raw`(?:undefined|null|''|'[A-Z_a-z ]*'|\d+|true|false|this|typeof)\b|''`
    const compared = new RegExp(String.raw`(?:${secret}\)? [!=]== (?!${harmless}))|(?:[!=]== ${secret}(?![.(\w]))`, 'gi')
    const found: string[] = []
    const all = await files()
    expect(all.length).toBeGreaterThan(100)
    for (const path of all) {
      for (const [match] of (await readFile(join(source, path), 'utf8')).matchAll(compared)) found.push(`${path}: ${match}`)
    }
    expect(found).toEqual([])
    // The pattern sees what it is for.
    expect('if (presented === secret) return'.match(compared)).not.toBeNull()
    expect('expected.signature !== signature'.match(compared)).not.toBeNull()
  })
})
