import type { LoginName } from '../../domain/user.ts'
import { nameHash } from './owned.ts'
import type { Tx } from './tx.ts'

const insert = 'INSERT INTO login_name (pool_uid, name_hash, user_id) VALUES (?, ?, ?) ON CONFLICT DO NOTHING'
const holder = 'SELECT user_id FROM login_name WHERE pool_uid = ? AND name_hash = ?'
const remove = 'DELETE FROM login_name WHERE pool_uid = ? AND name_hash = ? AND user_id = ?'

/** Makes the names the user's; answers the first one that another user holds. A name that is the user's already is no obstacle. */
export const claimNames = async (tx: Tx, poolUid: string, userId: string, names: readonly LoginName[]): Promise<LoginName | undefined> => {
  for (const name of names) {
    const hash = nameHash(name.name)
    if (await tx.run(insert, poolUid, hash, userId)) continue
    if ((await tx.get<{ user_id: string }>(holder, poolUid, hash))?.user_id !== userId) return name
  }
  return undefined
}

/** Gives names up, each by its hash; those that the user does not hold stay as they are. */
export const releaseNames = async (tx: Tx, poolUid: string, userId: string, hashes: readonly string[]): Promise<void> => {
  for (const hash of hashes) await tx.run(remove, poolUid, hash, userId)
}
