import { createHash } from 'node:crypto'
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, describe, expect, it } from 'vitest'
import { serverUid } from '../domain/server-uid.ts'
import type { Random } from '../random.ts'
import { systemRandom } from '../random.ts'
import { openSqlite } from '../storage/open-sqlite.ts'
import type { Store } from '../storage/store.ts'
import type { KeyPurpose, Keyring } from './keyring.ts'
import { openKeyring } from './open-keyring.ts'

const clock = { now: () => 1_700_000_000_000 }
const by = (action: string) => ({ actor: 'operator', requestId: 'test', action, at: clock.now() })
const log = { warn: () => {}, error: () => {} }
const masterKey = (name: string): Buffer => createHash('sha256').update(name).digest()

const stores: Store[] = []
afterEach(async () => {
  for (const store of stores.splice(0)) await store.close()
})
const openStore = async (folder = ':memory:'): Promise<Store> => {
  const fail = (error: unknown): never => {
    throw error
  }
  const store = await openSqlite({ folder, onFatal: fail, log })
  stores.push(store)
  return store
}
const open = (store: Store, masterKeys = [masterKey('one')], random: Random = systemRandom): Promise<Keyring> =>
  openKeyring({ store, clock, random, masterKeys, by })
const bytes = (text: string): Buffer => Buffer.from(text)

const allKeys = async (store: Store) => (await store.dataKeys.list({ limit: 1000 })).rows

describe('openKeyring', () => {
  it('opens what it sealed, also when it is opened anew', async () => {
    const store = await openStore()
    const keyring = await open(store)
    const sealed = await keyring.seal('secrets', 'pool', 'client', bytes('the secret'))
    expect(await keyring.open('secrets', 'pool', 'client', sealed)).toEqual(bytes('the secret'))
    const again = await open(store)
    expect(await again.open('secrets', 'pool', 'client', sealed)).toEqual(bytes('the secret'))
    expect(await again.seal('secrets', 'pool', 'client', bytes('the secret'))).not.toBe(sealed)
  })

  it('opens a value under its own three names only', async () => {
    const keyring = await open(await openStore())
    const sealed = await keyring.seal('secrets', 'pool', 'client', bytes('x'))
    await keyring.seal('sessions', 'pool', 'client', bytes('x'))
    await keyring.seal('secrets', 'other', 'client', bytes('x'))
    const attempts: [KeyPurpose, string, string][] = [
      ['sessions', 'pool', 'client'],
      ['codes', 'pool', 'client'],
      ['secrets', 'other', 'client'],
      ['secrets', 'pool', 'client2'],
      ['secrets', 'pool', ''],
    ]
    for (const names of attempts) expect(await keyring.open(...names, sealed), names.join()).toBeUndefined()
  })

  it('opens nothing that was changed, cut, spelt differently or made elsewhere', async () => {
    const keyring = await open(await openStore())
    const sealed = await keyring.seal('sessions', 'pool', 'x', bytes('content'))
    const raw = Buffer.from(sealed, 'base64')
    for (let at = 0; at < raw.length; at++) {
      const changed = Buffer.from(raw)
      changed[at] = (changed[at] ?? 0) ^ 1
      expect(await keyring.open('sessions', 'pool', 'x', changed.toString('base64')), `byte ${at}`).toBeUndefined()
    }
    const spellings = [
      '',
      'x',
      sealed.slice(0, -4),
      ` ${sealed}`,
      `${sealed}\n`,
      `${sealed}=`,
      raw.toString('base64url'),
      raw.toString('hex'),
    ]
    for (const text of spellings.filter((spelling) => spelling !== sealed))
      expect(await keyring.open('sessions', 'pool', 'x', text)).toBeUndefined()
    const elsewhere = await open(await openStore())
    await elsewhere.seal('sessions', 'pool', 'x', bytes('own'))
    expect(await elsewhere.open('sessions', 'pool', 'x', sealed)).toBeUndefined()
  })

  it('makes one data key for a pool and purpose, however many need it at once', async () => {
    const store = await openStore()
    const nodes = await Promise.all(Array.from({ length: 5 }, () => open(store)))
    const sealed = await Promise.all(
      Array.from({ length: 50 }, (_, n) => nodes[n % 5]?.seal('verifiers', 'pool', `user ${n}`, bytes(`${n}`)) ?? ''),
    )
    expect((await allKeys(store)).map(({ poolUid, purpose }) => `${poolUid} ${purpose}`).sort()).toEqual([
      'pool verifiers',
      'server secrets',
    ])
    for (const [n, text] of sealed.entries())
      for (const keyring of nodes) expect(await keyring.open('verifiers', 'pool', `user ${n}`, text)).toEqual(bytes(`${n}`))
  })

  it('reads a data key once', async () => {
    const store = await openStore()
    let reads = 0
    const counting = <A extends unknown[], R>(verb: (...args: A) => R) => {
      return (...args: A): R => {
        reads += 1
        return verb(...args)
      }
    }
    const { byId, current } = store.dataKeys
    const counted: Store = { ...store, dataKeys: { ...store.dataKeys, byId: counting(byId), current: counting(current) } }
    const sealed = await (await open(store)).seal('secrets', 'pool', 'x', bytes('x'))
    const keyring = await open(counted)
    reads = 0
    for (let n = 0; n < 20; n++) expect(await keyring.open('secrets', 'pool', 'x', sealed)).toEqual(bytes('x'))
    await Promise.all(Array.from({ length: 20 }, () => keyring.seal('secrets', 'pool', 'x', bytes('x'))))
    expect(reads).toBe(2)
  })

  it('fingerprints alike for ever, differently per pool, purpose and keyring', async () => {
    const store = await openStore()
    const keyring = await open(store)
    const print = await keyring.fingerprint('fake-salts', 'pool', 'user')
    expect(print).toHaveLength(32)
    expect(await (await open(store)).fingerprint('fake-salts', 'pool', bytes('user'))).toEqual(print)
    const others = await Promise.all([
      keyring.fingerprint('fake-salts', 'pool', 'user2'),
      keyring.fingerprint('fake-salts', 'pool2', 'user'),
      keyring.fingerprint('codes', 'pool', 'user'),
      (await open(await openStore())).fingerprint('fake-salts', 'pool', 'user'),
    ])
    expect(new Set([print, ...others].map((value) => Buffer.from(value).toString('hex'))).size).toBe(5)
  })

  it("frames refresh tokens in AWS's five parts, for one pool", async () => {
    const store = await openStore()
    const keyring = await open(store)
    const token = await keyring.sealRefreshToken('pool', bytes('content'))
    expect(token).toMatch(/^eyJjdHkiOiJKV1QiLCJlbmMiOiJBMjU2R0NNIiwiYWxnIjoiUlNBLU9BRVAifQ\.[\w-]{342}\.[\w-]{16}\.[\w-]+\.[\w-]{22}$/)
    expect(await (await open(store)).openRefreshToken('pool', token)).toEqual(bytes('content'))
    await keyring.sealRefreshToken('other', bytes('content'))
    expect(await keyring.openRefreshToken('other', token)).toBeUndefined()
    expect(await keyring.openRefreshToken('pool', `${token}A`)).toBeUndefined()
    expect(await keyring.openRefreshToken('pool', 'no token')).toBeUndefined()
    // A value sealed in the general form is no refresh token, and the other way round.
    expect(await keyring.openRefreshToken('pool', await keyring.seal('refresh', 'pool', 'refresh token', bytes('content')))).toBeUndefined()
    expect(await keyring.open('refresh', 'pool', 'refresh token', token)).toBeUndefined()
  })

  it('hides a generation in a UUID', async () => {
    const store = await openStore()
    const keyring = await open(store)
    const ids = await Promise.all([0, 0, 1, 4_294_967_295].map((generation) => keyring.sealOriginId('pool', 'client', generation)))
    for (const id of ids) expect(id).toMatch(/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/)
    expect(new Set(ids).size).toBe(4)
    // The keyring that made them remembers them; another one opens them, and remembers them then.
    for (const reader of [keyring, await open(store)])
      for (const _ of [1, 2]) {
        expect(await reader.openOriginId('other', 'client', ids[2] ?? '')).toBeUndefined()
        expect(await reader.openOriginId('pool', 'another client', ids[2] ?? '')).toBeUndefined()
        expect(await reader.openOriginId('pool', 'client', systemRandom.uuid())).toBeUndefined()
        expect(await reader.openOriginId('pool', 'client', 'no id')).toBeUndefined()
        expect(await Promise.all(ids.map((id) => reader.openOriginId('pool', 'client', id)))).toEqual([0, 0, 1, 4_294_967_295])
      }
  })

  it('refuses a store of another master key, and changes nothing', async () => {
    const store = await openStore()
    await open(store)
    const before = [await allKeys(store), (await store.audit.list(serverUid, { limit: 100 })).rows]
    await expect(open(store, [masterKey('two')])).rejects.toThrow('This data was written under the master key with id')
    await expect(open(store, [])).rejects.toThrow('No master key is given.')
    expect([await allKeys(store), (await store.audit.list(serverUid, { limit: 100 })).rows]).toEqual(before)
  })

  it('goes on with the current master key of the store when another one is listed first', async () => {
    const store = await openStore()
    await open(store)
    const keyring = await open(store, [masterKey('two'), masterKey('one')])
    const sealed = await keyring.seal('secrets', 'pool', 'x', bytes('x'))
    expect(await (await open(store, [masterKey('one')])).open('secrets', 'pool', 'x', sealed)).toEqual(bytes('x'))
  })

  it('lets one of two master keys win a new store', async () => {
    const store = await openStore()
    const outcomes = await Promise.allSettled([open(store, [masterKey('one')]), open(store, [masterKey('two')])])
    expect(outcomes.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected'])
    expect(new Set((await allKeys(store)).map((row) => row.masterKeyId)).size).toBe(1)
  })

  // must-not-happen 29: canary secrets are nowhere in the files.
  it('leaves neither keys nor sealed values readable on the disk', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'keyring-'))
    try {
      const drawn: Uint8Array[] = [masterKey('one'), bytes('canary-verifier'), bytes('canary-refresh')]
      const recorded: Random = {
        ...systemRandom,
        bytes: (size) => {
          const made = systemRandom.bytes(size)
          // Nonces and ids are no secrets; data keys and salts are the only draws of 32 bytes.
          if (size === 32) drawn.push(made)
          return made
        },
      }
      const store = await openStore(folder)
      const keyring = await open(store, [masterKey('one')], recorded)
      const sealed = await keyring.seal('verifiers', 'pool', 'user', bytes('canary-verifier'))
      await store.meta.set(by('Test'), 'sealed', sealed)
      const token = await keyring.sealRefreshToken('pool', bytes('canary-refresh'))
      await store.meta.set(by('Test'), 'token', token)
      await stores.pop()?.close()
      const salts = [Buffer.from(sealed, 'base64').subarray(17, 49), Buffer.from(token.split('.')[1] ?? '', 'base64url').subarray(16, 48)]
      const secrets = drawn.filter((made) => !salts.some((salt) => salt.equals(made)))
      expect([drawn.length, secrets.length]).toEqual([8, 6])
      const files = await Promise.all((await readdir(folder)).map((name) => readFile(join(folder, name))))
      const all = Buffer.concat(files)
      expect(all.includes(sealed)).toBe(true)
      for (const secret of secrets)
        for (const form of ['latin1', 'hex', 'base64', 'base64url'] as const) {
          const text = Buffer.from(secret).toString(form).replace(/=+$/, '')
          expect(all.includes(Buffer.from(text, 'latin1')), form).toBe(false)
        }
    } finally {
      await rm(folder, { recursive: true })
    }
  })
})
