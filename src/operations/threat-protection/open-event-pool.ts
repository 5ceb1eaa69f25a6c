import type { Context } from '../../context.ts'
import { hasThreatProtection } from '../../domain/threat-mode.ts'
import type { UserPool } from '../../domain/user-pool.ts'
import { addOnNotEnabled } from '../../errors.ts'
import { openPool } from '../../flows/open-pool.ts'

/** The pool whose events are asked about; throws UserPoolAddOnNotEnabledException where none are kept. */
export const openEventPool = async (ctx: Context, poolId: string): Promise<UserPool> => {
  const pool = await openPool(ctx, poolId)
  if (!hasThreatProtection(pool)) throw addOnNotEnabled()
  return pool
}
