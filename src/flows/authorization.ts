import type { Context } from '../context.ts'
import { hasLocalUsers, isCallback, offersGrant } from '../domain/oauth-client.ts'
import { stillGranted } from '../domain/still-granted.ts'
import { notAuthorized } from '../errors.ts'
import type { AuthenticationResultType } from '../model/types.gen.ts'
import { activeScopes } from './active-scopes.ts'
import { putCode } from './authorization-code.ts'
import { newGrant } from './grant-tokens.ts'
import { answerForPage, issueSessionTokens } from './session-tokens.ts'
import type { Authenticated } from './sign-in.ts'
import { sessionBeginning } from './user-sessions.ts'

/** What an application asked the authorization endpoint for; everything in it was found to be allowed. */
export interface Authorization {
  /** Where the answer goes: one of the client's callback URLs. */
  readonly redirectUri: string
  /** Whether the request named it; whoever redeems the code must then name it too (RFC 6749 section 4.1.3). */
  readonly redirectUriGiven: boolean
  readonly scopes: readonly string[]
  readonly nonce?: string | undefined
  /** Of the method S256. */
  readonly codeChallenge?: string | undefined
  /** Whether tokens at once are an ID token alone. */
  readonly idTokenOnly?: boolean | undefined
  /** What the access token is for (RFC 8707). */
  readonly resource?: string | undefined
  /** The login session that the browser has from this sign-in, or had before. */
  readonly loginSessionId?: string | undefined
}

// A refresh token that came by a page can always be refreshed at the token endpoint (developer guide, "The token endpoint"), where nothing
// names a device: the tokens belong to none.
const withoutDevice = (authenticated: Authenticated) => ({ ...authenticated, deviceKey: undefined })

/**
 * A new authorization code: in the shape of a UUID, good for five minutes and one redemption (RFC 6749 section 4.1.2). The PreTokenGeneration
 * function is asked now, and what it refuses throws: applications written for AWS read its refusal at their callback, not in the answer to
 * a code.
 */
export const issueCode = async (ctx: Context, authenticated: Authenticated, authorization: Authorization): Promise<string> => {
  const { scopes, resource, loginSessionId } = authorization
  const answer = await answerForPage(ctx, authenticated, scopes)
  const grant = await newGrant(ctx, withoutDevice(authenticated), { scopes, hosted: true, resource, loginSessionId })
  const { pool } = authenticated
  const { redirectUri, redirectUriGiven, codeChallenge, nonce } = authorization
  const beginning = sessionBeginning(ctx, authenticated)
  return putCode(ctx, pool, { grant, redirectUri, redirectUriGiven, codeChallenge, nonce, answer, beginning, madeAt: ctx.clock.now() })
}

/**
 * Tokens at once, as the implicit grant has them (RFC 6749 section 4.2): no refresh token, and an ID token with `openid` only. Throws
 * NotAuthorizedException when the client has lost the grant, the callback or all of the scopes.
 */
export const issueImplicitTokens = async (
  ctx: Context,
  authenticated: Authenticated,
  authorization: Authorization,
): Promise<AuthenticationResultType> => {
  const { client } = authenticated
  const { redirectUri, nonce, resource, loginSessionId, idTokenOnly } = authorization
  const scopes = stillGranted(authorization.scopes, await activeScopes(ctx, authenticated))
  if (!offersGrant(client, 'implicit') || !hasLocalUsers(client) || !isCallback(client, redirectUri) || scopes.length === 0) {
    throw notAuthorized('The app client is not allowed what it asked for.')
  }
  const grant = await newGrant(ctx, withoutDevice(authenticated), { scopes, hosted: true, resource, loginSessionId })
  return issueSessionTokens(ctx, authenticated, grant, { source: 'TokenGeneration_HostedAuth', nonce, idTokenOnly })
}
