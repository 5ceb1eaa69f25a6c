import type { SqlValue, Tx } from './tx.ts'

/** The generation of documents that this program writes; readers of older ones fill in the defaults of what those lack. */
export const docSchema = 1

/** The stored document. */
export const readDoc = <T>(row: { readonly doc: string }): T => JSON.parse(row.doc) as T

/**
 * Saves a configuration record under version + 1; false when the stored version is another one. Members that a newer program wrote
 * stay (two versions run side by side during an upgrade). `update` takes version, doc_schema, doc, the key, the expected version
 * and the highest doc_schema to overwrite; `stored` takes the key.
 */
export const saveDoc = async <T extends { readonly version: number }>(
  tx: Tx,
  sql: { readonly update: string; readonly stored: string },
  record: T,
  ...key: readonly SqlValue[]
): Promise<boolean> => {
  const next = { ...record, version: record.version + 1 }
  if (await tx.run(sql.update, next.version, docSchema, JSON.stringify(next), ...key, record.version, docSchema)) return true
  const stored = await tx.get<{ version: number; doc_schema: number; doc: string }>(sql.stored, ...key)
  if (stored === undefined || stored.version !== record.version || stored.doc_schema <= docSchema) return false
  const merged = JSON.stringify({ ...readDoc<object>(stored), ...next })
  return (await tx.run(sql.update, next.version, stored.doc_schema, merged, ...key, record.version, stored.doc_schema)) > 0
}
