import type { Random } from '../random.ts'
import type { By, DataKeyRow, Store } from '../storage/store.ts'
import { findMasterKeyRecord, setMasterKeyRecord } from './master-key-record.ts'
import { type MasterKeys, masterKeysById, unwrapRow, wrapRow } from './wrapped-key.ts'

/** What a rotation of the master key works with. */
export interface MasterKeyRotation {
  readonly store: Store
  readonly random: Random
  /** The master keys that data keys may be wrapped by now; 32 bytes each. */
  readonly from: readonly Buffer[]
  /** The master key that wraps all of them afterwards. */
  readonly to: Buffer
  readonly by: (action: string) => By
}

const chunk = 100

/**
 * Wraps every data key by `to` and makes it the current master key; answers how many keys were wrapped anew. Sealed values stay as
 * they are. Servers go on working while they have both keys loaded. May be run again, from the start, after an interruption.
 * Throws before it changes anything when a master key that the store names is not given.
 */
export const rotateMasterKey = async ({ store, random, from, to, by }: MasterKeyRotation): Promise<number> => {
  const known = masterKeysById([to, ...from])
  const [target = ''] = known.keys()
  const record = await findMasterKeyRecord(store)
  const others = [record?.current, ...(record?.others ?? [])].filter((id) => id !== undefined && id !== target)
  const missing = others.find((id) => id !== undefined && !known.has(id))
  if (missing !== undefined) throw new Error(`Data keys are wrapped by the master key with id ${missing}, which is not given.`)

  const isDone = record?.current === target && others.length === 0 && (await staleRows(store, target).next()).done
  if (isDone) return 0

  // From here on servers wrap new data keys by `to`, and none starts without the keys that are still in use.
  await setMasterKeyRecord(store, by('RotateMasterKey'), { current: target, others: others.filter((id) => id !== undefined) })
  let total = 0
  for (;;) {
    const before = total
    for await (const rows of staleRows(store, target)) {
      total += await store.dataKeys.rewrap(by('RotateMasterKey'), rewrapped(known, target, to, rows, random))
    }
    // Two rotations to different keys at once: each goes on until the other has nothing left to undo.
    if (total === before) break
  }
  await setMasterKeyRecord(store, by('RotateMasterKey'), { current: target, others: [] })
  return total
}

async function* staleRows(store: Store, target: string): AsyncGenerator<DataKeyRow[]> {
  let after: string | undefined
  do {
    const page = await store.dataKeys.list({ after, limit: chunk })
    const stale = page.rows.filter((row) => row.masterKeyId !== target)
    if (stale.length > 0) yield stale
    after = page.next
  } while (after !== undefined)
}

const rewrapped = (known: MasterKeys, target: string, to: Buffer, rows: readonly DataKeyRow[], random: Random) =>
  rows.map((row) => ({
    id: row.id,
    from: row.masterKeyId,
    to: target,
    wrapped: wrapRow(to, row, unwrapRow(known, row).key, random.bytes(12)),
  }))
