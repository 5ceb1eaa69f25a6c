import type { Context } from '../context.ts'
import type { AppClient } from '../domain/app-client.ts'
import { managedServers } from '../domain/dynamic-registration.ts'
import type { UserPool } from '../domain/user-pool.ts'
import type { ResourceServerType } from '../model/types.gen.ts'

const everyResourceServer = 1000

/** The resource servers that the pool's administrators made. */
export const ownResourceServers = async (ctx: Context, { uid }: Pick<UserPool, 'uid'>): Promise<readonly ResourceServerType[]> =>
  (await ctx.store.resourceServers.list(uid, { limit: everyResourceServer })).rows

/**
 * The resource servers whose scopes the pool's app clients may have, those that the service manages too. For a client that registered itself
 * without them: it can't let others register (UserPoolClientType, ClientType).
 */
export const knownResourceServers = async (
  ctx: Context,
  pool: UserPool,
  client?: Pick<AppClient, 'ClientType'>,
): Promise<readonly ResourceServerType[]> => {
  const own = await ownResourceServers(ctx, pool)
  return client?.ClientType === 'DCR' ? own : [...own, ...managedServers(pool)]
}
