import { createHash } from 'node:crypto'
import { afterEach, describe, expect, it } from 'vitest'
import { masterKeyId } from '../crypto/wrap-key.ts'
import { serverUid } from '../domain/server-uid.ts'
import { systemRandom } from '../random.ts'
import { openSqlite } from '../storage/open-sqlite.ts'
import type { Store } from '../storage/store.ts'
import type { Keyring } from './keyring.ts'
import { masterKeyFault } from './master-key-fault.ts'
import { openKeyring } from './open-keyring.ts'
import { type MasterKeyRotation, rotateMasterKey } from './rotate-master-key.ts'

const clock = { now: () => 1_700_000_000_000 }
const by = (action: string) => ({ actor: 'operator', requestId: 'test', action, at: clock.now() })
const [old, next, third] = ['old', 'next', 'third'].map((name) => createHash('sha256').update(name).digest()) as [Buffer, Buffer, Buffer]

let store: Store
afterEach(() => store.close())

const open = (...masterKeys: Buffer[]): Promise<Keyring> => openKeyring({ store, clock, random: systemRandom, masterKeys, by })

/** A new store with that many pools that have a data key and a sealed value each. */
const fill = async (pools: number): Promise<string[]> => {
  store = await openSqlite({ folder: ':memory:', onFatal: () => {}, log: { warn: () => {}, error: () => {} } })
  const keyring = await open(old)
  return Promise.all(Array.from({ length: pools }, (_, n) => keyring.seal('secrets', `pool ${n}`, 'x', Buffer.from(`${n}`))))
}

const opensAll = async (keyring: Keyring, sealed: readonly string[]): Promise<void> => {
  for (const [n, text] of sealed.entries()) expect(await keyring.open('secrets', `pool ${n}`, 'x', text)).toEqual(Buffer.from(`${n}`))
}

const masterKeyIds = async (): Promise<Set<string>> =>
  new Set((await store.dataKeys.list({ limit: 10_000 })).rows.map((row) => row.masterKeyId))

const rotate = (options: Partial<MasterKeyRotation> = {}): Promise<number> =>
  rotateMasterKey({ store, random: systemRandom, from: [old], to: next, by, ...options })

/** The store, which fails after it has written the first hundred keys. */
const interrupted = (): Store => {
  let calls = 0
  const rewrap: Store['dataKeys']['rewrap'] = async (...call) => {
    calls += 1
    if (calls > 1) throw new Error('interrupted')
    return store.dataKeys.rewrap(...call)
  }
  return { ...store, dataKeys: { ...store.dataKeys, rewrap } }
}

describe('rotateMasterKey', () => {
  it('leaves everything readable with the new key, and the old one useless', async () => {
    const sealed = await fill(450)
    expect(await rotate()).toBe(451)
    expect(await masterKeyIds()).toEqual(new Set([masterKeyId(next)]))
    await opensAll(await open(next), sealed)
    await expect(open(old)).rejects.toThrow(`master key with id ${masterKeyId(next)}, which is not loaded (key given: ${masterKeyId(old)})`)
    const { length } = (await store.audit.list(serverUid, { limit: 1000 })).rows
    expect(await rotate()).toBe(0)
    // What did nothing is not in the audit trail.
    expect((await store.audit.list(serverUid, { limit: 1000 })).rows).toHaveLength(length)
  })

  it('goes on after an interruption, during which neither key alone is enough', async () => {
    const sealed = await fill(450)
    await expect(rotate({ store: interrupted() })).rejects.toThrow('interrupted')
    expect((await masterKeyIds()).size).toBe(2)
    expect(await masterKeyFault(store, [old])).toContain('has not been finished')
    expect(await masterKeyFault(store, [next])).toContain('has not been finished')
    await opensAll(await open(old, next), sealed)
    expect(await rotate()).toBe(351)
    await opensAll(await open(next), sealed)
  })

  it('may change its mind after an interruption', async () => {
    const sealed = await fill(450)
    await expect(rotate({ store: interrupted() })).rejects.toThrow('interrupted')
    expect(await rotate({ from: [old, next], to: third })).toBe(451)
    await opensAll(await open(third), sealed)
  })

  it('disturbs no server that has both keys', async () => {
    const sealed = await fill(450)
    const server = await open(old, next)
    let made = 0
    let running = true
    const traffic = (async () => {
      while (running) {
        const n = made++
        sealed.push(await server.seal('secrets', `pool ${450 + n}`, 'x', Buffer.from(`${450 + n}`)))
        const known = (n * 37) % 450
        expect(await server.open('secrets', `pool ${known}`, 'x', sealed[known] ?? '')).toEqual(Buffer.from(`${known}`))
      }
    })()
    await rotate()
    running = false
    await traffic
    expect(made).toBeGreaterThan(0)
    expect(await masterKeyIds()).toEqual(new Set([masterKeyId(next)]))
    await opensAll(await open(next), sealed)
  })

  it('wraps a data key anew that was written just behind its back', async () => {
    await fill(1)
    let rotated: Promise<number> | undefined
    const slow: Store = {
      ...store,
      dataKeys: {
        ...store.dataKeys,
        // The whole rotation happens between the moment a server chose its master key and the moment its row is there.
        putIfAbsent: async (...args) => {
          rotated ??= rotate()
          await rotated
          return store.dataKeys.putIfAbsent(...args)
        },
      },
    }
    const server = await openKeyring({ store: slow, clock, random: systemRandom, masterKeys: [old, next], by })
    const sealed = await server.seal('secrets', 'late pool', 'x', Buffer.from('late'))
    expect(rotated).toBeDefined()
    expect(await masterKeyIds()).toEqual(new Set([masterKeyId(next)]))
    expect(await (await open(next)).open('secrets', 'late pool', 'x', sealed)).toEqual(Buffer.from('late'))
  })

  it('changes nothing when the key that wraps the data is not given', async () => {
    const sealed = await fill(2)
    await expect(rotate({ from: [third] })).rejects.toThrow(`master key with id ${masterKeyId(old)}, which is not given`)
    await opensAll(await open(old), sealed)
    expect(await masterKeyIds()).toEqual(new Set([masterKeyId(old)]))
  })
})

describe('masterKeyFault', () => {
  it('finds nothing wrong with an empty store, nor with the key that fits', async () => {
    store = await openSqlite({ folder: ':memory:', onFatal: () => {}, log: { warn: () => {}, error: () => {} } })
    expect(await masterKeyFault(store, [old])).toBeUndefined()
    await open(old)
    expect(await masterKeyFault(store, [old])).toBeUndefined()
    expect(await masterKeyFault(store, [next, old])).toBeUndefined()
  })

  it('tells which key is missing, without telling any', async () => {
    await fill(1)
    const fault = await masterKeyFault(store, [next, third])
    expect(fault).toContain(masterKeyId(old))
    expect(fault).toContain(`keys given: ${masterKeyId(next)}, ${masterKeyId(third)}`)
    expect(fault).not.toContain('rotation')
    for (const key of [old, next, third])
      for (const form of ['hex', 'base64'] as const) expect(fault).not.toContain(key.toString(form).slice(0, 12))
  })

  it('notices a damaged first data key', async () => {
    await fill(1)
    const row = (await store.dataKeys.list({ limit: 10 })).rows.find(({ poolUid }) => poolUid === 'server')
    const damaged = `${row?.wrapped.slice(0, -4)}AAAA`
    await store.dataKeys.rewrap(by('Test'), [{ id: row?.id ?? '', from: masterKeyId(old), to: masterKeyId(old), wrapped: damaged }])
    expect(await masterKeyFault(store, [old])).toContain('is damaged')
  })
})
