import type { Credential } from '../../domain/user.ts'
import { readDoc } from './record.ts'
import type { Tx } from './tx.ts'

// The join keeps the credentials of a deleted pool's users out of reach before the purge has come by.
const current = `SELECT c.doc FROM credential c JOIN user_pool p ON p.pool_uid = c.pool_uid
  WHERE c.pool_uid = ? AND c.user_id = ?`
const put = `INSERT INTO credential (pool_uid, user_id, doc) VALUES (?, ?, ?)
  ON CONFLICT (pool_uid, user_id) DO UPDATE SET doc = excluded.doc`
const remember = `INSERT INTO credential_history (pool_uid, user_id, user_version, doc)
  SELECT pool_uid, user_id, CAST(? AS BIGINT), doc FROM credential WHERE pool_uid = ? AND user_id = ?`
const forget = `DELETE FROM credential_history WHERE pool_uid = ? AND user_id = ? AND user_version <=
  (SELECT user_version FROM credential_history WHERE pool_uid = ? AND user_id = ? ORDER BY user_version DESC LIMIT 1 OFFSET ?)`
const history = `SELECT doc FROM credential_history WHERE pool_uid = ? AND user_id = ? ORDER BY user_version DESC LIMIT ?`
const remove = 'DELETE FROM credential WHERE pool_uid = ? AND user_id = ?'
const removeHistory = 'DELETE FROM credential_history WHERE pool_uid = ? AND user_id = ?'

/** The credential that counts now. */
export const readCredential = async (tx: Tx, poolUid: string, userId: string): Promise<Credential | undefined> => {
  const row = await tx.get<{ doc: string }>(current, poolUid, userId)
  return row && readDoc<Credential>(row)
}

/** Earlier credentials, newest first. */
export const readHistory = async (tx: Tx, poolUid: string, userId: string, limit: number): Promise<Credential[]> =>
  (await tx.all<{ doc: string }>(history, poolUid, userId, limit)).map(readDoc<Credential>)

/** The credential of a user that has none yet. */
export const putCredential = async (tx: Tx, poolUid: string, userId: string, credential: Credential): Promise<void> => {
  await tx.run(put, poolUid, userId, JSON.stringify(credential))
}

/** Replaces the credential; the old one joins the history under the version of the user that had it. */
export const replaceCredential = async (
  tx: Tx,
  key: { readonly poolUid: string; readonly id: string; readonly version: number },
  change: { readonly new: Credential; readonly historySize: number },
): Promise<void> => {
  const { poolUid, id, version } = key
  await tx.run(remember, version, poolUid, id)
  await tx.run(forget, poolUid, id, poolUid, id, change.historySize)
  await putCredential(tx, poolUid, id, change.new)
}

/** Removes the credential and all earlier ones. */
export const dropCredentials = async (tx: Tx, poolUid: string, userId: string): Promise<void> => {
  await tx.run(remove, poolUid, userId)
  await tx.run(removeHistory, poolUid, userId)
}
