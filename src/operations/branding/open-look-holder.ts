import type { Context } from '../../context.ts'
import { allClients } from '../../domain/ui-customization.ts'
import type { UserPool } from '../../domain/user-pool.ts'
import { openPoolClient } from '../../flows/open-client.ts'
import { openPool } from '../../flows/open-pool.ts'

/** Whose look a request is about. */
export interface LookHolder {
  readonly pool: UserPool
  /** The client's uid, or `ALL`. */
  readonly holder: string
}

/** The pool and the client that a request names, or all of the pool's clients; throws ResourceNotFoundException. */
export const openLookHolder = async (ctx: Context, poolId: string, clientId: string | undefined): Promise<LookHolder> => {
  const pool = await openPool(ctx, poolId)
  if (clientId === undefined || clientId === allClients) return { pool, holder: allClients }
  return { pool, holder: (await openPoolClient(ctx, pool, clientId)).client.uid }
}
