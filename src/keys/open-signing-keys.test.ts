import { createHmac, generateKeyPairSync, sign } from 'node:crypto'
import { createLocalJWKSet, jwtVerify } from 'jose'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { createInlineCompute } from '../compute/inline-compute.ts'
import { attachSignature, signingInput } from '../crypto/jwt.ts'
import type { RsaPublicJwk, SigningKeyPair } from '../crypto/rsa-key.ts'
import { systemRandom } from '../random.ts'
import { openSqlite } from '../storage/open-sqlite.ts'
import type { SigningKeyRow, Store } from '../storage/store.ts'
import type { Keyring, PublicJwk, SigningKeys } from './keyring.ts'
import { openKeyring } from './open-keyring.ts'
import { openSigningKeys } from './open-signing-keys.ts'

const day = 86_400_000
let now = 0
const clock = { now: () => now }
const by = (action: string) => ({ actor: 'operator', requestId: 'test', action, at: now })

let store: Store
let keyring: Keyring
let made = 0
/** RSA keys are slow to make, so the tests share as many as they use at most. */
const pairs: SigningKeyPair[] = []
const newPair = async (): Promise<SigningKeyPair> => {
  const at = made++
  const known = pairs[at]
  if (known) return known
  const { privateKey, publicKey } = generateKeyPairSync('rsa', { modulusLength: 2048 })
  const pair = {
    privateKeyPkcs8: privateKey.export({ type: 'pkcs8', format: 'der' }),
    publicJwk: publicKey.export({ format: 'jwk' }) as RsaPublicJwk,
  }
  pairs[at] = pair
  return pair
}

beforeEach(async () => {
  now = 1_700_000_000_000
  made = 0
  store = await openSqlite({ folder: ':memory:', onFatal: () => {}, log: { warn: () => {}, error: () => {} } })
  keyring = await openKeyring({ store, clock, random: systemRandom, masterKeys: [Buffer.from(systemRandom.bytes(32))], by })
})
afterEach(() => store.close())

const open = (over: Store = store): SigningKeys =>
  openSigningKeys({ store: over, keyring, clock, compute: createInlineCompute(systemRandom), by, newPair })

const verify = async (keys: SigningKeys | undefined, poolUid: string, use: 'id' | 'access', token: string) => {
  const jwt = keys?.read(token)
  return jwt && keys?.verify(poolUid, use, jwt)
}

const headerOf = (token: string): Record<string, unknown> => JSON.parse(Buffer.from(token.split('.')[0] ?? '', 'base64url').toString())
const kids = (keys: readonly PublicJwk[]): string[] => keys.map((key) => key.kid)

describe('openSigningKeys', () => {
  it('signs what other software verifies with the published keys', async () => {
    const keys = open()
    const token = await keys.sign('pool', 'id', { sub: 'someone' })
    const published = await keys.published('pool')
    const { payload, protectedHeader } = await jwtVerify(token, createLocalJWKSet({ keys: [...published] }))
    expect(payload).toEqual({ sub: 'someone' })
    // Nothing but these two, in Cognito's order.
    expect(JSON.stringify(protectedHeader)).toBe(JSON.stringify({ kid: published[0]?.kid, alg: 'RS256' }))
    expect(published[0]?.kid).toMatch(/^[A-Za-z0-9+/]{43}=$/)
    expect(published).toHaveLength(2)
    for (const key of published) {
      expect(Object.keys(key).sort()).toEqual(['alg', 'e', 'kid', 'kty', 'n', 'use'])
      expect(key).toMatchObject({ kty: 'RSA', alg: 'RS256', use: 'sig', e: 'AQAB' })
    }
    expect(headerOf(await keys.sign('pool', 'access', {}))['kid']).toBe(published[1]?.kid)
  })

  it('verifies its own tokens under pool and use', async () => {
    const keys = open()
    const token = await keys.sign('pool', 'access', { sub: 'someone', scope: 'ä' })
    expect(await verify(keys, 'pool', 'access', token)).toEqual({ sub: 'someone', scope: 'ä' })
    expect(await verify(open(), 'pool', 'access', token)).toEqual({ sub: 'someone', scope: 'ä' })
    expect(await verify(keys, 'pool', 'id', token)).toBeUndefined()
    await keys.sign('other', 'access', {})
    expect(await verify(keys, 'other', 'access', token)).toBeUndefined()
  })

  it('gives each who reads a token claims of his own', async () => {
    const keys = open()
    const token = await keys.sign('pool', 'access', { sub: 'someone', 'cognito:groups': ['a'] })
    const claims = await verify(keys, 'pool', 'access', token)
    const groups = claims?.['cognito:groups'] as string[]
    groups.push('admins')
    expect(await verify(keys, 'pool', 'access', token)).toEqual({ sub: 'someone', 'cognito:groups': ['a'] })
  })

  it('makes no keys for a token that comes to a pool without any', async () => {
    const token = await open().sign('pool', 'id', {})
    expect(await verify(open(), 'empty', 'id', token)).toBeUndefined()
    expect(await store.signingKeys.ofPool('empty')).toEqual([])
  })

  // must-not-happen 21
  it('believes no token that only looks like one of its own', async () => {
    const keys = open()
    const token = await keys.sign('pool', 'access', { sub: 'someone' })
    const [jwk] = (await keys.published('pool')).slice(1)
    const kid = jwk?.kid
    const [head, payload, signature] = token.split('.')
    const part = (value: object): string => Buffer.from(JSON.stringify(value)).toString('base64url')
    const { privateKey: own } = generateKeyPairSync('rsa', { modulusLength: 2048 })
    const signedBy = (header: object): string => {
      const input = signingInput(header, { sub: 'someone' })
      return attachSignature(input, sign('RSA-SHA256', Buffer.from(input), own))
    }
    const hmacInput = signingInput({ kid, alg: 'HS256' }, { sub: 'someone' })
    const forgeries = {
      'alg none': `${part({ kid, alg: 'none' })}.${payload}.`,
      'alg none with the signature': `${part({ kid, alg: 'none' })}.${payload}.${signature}`,
      'HS256 under the public key': attachSignature(hmacInput, createHmac('sha256', JSON.stringify(jwk)).update(hmacInput).digest()),
      'another RSA key, our kid': signedBy({ kid, alg: 'RS256' }),
      'another RSA key in the header': signedBy({ kid, alg: 'RS256', jwk: own.export({ format: 'jwk' }) }),
      'unknown kid': signedBy({ kid: 'x', alg: 'RS256' }),
      'no kid': signedBy({ alg: 'RS256' }),
      'kid of a wrong type': signedBy({ kid: 1, alg: 'RS256' }),
      'changed claims': `${head}.${part({ sub: 'somebody else' })}.${signature}`,
      'crit header': signedBy({ kid, alg: 'RS256', crit: ['exp'] }),
      'no signature': `${head}.${payload}.`,
      'two parts': `${head}.${payload}`,
      nothing: '',
    }
    // Who signed the token remembers it, and so does who verified it; what resembles it is remembered by neither.
    for (const [who, by] of Object.entries({ signer: keys, stranger: open() }))
      for (const round of [1, 2]) {
        for (const [name, forged] of Object.entries(forgeries))
          expect(await verify(by, 'pool', 'access', forged), `${name}, ${who}, round ${round}`).toBeUndefined()
        expect(await verify(by, 'pool', 'access', token)).toEqual({ sub: 'someone' })
        expect(await verify(by, 'pool', 'id', token)).toBeUndefined()
      }
  })

  it('makes one key for each use, however many nodes begin at once', async () => {
    const nodes = [open(), open(), open()]
    const tokens = await Promise.all(Array.from({ length: 30 }, (_, n) => nodes[n % 3]?.sign('pool', n % 2 ? 'id' : 'access', { n }) ?? ''))
    expect((await store.signingKeys.ofPool('pool')).map(({ use, ordinal }) => `${use} ${ordinal}`)).toEqual(['access 0', 'id 0'])
    // One attempt for each use and node, not one for each call.
    expect(made).toBeLessThanOrEqual(6)
    for (const [n, token] of tokens.entries()) expect(await verify(nodes[0], 'pool', n % 2 ? 'id' : 'access', token)).toEqual({ n })
  })

  it('publishes a rotated key at once, signs with it after the delay, and knows the old one for a day more', async () => {
    const keys = open()
    const before = await keys.sign('pool', 'id', { n: 1 })
    const old = kids(await keys.published('pool'))
    const added = await keys.rotate('pool', day)
    expect(added).toHaveLength(2)
    expect(kids(await keys.published('pool'))).toEqual([...old, ...added])
    expect(headerOf(await keys.sign('pool', 'id', {}))['kid']).toBe(old[0])

    now += day
    const after = await keys.sign('pool', 'id', { n: 2 })
    expect(headerOf(after)['kid']).toBe(added[0])
    expect(kids(await keys.published('pool'))).toEqual([...added, ...old])
    now += day - 1
    expect(await verify(keys, 'pool', 'id', before)).toEqual({ n: 1 })
    now += 1
    expect(await verify(keys, 'pool', 'id', before)).toBeUndefined()
    expect(await verify(keys, 'pool', 'id', after)).toEqual({ n: 2 })
    expect(kids(await keys.published('pool'))).toEqual(added)
  })

  it('remembers access tokens that it signed itself, and no ID tokens', async () => {
    const compute = { ...createInlineCompute(systemRandom), sign: async () => Buffer.alloc(256) }
    const keys = openSigningKeys({ store, keyring, clock, compute, by, newPair })
    // Signatures that no arithmetic would confirm.
    const [access, id] = [await keys.sign('pool', 'access', { n: 1 }), await keys.sign('pool', 'id', { n: 2 })]
    expect(await verify(keys, 'pool', 'access', access)).toEqual({ n: 1 })
    expect(await verify(keys, 'pool', 'id', id)).toBeUndefined()
    expect(await verify(open(), 'pool', 'access', access)).toBeUndefined()
  })

  it('refuses an access token that it signed itself when its key is no longer published, or is gone', async () => {
    const keys = open()
    const [retired, removed] = [await keys.sign('pool', 'access', { n: 1 }), await keys.sign('other', 'access', { n: 2 })]
    await keys.rotate('pool', 0)
    now += day - 1
    expect(await verify(keys, 'pool', 'access', retired)).toEqual({ n: 1 })
    expect(await verify(keys, 'other', 'access', removed)).toEqual({ n: 2 })
    await store.signingKeys.remove(by('Test'), 'other', 'access', 0)
    now += 250
    expect(await verify(keys, 'pool', 'access', retired)).toBeUndefined()
    expect(await verify(keys, 'other', 'access', removed)).toBeUndefined()
  })

  it('removes keys that nobody needs any more when the next ones are made', async () => {
    const keys = open()
    await keys.rotate('pool', 0)
    now += 2 * day
    await keys.rotate('pool', 0)
    expect((await store.signingKeys.ofPool('pool')).map(({ use, ordinal }) => `${use} ${ordinal}`)).toEqual([
      'access 1',
      'id 1',
      'access 2',
      'id 2',
    ])
    now += 2 * day
    await keys.rotate('pool', 0)
    expect((await store.signingKeys.ofPool('pool')).map(({ ordinal }) => ordinal)).toEqual([2, 2, 3, 3])
  })

  it('is rotated once by two who do it at once', async () => {
    const nodes = [open(), open()]
    await nodes[0]?.published('pool')
    const [first, second] = await Promise.all(nodes.map((keys) => keys.rotate('pool', day)))
    expect(first).toEqual(second)
    expect(await store.signingKeys.ofPool('pool')).toHaveLength(4)
  })

  it('verifies at once, and signs within 250 ms, with a key that another node made', async () => {
    const [here, there] = [open(), open()]
    await here.published('pool')
    const [idKid] = await there.rotate('pool', 0)
    const token = await there.sign('pool', 'id', { n: 1 })
    expect(headerOf(token)['kid']).toBe(idKid)
    expect(await verify(here, 'pool', 'id', token)).toEqual({ n: 1 })
    now += 250
    expect(headerOf(await here.sign('pool', 'id', {}))['kid']).toBe(idKid)
  })

  it('reads the rows at most every 250 ms', async () => {
    let reads = 0
    const ofPool = (uid: string): Promise<SigningKeyRow[]> => {
      reads += 1
      return store.signingKeys.ofPool(uid)
    }
    const counted: Store = { ...store, signingKeys: { ...store.signingKeys, ofPool } }
    const keys = open(counted)
    const token = await keys.sign('pool', 'id', {})
    now += 1000
    reads = 0
    for (let n = 0; n < 100; n++) {
      await Promise.all([keys.sign('pool', 'id', {}), verify(keys, 'pool', 'id', token)])
      now += 10
    }
    expect(reads).toBe(4)
  })

  it('ignores a public key that somebody wrote into a row', async () => {
    const token = await open().sign('pool', 'id', { sub: 'someone' })
    const [row] = await store.signingKeys.ofPool('pool')
    const { privateKey, publicKey } = generateKeyPairSync('rsa', { modulusLength: 2048 })
    await store.signingKeys.remove(by('Test'), 'pool', 'id', 0)
    await store.signingKeys.putIfAbsent(by('Test'), {
      ...row,
      publicJwk: JSON.stringify(publicKey.export({ format: 'jwk' })),
    } as SigningKeyRow)
    const keys = open()
    const input = signingInput({ kid: row?.kid, alg: 'RS256' }, { sub: 'forged' })
    const forged = attachSignature(input, sign('RSA-SHA256', Buffer.from(input), privateKey))
    expect(await verify(keys, 'pool', 'id', forged)).toBeUndefined()
    expect(await verify(keys, 'pool', 'id', token)).toEqual({ sub: 'someone' })
    expect(kids(await keys.published('pool'))).toContain(row?.kid)
  })

  it('fails rather than to sign or verify with a private key that does not open', async () => {
    const token = await open().sign('pool', 'id', {})
    const [row] = await store.signingKeys.ofPool('pool')
    // The row of another pool, moved here.
    await store.signingKeys.putIfAbsent(by('Test'), { ...row, poolUid: 'other' } as SigningKeyRow)
    const keys = open()
    // Remembered, but by the key of its own pool.
    expect(await verify(keys, 'pool', 'id', token)).toEqual({})
    await expect(keys.sign('other', 'id', {})).rejects.toThrow('damaged')
    await expect(keys.published('other')).rejects.toThrow('damaged')
    await expect(verify(keys, 'other', 'id', token)).rejects.toThrow('damaged')
  })

  // must-not-happen 29
  it('stores no private key in the clear', async () => {
    await open().rotate('pool', 0)
    const text = JSON.stringify([await store.signingKeys.ofPool('pool'), await store.audit.list('pool', { limit: 100 })])
    expect(made).toBe(4)
    for (const { privateKeyPkcs8 } of pairs)
      for (const form of ['hex', 'base64', 'base64url'] as const) {
        // The private exponent and the primes stand behind the modulus, which is public.
        const secret = privateKeyPkcs8.subarray(330)
        for (const at of [0, 1, 2]) expect(text).not.toContain(secret.subarray(at, at + 24).toString(form))
      }
  })

  it('makes keys by itself where no source of pairs is given', async () => {
    const keys = openSigningKeys({ store, keyring, clock, compute: createInlineCompute(systemRandom), by })
    expect(await verify(keys, 'pool', 'id', await keys.sign('pool', 'id', { n: 1 }))).toEqual({ n: 1 })
  }, 20_000)
})
