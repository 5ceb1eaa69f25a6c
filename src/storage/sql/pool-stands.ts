import type { Tx } from './tx.ts'

const pool = 'SELECT version FROM user_pool WHERE pool_uid = ?'

/**
 * Whether the pool was not deleted. Verbs that add to a pool that is gone write nothing and answer as if the deletion had come a
 * moment after them; anything else would leave rows behind that no purge finds.
 */
export const poolStands = async (tx: Tx, poolUid: string): Promise<boolean> => (await tx.get(pool, poolUid)) !== undefined
