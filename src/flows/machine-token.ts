import type { Context } from '../context.ts'
import { issuerOf } from '../domain/issuer.ts'
import type { OpenClient } from './open-client.ts'

/** An app client that calls with an access token of its own. */
export interface MachineCaller extends OpenClient {
  readonly claims: Readonly<Record<string, unknown>>
  readonly scopes: readonly string[]
}

const text = (value: unknown): string => (typeof value === 'string' ? value : '')

/**
 * The app client that an access token of ours was issued to for itself; undefined for anything else: a user's token, one that is over, one
 * whose client is gone or was made again since.
 */
export const openMachineToken = async (ctx: Context, token: string): Promise<MachineCaller | undefined> => {
  const unproved = ctx.signingKeys.read(token)
  const clientId = text(unproved?.payload['client_id'])
  if (unproved === undefined || clientId === '' || unproved.payload['sub'] !== clientId) return undefined
  // The client id is believed only to find the pool whose keys then judge the token.
  const opened = await ctx.store.clients.recentByClientId(clientId)
  if (opened === undefined) return undefined
  const { pool, client } = opened
  const claims = await ctx.signingKeys.verify(pool.uid, 'access', unproved)
  if (claims?.['token_use'] !== 'access' || claims['iss'] !== issuerOf(ctx.policy, pool) || claims['username'] !== undefined)
    return undefined
  const { exp, iat } = claims
  if (typeof exp !== 'number' || ctx.clock.now() >= exp * 1000) return undefined
  // The token names the client by its public id alone, which another client may have had before.
  if (typeof iat !== 'number' || iat < Math.floor(client.CreationDate / 1000)) return undefined
  return {
    ...opened,
    claims,
    scopes: text(claims['scope'])
      .split(' ')
      .filter((scope) => scope !== ''),
  }
}
