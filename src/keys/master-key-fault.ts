import { serverUid } from '../domain/server-uid.ts'
import type { Store } from '../storage/store.ts'
import { findMasterKeyRecord } from './master-key-record.ts'
import { masterKeysById, unwrapRow } from './wrapped-key.ts'

/** The purpose whose server-wide data key every store has from its first start: opening it proves that a master key fits. */
export const sentinelPurpose = 'secrets'

/** Why these master keys can't open what is in the store; undefined when they can, and for an empty store. Changes nothing. */
export const masterKeyFault = async (store: Store, masterKeys: readonly Buffer[]): Promise<string | undefined> => {
  const loaded = masterKeysById(masterKeys)
  if (loaded.size === 0) return 'No master key is given.'
  const record = await findMasterKeyRecord(store)
  const sentinel = await store.dataKeys.current(serverUid, sentinelPurpose)
  const needed = [record?.current, ...(record?.others ?? []), sentinel?.masterKeyId].find((id) => id !== undefined && !loaded.has(id))
  if (needed !== undefined) return wrongKey(needed, [...loaded.keys()], (record?.others.length ?? 0) > 0)
  try {
    if (sentinel) unwrapRow(loaded, sentinel)
    return undefined
  } catch (error) {
    return `${error instanceof Error ? error.message : 'The first data key is damaged.'} Restore the store from a backup; nothing was changed.`
  }
}

const wrongKey = (needed: string, loaded: readonly string[], rotating: boolean): string => {
  const given = `${loaded.length === 1 ? 'key' : 'keys'} given: ${loaded.join(', ')}`
  const why = rotating ? ' A rotation of the master key has not been finished, so the old and the new key are needed.' : ''
  return `This data was written under the master key with id ${needed}, which is not loaded (${given}).${why} Start with the key that belongs to the data; nothing was changed.`
}
