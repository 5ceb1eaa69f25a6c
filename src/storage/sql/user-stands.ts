import type { Tx } from './tx.ts'

const user = `SELECT u.version FROM pool_user u JOIN user_pool p ON p.pool_uid = u.pool_uid
  WHERE u.pool_uid = ? AND u.user_id = ? /* locked: u */`

/**
 * Whether neither the user nor the pool was deleted; verbs that add to a user write nothing otherwise (see poolStands). The user stays until
 * the verb has ended: on engines that run writers side by side, a deletion could else miss what is added.
 */
export const userStands = async (tx: Tx, poolUid: string, userId: string): Promise<boolean> =>
  (await tx.get(user, poolUid, userId)) !== undefined
