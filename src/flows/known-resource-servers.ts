import type { Context } from '../context.ts'
import type { AppClient } from '../domain/app-client.ts'
import { managedServers } from '../domain/dynamic-registration.ts'
import type { ResourceServer } from '../domain/resource-server.ts'
import { namedServers } from '../domain/scopes.ts'
import type { UserPool } from '../domain/user-pool.ts'
import type { ResourceServerType } from '../model/types.gen.ts'

/** For whom resource servers are read: those who are served may see another node's change 250 ms late. */
export type ReadFor = 'users' | 'administrators'

/** The resource servers that the scopes belong to and that the pool's administrators made. */
export const ownResourceServers = async (
  ctx: Context,
  { uid }: Pick<UserPool, 'uid'>,
  scopes: readonly string[],
  readFor: ReadFor = 'users',
): Promise<readonly ResourceServer[]> => {
  const { byIdentifier, recentByIdentifier } = ctx.store.resourceServers
  const read = readFor === 'users' ? recentByIdentifier : byIdentifier
  const found = await Promise.all(namedServers(scopes).map((identifier) => read(uid, identifier)))
  return found.filter((server) => server !== undefined)
}

/**
 * The resource servers that the scopes belong to and that the pool's app clients may have, those that the service manages too. For a client
 * that registered itself without them: it can't let others register (UserPoolClientType, ClientType).
 */
export const knownResourceServers = async (
  ctx: Context,
  pool: UserPool,
  scopes: readonly string[],
  { client, readFor }: { readonly client?: Pick<AppClient, 'ClientType'> | undefined; readonly readFor?: ReadFor } = {},
): Promise<readonly ResourceServerType[]> => {
  const own = await ownResourceServers(ctx, pool, scopes, readFor)
  return client?.ClientType === 'DCR' ? own : [...own, ...managedServers(pool)]
}
