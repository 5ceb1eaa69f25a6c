import type { Context } from '../context.ts'
import type { Proof } from '../domain/progress.ts'
import type { OpenClient } from './open-client.ts'

/** What a refresh token says, sealed: everything that a refresh needs, so that an ordinary session leaves no row. */
export interface RefreshGrant {
  readonly userId: string
  readonly clientUid: string
  readonly generation: number
  /** Epoch milliseconds. */
  readonly authTime: number
  readonly expiresAt: number
  /** What all tokens of the session share, and what RevokeToken ends; also the family of tokens that rotate. */
  readonly originId: string
  /** The `event_id` of the sign-in, which refreshing keeps. */
  readonly eventId?: string | undefined
  readonly scopes: readonly string[]
  readonly proofs: readonly Proof[]
  /** The `acr` that the sign-in reached, which refreshing keeps as it was named then. */
  readonly acr?: string | undefined
  /** The device that the tokens belong to, where the pool tracked devices. */
  readonly deviceKey?: string | undefined
  /** The number of the token in its family; absent where tokens didn't rotate. */
  readonly serial?: number | undefined
  /** The session's id, where the pool tracked sessions. */
  readonly sessionId?: string | undefined
  /** The sign-in was one on a page: its access tokens have a version, and `openid` alone opens ID tokens. */
  readonly hosted?: true | undefined
  /** What the access tokens are for (RFC 8707), which refreshing keeps. */
  readonly resource?: string | undefined
  /** The login session that the sign-in came through. */
  readonly loginSessionId?: string | undefined
}

/** The refresh token that says this. */
export const sealGrant = (ctx: Context, grant: RefreshGrant, poolUid: string): Promise<string> =>
  ctx.keyring.sealRefreshToken(poolUid, Buffer.from(JSON.stringify(grant), 'utf8'))

/** The content of a refresh token that this server made for the client; undefined for anything else, however old or revoked it is. */
export const readRefreshToken = async (ctx: Context, { pool, client }: OpenClient, token: string): Promise<RefreshGrant | undefined> => {
  const plain = await ctx.keyring.openRefreshToken(pool.uid, token)
  if (plain === undefined) return undefined
  const grant = JSON.parse(Buffer.from(plain).toString('utf8')) as RefreshGrant
  return grant.clientUid === client.uid ? grant : undefined
}
