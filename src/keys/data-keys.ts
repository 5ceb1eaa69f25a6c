import { createSecretKey, hkdfSync, type KeyObject } from 'node:crypto'
import { LRUCache } from 'lru-cache'
import type { Clock } from '../clock.ts'
import type { DataKey } from '../crypto/seal.ts'
import type { Random } from '../random.ts'
import type { By, DataKeyRow, Store } from '../storage/store.ts'
import type { KeyPurpose } from './keyring.ts'
import { findMasterKeyRecord } from './master-key-record.ts'
import { type MasterKeys, unwrapRow, wrapRow } from './wrapped-key.ts'

/** A data key in the clear, and the keys that are derived from it for other uses than sealing. */
export interface OpenDataKey extends DataKey {
  readonly fingerprintKey: KeyObject
  /** 32 bytes for AES. */
  readonly originIdKey: KeyObject
}

/** The data keys of a store, unwrapped and cached. */
export interface DataKeys {
  /** The key of a pool and purpose, made at first need; of several who make it at once, one does. */
  current(poolUid: string, purpose: KeyPurpose): Promise<OpenDataKey>
  /** The key with that id; undefined when there is none. */
  byId(id: string): Promise<OpenDataKey | undefined>
}

/** What opening and making data keys takes. */
export interface DataKeySources {
  readonly store: Store
  readonly clock: Clock
  readonly random: Random
  readonly masterKeys: MasterKeys
  readonly by: (action: string) => By
}

// About 1 kB each. A pool uses up to ten, so this serves the 2,000 busiest pools from memory.
const cached = 20_000

/** Opens the data keys of the store; each is read and unwrapped once while it stays among the 20,000 last used ones. */
export const openDataKeys = ({ store, clock, random, masterKeys, by }: DataKeySources): DataKeys => {
  // With `max` the room for all of them would be taken at every start.
  const room = { maxSize: cached, sizeCalculation: () => 1 }
  const byName = new LRUCache<string, OpenDataKey>(room)
  const byKeyId = new LRUCache<string, OpenDataKey>(room)
  const making = new Map<string, Promise<OpenDataKey>>()

  const remember = (row: DataKeyRow): OpenDataKey => {
    const known = byKeyId.get(row.id)
    if (known) return known
    const key = derive(unwrapRow(masterKeys, row))
    byKeyId.set(row.id, key)
    return key
  }

  const make = async (poolUid: string, purpose: KeyPurpose): Promise<DataKeyRow> => {
    const names = { id: Buffer.from(random.bytes(16)).toString('hex'), poolUid, purpose }
    const key = createSecretKey(Buffer.from(random.bytes(32)))
    const wrap = (masterKeyId: string): string => wrapRow(requireKey(masterKeys, masterKeyId), names, key, random.bytes(12))
    const masterKeyId = await wrappingKeyId(store, masterKeys)
    const row = { ...names, masterKeyId, wrapped: wrap(masterKeyId), createdAt: clock.now() }
    const stands = await store.dataKeys.putIfAbsent(by('CreateDataKey'), row)
    // A rotation that began after the read above may have gone past this row already. One that begins after this read will see it.
    const now = await wrappingKeyId(store, masterKeys)
    if (stands.id === row.id && now !== masterKeyId)
      await store.dataKeys.rewrap(by('CreateDataKey'), [{ id: row.id, from: masterKeyId, to: now, wrapped: wrap(now) }])
    return stands
  }

  const load = async (poolUid: string, purpose: KeyPurpose, name: string): Promise<OpenDataKey> => {
    const key = remember((await store.dataKeys.current(poolUid, purpose)) ?? (await make(poolUid, purpose)))
    byName.set(name, key)
    return key
  }

  return {
    current: async (poolUid, purpose) => {
      const name = `${purpose} ${poolUid}`
      const known = byName.get(name) ?? making.get(name)
      if (known) return known
      const loading = load(poolUid, purpose, name).finally(() => making.delete(name))
      making.set(name, loading)
      return loading
    },
    byId: async (id) => {
      const known = byKeyId.get(id)
      if (known) return known
      const row = await store.dataKeys.byId(id)
      return row && remember(row)
    },
  }
}

/** While a rotation runs the store says which master key is the current one; the order in which keys were loaded does not. */
const wrappingKeyId = async (store: Store, masterKeys: MasterKeys): Promise<string> => {
  const [first = ''] = masterKeys.keys()
  return (await findMasterKeyRecord(store))?.current ?? first
}

const requireKey = (masterKeys: MasterKeys, id: string): Buffer => {
  const key = masterKeys.get(id)
  if (!key) throw new Error(`New data keys are wrapped by master key ${id}, which is not loaded.`)
  return key
}

const derive = ({ id, key }: DataKey): OpenDataKey => {
  const subkey = (info: string): KeyObject => createSecretKey(Buffer.from(hkdfSync('sha256', key, Buffer.alloc(0), info, 32)))
  return { id, key, fingerprintKey: subkey('fingerprint'), originIdKey: subkey('origin id') }
}
