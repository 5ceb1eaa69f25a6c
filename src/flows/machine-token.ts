import type { Context } from '../context.ts'
import { epochSeconds } from '../domain/epoch-seconds.ts'
import { type OwnToken, openOwnToken, textClaim } from './own-token.ts'

/** An app client that calls with an access token of its own. */
export interface MachineCaller extends OwnToken {
  readonly scopes: readonly string[]
}

/**
 * The app client that an access token of ours was issued to for itself; undefined for anything else: a user's token, one that is over, one
 * whose client is gone or was made again since.
 */
export const openMachineToken = async (ctx: Context, token: string): Promise<MachineCaller | undefined> => {
  const own = await openOwnToken(ctx, token, 'access', ({ sub, client_id }) => sub === client_id)
  if (own === undefined || own.claims['username'] !== undefined) return undefined
  const { exp, iat } = own.claims
  if (typeof exp !== 'number' || ctx.clock.now() >= exp * 1000) return undefined
  // The token names the client by its public id alone, which another client may have had before.
  if (typeof iat !== 'number' || iat < epochSeconds(own.client.CreationDate)) return undefined
  return {
    ...own,
    scopes: textClaim(own.claims, 'scope')
      .split(' ')
      .filter((scope) => scope !== ''),
  }
}
