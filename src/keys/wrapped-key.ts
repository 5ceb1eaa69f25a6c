import type { KeyObject } from 'node:crypto'
import type { DataKey } from '../crypto/seal.ts'
import { masterKeyId, unwrapKey, wrapKey } from '../crypto/wrap-key.ts'
import type { DataKeyRow } from '../storage/store.ts'

/** The master keys that are loaded, by their ids. */
export type MasterKeys = ReadonlyMap<string, Buffer>

/** Names each master key (32 bytes) by its id; the first comes first. */
export const masterKeysById = (keys: readonly Buffer[]): MasterKeys => new Map(keys.map((key) => [masterKeyId(key), key]))

type RowNames = Pick<DataKeyRow, 'id' | 'poolUid' | 'purpose'>

const binding = ({ poolUid, purpose }: RowNames) => ({ purpose, poolUid, entity: 'data key' })

/** What `wrapped` of a row holds: the key under the master key, bound to the row's names. `nonce` is 12 unpredictable bytes. */
export const wrapRow = (masterKey: Buffer, names: RowNames, key: KeyObject, nonce: Uint8Array): string =>
  wrapKey(masterKey, { id: names.id, key }, binding(names), nonce).toString('base64')

/** The row's data key. Throws where its master key is not loaded, and where the row is not what was written. */
export const unwrapRow = (masterKeys: MasterKeys, row: DataKeyRow): DataKey => {
  const masterKey = masterKeys.get(row.masterKeyId)
  if (!masterKey) throw new Error(`Data key ${row.id} is wrapped by master key ${row.masterKeyId}, which is not loaded.`)
  const dataKey = unwrapKey(masterKey, row.id, binding(row), Buffer.from(row.wrapped, 'base64'))
  if (!dataKey) throw new Error(`Data key ${row.id} is damaged: master key ${row.masterKeyId} does not open it.`)
  return dataKey
}
