import type { Context } from '../context.ts'
import { registrableGrants, registrableScopes } from '../domain/dynamic-registration.ts'
import { epochSeconds } from '../domain/epoch-seconds.ts'
import { clientsPerPool } from '../domain/quotas.ts'
import { type Registration, readRegistration } from '../domain/registration-request.ts'
import { existingScopes } from '../domain/scopes.ts'
import type { UserPool } from '../domain/user-pool.ts'
import { knownResourceServers } from '../flows/known-resource-servers.ts'
import { openHost } from '../flows/open-host.ts'
import { type RegisteredClient, registerClient } from '../flows/register-client.ts'
import type { Endpoint, OAuthRequest, TakeRate } from './endpoint.ts'
import { readJson } from './json-body.ts'
import { OAuthError, tooManyRequests } from './oauth-error.ts'
import { badInitialToken, openRegistrar } from './registrar.ts'

/** The scopes that a client may register in the pool and that exist. */
const openScopes = async (ctx: Context, pool: UserPool): Promise<string[]> => {
  const registrable = registrableScopes(pool)
  const existing = existingScopes(await knownResourceServers(ctx, pool, registrable))
  return registrable.filter((scope) => existing.has(scope))
}

const grantNames = { code: ['authorization_code', 'refresh_token'], client_credentials: ['client_credentials'] } as const

/** What the client has, as RFC 7591 section 3.2.1 wants it: everything that was registered, which may be less than was asked for. */
const described = ({ client, secret }: RegisteredClient, { grant, authenticationMethod, redirectUris, scopes }: Registration) => ({
  client_id: client.ClientId,
  ...(secret !== undefined && { client_secret: secret, client_secret_expires_at: 0 }),
  client_id_issued_at: epochSeconds(client.CreationDate),
  client_name: client.ClientName,
  redirect_uris: redirectUris,
  grant_types: grantNames[grant],
  response_types: grant === 'code' ? ['code'] : [],
  token_endpoint_auth_method: authenticationMethod,
  scope: scopes.join(' '),
})

/**
 * Registers an app client in the pool that the request named, or that its token names. Nothing that the client names is fetched.
 * guess: a pool that has all its app clients refuses a registration with status 403 and invalid_request.
 */
const registerAt = async (
  ctx: Context,
  request: OAuthRequest,
  takeRate: TakeRate,
  named: UserPool | undefined,
): Promise<ReturnType<typeof described>> => {
  const wait = takeRate('ClientRegistration', named?.region ?? ctx.call.region)
  if (wait !== undefined) throw tooManyRequests(wait)
  const registrar = await openRegistrar(ctx, named, request.headers['authorization'])
  const { pool, kind } = registrar
  const read = readRegistration(readJson(request), { grants: registrableGrants(pool, kind), scopes: await openScopes(ctx, pool) })
  if ('error' in read) throw new OAuthError(read.error, { description: read.description })
  const registered = await registerClient(registrar.ctx, pool, read)
  if (registered === undefined) {
    throw new OAuthError('invalid_request', { status: 403, description: `The user pool has ${clientsPerPool} app clients already.` })
  }
  return described(registered, read)
}

/**
 * The client registration endpoint (RFC 7591; developer guide, "Dynamic client registration"): makes an app client of ClientType DCR in the
 * pool of the domain that the request came to. There is no management of it later (RFC 7592).
 */
export const register: Endpoint = async (ctx, request, takeRate) =>
  registerAt(ctx, request, takeRate, (await openHost(ctx, request.headers['host']))?.pool)

/** The same at `/<pool id>/oauth2/register`, which is how clients register openly at the server's own address. */
export const registerIn =
  (poolId: string): Endpoint =>
  async (ctx, request, takeRate) => {
    const [pool, opened] = [await ctx.store.pools.byId(poolId), await openHost(ctx, request.headers['host'])]
    // A pool's own domain answers for that pool alone.
    if (pool === undefined || (opened !== undefined && opened.pool.uid !== pool.uid)) throw badInitialToken()
    return registerAt(ctx, request, takeRate, pool)
  }
