import type { Context } from '../context.ts'
import { equalText } from '../crypto/constant-time.ts'
import { secretHash } from '../crypto/secret-hash.ts'
import type { AppClient } from '../domain/app-client.ts'
import { isClientId } from '../domain/client-id.ts'
import type { UserPool } from '../domain/user-pool.ts'
import { clientNotFound, secretHashMismatch, secretHashMissing } from '../errors.ts'
import { openClientSecrets } from './client-secrets.ts'

/** An app client and the pool that it belongs to. */
export interface OpenClient {
  readonly client: AppClient
  readonly pool: UserPool
}

/** The app client of an id that anybody may have made up; undefined for none. */
export const findClient = async ({ store }: Pick<Context, 'store'>, clientId: string): Promise<OpenClient | undefined> =>
  isClientId(clientId) ? store.clients.recentByClientId(clientId) : undefined

/** The app client of that id; throws ResourceNotFoundException. */
export const openClient = async (ctx: Context, clientId: string): Promise<OpenClient> => {
  const found = await ctx.store.clients.recentByClientId(clientId)
  if (found === undefined) throw clientNotFound(clientId)
  return found
}

/** The app client of that id in the given pool, for who looks after it: its newest state. A client of another pool is as unknown as none. */
export const openPoolClient = async (ctx: Context, pool: UserPool, clientId: string): Promise<OpenClient> => {
  const found = await ctx.store.clients.byClientId(clientId)
  if (found?.pool.uid !== pool.uid) throw clientNotFound(clientId)
  return found
}

/**
 * Checks SECRET_HASH = HMAC(client secret, name + client id) against every secret of the client, for any of the names that the caller may
 * have made it over (developer guide, "Computing secret hash values"); throws NotAuthorizedException.
 */
export const requireSecretHash = async (
  ctx: Context,
  client: AppClient,
  names: readonly string[],
  presented: string | undefined,
): Promise<void> => {
  if (client.secrets.length === 0) {
    if (presented !== undefined) throw secretHashMismatch(client.ClientId)
    return
  }
  if (presented === undefined) throw secretHashMissing(client.ClientId)
  const secrets = await openClientSecrets(ctx, client)
  const fits = secrets.flatMap((secret) => names.map((name) => equalText(secretHash(name, client.ClientId, secret), presented)))
  if (!fits.includes(true)) throw secretHashMismatch(client.ClientId)
}
