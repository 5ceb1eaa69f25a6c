import type { Context } from '../context.ts'
import { verifiesChallenge } from '../crypto/pkce.ts'
import { hasLocalUsers, isCallback, offersGrant, unreadableScope } from '../domain/oauth-client.ts'
import { tracksSessions } from '../domain/session-settings.ts'
import { stillGranted } from '../domain/still-granted.ts'
import { tokenLifetimes } from '../domain/token-lifetimes.ts'
import type { User } from '../domain/user.ts'
import { CognitoError } from '../errors.ts'
import type { AuthenticationResultType } from '../model/types.gen.ts'
import { activeScopes } from './active-scopes.ts'
import { type AuthorizationCode, findCode, isOver, type StoredCode } from './authorization-code.ts'
import { issueGrantTokens } from './grant-tokens.ts'
import type { OpenClient } from './open-client.ts'
import { requireLiveGrant } from './refresh.ts'
import type { RefreshGrant } from './refresh-grant.ts'
import { endSignIn } from './user-sessions.ts'

/** What an application presents to get tokens for a code; what is absent was not sent. */
export interface Presented {
  readonly code: string
  readonly redirectUri: string | undefined
  readonly codeVerifier: string | undefined
}

/** Why a code gives nothing. */
export type CodeRefusal = 'invalid' | 'redirect missing' | 'redirect mismatch' | 'not allowed'

/** What a code gives: tokens with these scopes, or nothing. */
export type Redemption =
  | { readonly kind: 'redeemed'; readonly tokens: AuthenticationResultType; readonly scopes: readonly string[] }
  | { readonly kind: 'refused'; readonly reason: CodeRefusal }

const refused = (reason: CodeRefusal): Redemption => ({ kind: 'refused', reason })

/** A verifier without a challenge is refused as well: somebody took the challenge out of the request (RFC 9700 section 2.1.1). */
const provesPossession = ({ codeChallenge }: AuthorizationCode, verifier: string | undefined): boolean =>
  codeChallenge === undefined ? verifier === undefined : verifier !== undefined && verifiesChallenge(verifier, codeChallenge)

const namesRedirect = ({ redirectUri }: AuthorizationCode, presented: string | undefined): boolean =>
  presented === undefined || presented === redirectUri

/** Why these are not the client and the request that the code is for. */
const bindingFault = ({ client }: OpenClient, code: AuthorizationCode, presented: Presented): CodeRefusal | undefined => {
  if (code.grant.clientUid !== client.uid) return 'invalid'
  if (presented.redirectUri === undefined && code.redirectUriGiven) return 'redirect missing'
  if (!namesRedirect(code, presented.redirectUri)) return 'redirect mismatch'
  return provesPossession(code, presented.codeVerifier) ? undefined : 'invalid'
}

/** Ends whatever the first redemption got: one of the two is not who it says it is (RFC 6749 section 4.1.2). */
const endFirst = async (ctx: Context, { pool }: OpenClient, { code: { grant } }: StoredCode, expiresAt: number): Promise<void> => {
  await endSignIn(ctx, pool.uid, { ...grant, expiresAt })
}

/** Whether the login session that a code came through has ended. */
const hasLoginEnded = async (ctx: Context, { pool }: OpenClient, { loginSessionId }: RefreshGrant): Promise<boolean> =>
  loginSessionId !== undefined && ctx.store.revocations.isRevoked(pool.uid, loginSessionId)

/** The user whom the code stands for; undefined when the user's right to it, or the login session that it came through, has ended. */
const liveUser = async (ctx: Context, opened: OpenClient, grant: RefreshGrant): Promise<User | undefined> => {
  if (await hasLoginEnded(ctx, opened, grant)) return undefined
  return requireLiveGrant(ctx, opened, grant).catch((error: unknown) => {
    if (error instanceof CognitoError) return undefined
    throw error
  })
}

/** What the tokens may do now: client and pool may have changed since. */
const grantNow = async (ctx: Context, opened: OpenClient, { grant }: AuthorizationCode): Promise<RefreshGrant> => ({
  ...grant,
  scopes: stillGranted(grant.scopes, await activeScopes(ctx, opened)),
  expiresAt: ctx.clock.now() + tokenLifetimes(opened.client).refresh,
  sessionId: tracksSessions(opened.pool) ? grant.sessionId : undefined,
})

const useUp = async (ctx: Context, opened: OpenClient, stored: StoredCode, grantedUntil: number): Promise<'first' | 'again'> => {
  const { uid: poolUid } = opened.pool
  const { codeHash } = stored
  const outcome = await ctx.store.authorizationCodes.redeem(ctx.by(), { poolUid, codeHash, grantedUntil })
  if (outcome === 'first') return outcome
  const first = await ctx.store.authorizationCodes.get(poolUid, codeHash)
  if (first?.grantedUntil !== undefined) await endFirst(ctx, opened, stored, first.grantedUntil)
  return outcome
}

/**
 * Tokens for an authorization code, once, to the application that it was given for (RFC 6749 section 4.1.3); no ID token without `openid`.
 * A request that is refused leaves the code as it is, except that a second redemption by the right client ends what the first one got.
 */
export const redeemCode = async (ctx: Context, opened: OpenClient, presented: Presented): Promise<Redemption> => {
  const { client, pool } = opened
  if (!offersGrant(client, 'code') || !hasLocalUsers(client)) return refused('not allowed')
  const stored = await findCode(ctx, pool, presented.code)
  if (stored === undefined) return refused('invalid')
  const { code, grantedUntil } = stored
  const fault = bindingFault(opened, code, presented)
  if (fault !== undefined) return refused(fault)
  if (grantedUntil !== undefined) {
    await endFirst(ctx, opened, stored, grantedUntil)
    return refused('invalid')
  }
  if (isOver(ctx, code)) return refused('invalid')
  if (!isCallback(client, code.redirectUri)) return refused('redirect mismatch')
  const grant = await grantNow(ctx, opened, code)
  const { scopes } = grant
  if (scopes.length === 0 || unreadableScope(client, scopes) !== undefined) return refused('invalid')
  const user = await liveUser(ctx, opened, grant)
  if (user === undefined || (await useUp(ctx, opened, stored, grant.expiresAt)) === 'again') return refused('invalid')
  const purpose = { source: 'TokenGeneration_HostedAuth', answer: code.answer ?? 'none', nonce: code.nonce } as const
  const tokens = await issueGrantTokens(ctx, { ...opened, user }, grant, purpose, code.beginning)
  // A replay that came before the session was listed has ended tokens, and found no session; whoever ended the login session found none either.
  if (grant.sessionId !== undefined) {
    const ended = (await ctx.store.revocations.isRevoked(pool.uid, grant.originId)) || (await hasLoginEnded(ctx, opened, grant))
    if (ended) await endSignIn(ctx, pool.uid, grant)
  }
  return { kind: 'redeemed', tokens, scopes }
}
