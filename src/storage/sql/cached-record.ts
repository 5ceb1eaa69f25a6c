import { deeplyFrozen } from '../../domain/deeply-frozen.ts'
import type { SqlValue, Tx } from './tx.ts'

/**
 * The document of `uid` at `version` or, when it changed meanwhile, at a later one, deeply frozen; undefined when it is gone.
 * `sql` selects `version` and `doc` and runs only when that version was not parsed before.
 */
export const cachedRecord = async <T extends object>(
  tx: Tx,
  uid: string,
  version: number,
  sql: string,
  ...key: readonly SqlValue[]
): Promise<T | undefined> => {
  const known = tx.parsed?.get(uid)
  if (known?.version === version) return known.record as T
  const row = await tx.get<{ version: number; doc: string }>(sql, ...key)
  if (row === undefined) return undefined
  const record = deeplyFrozen(JSON.parse(row.doc) as T)
  tx.parsed?.set(uid, { version: row.version, record })
  return record
}
