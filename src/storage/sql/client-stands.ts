import type { Tx } from './tx.ts'

const client = `SELECT c.version FROM app_client c JOIN user_pool p ON p.pool_uid = c.pool_uid
  WHERE c.pool_uid = ? AND c.client_uid = ? /* locked: c */`

/** Whether neither the client nor the pool was deleted; verbs that add to a client write nothing otherwise. It stays until the verb has ended (see userStands). */
export const clientStands = async (tx: Tx, poolUid: string, clientUid: string): Promise<boolean> =>
  (await tx.get(client, poolUid, clientUid)) !== undefined
