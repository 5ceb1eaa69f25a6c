import type { By, Store } from '../storage/store.ts'

/** Which master keys the data keys of a store may be wrapped by, as ids. */
export interface MasterKeyRecord {
  /** Wraps new data keys. */
  readonly current: string
  /** Still wrap some while a rotation runs; empty otherwise. */
  readonly others: readonly string[]
}

const name = 'master-keys'

/** The record; undefined in a store that no keyring has been opened on. Throws where it can't be read. */
export const findMasterKeyRecord = async (store: Store): Promise<MasterKeyRecord | undefined> => {
  const text = await store.meta.get(name)
  return text === undefined ? undefined : parse(text)
}

/** Writes the first record; answers the one that stands. */
export const claimMasterKeyRecord = async (store: Store, by: By, current: string): Promise<MasterKeyRecord> =>
  parse(await store.meta.putIfAbsent(by, name, JSON.stringify({ current, others: [] })))

/** Replaces the record. */
export const setMasterKeyRecord = (store: Store, by: By, record: MasterKeyRecord): Promise<void> =>
  store.meta.set(by, name, JSON.stringify(record))

const parse = (text: string): MasterKeyRecord => {
  const value: unknown = JSON.parse(text)
  if (isRecord(value)) return value
  throw new Error(`The store's entry ${name} is damaged.`)
}

const isRecord = (value: unknown): value is MasterKeyRecord =>
  typeof value === 'object' &&
  value !== null &&
  'current' in value &&
  'others' in value &&
  [value.current, ...(Array.isArray(value.others) ? value.others : [undefined])].every((id) => typeof id === 'string')
