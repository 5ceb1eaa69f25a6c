import type { Context } from '../context.ts'
import { issuerOf } from '../domain/issuer.ts'
import { findClient, type OpenClient } from './open-client.ts'

/** What a token says. */
export type Claims = Readonly<Record<string, unknown>>

/** What a token of ours says, and the app client that it was issued to. */
export interface OwnToken extends OpenClient {
  readonly claims: Claims
}

/** The claim that names the app client. */
const holder = { access: 'client_id', id: 'aud' } as const

/** A claim that is a text; empty where it is none. */
export const textClaim = (claims: Claims, name: string): string => {
  const value = claims[name]
  return typeof value === 'string' ? value : ''
}

/**
 * Opens an access or ID token of ours, however old it is; undefined for anything that no pool of this server signed as such for a client that
 * is still there. `mayBe` spares looking up and verifying what its claims, still unproved, give away as something else.
 */
export const openOwnToken = async (
  ctx: Context,
  token: string,
  use: 'access' | 'id',
  mayBe: (unproved: Claims) => boolean = () => true,
): Promise<OwnToken | undefined> => {
  const unproved = ctx.signingKeys.read(token)
  if (unproved === undefined || !mayBe(unproved.payload)) return undefined
  // The client id is believed only to find the pool whose keys then judge the token.
  const opened = await findClient(ctx, textClaim(unproved.payload, holder[use]))
  if (opened === undefined) return undefined
  const { pool, client } = opened
  const claims = await ctx.signingKeys.verify(pool.uid, use, unproved)
  if (claims?.['token_use'] !== use || claims['iss'] !== issuerOf(ctx.policy, pool)) return undefined
  return { pool, client, claims }
}
