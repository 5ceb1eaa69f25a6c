import type { Context } from '../../context.ts'
import type { AppClient } from '../../domain/app-client.ts'
import { offersGrant } from '../../domain/oauth-client.ts'
import { isExistingScope, issueClientToken, openMachineScopes } from '../../flows/client-token.ts'
import type { OpenClient } from '../../flows/open-client.ts'
import { OAuthError, tooManyRequests } from '../oauth-error.ts'
import { requestedScopes } from '../requested-scopes.ts'
import { triggerRefusal } from '../trigger-refusal.ts'
import { readClientMetadata } from './client-metadata.ts'
import type { Grant } from './grant.ts'

/**
 * guess: a client whose only way to tokens is ALLOW_CLIENT_TOKEN_AUTH gets them by GetClientToken alone, and unauthorized_client here.
 */
const mayGetOwnTokens = (client: AppClient): boolean => offersGrant(client, 'client_credentials') && client.secrets.length > 0

/**
 * Refuses the whole request for one scope that the client can't have: invalid_grant if that exists, else invalid_scope, which RFC 6749
 * section 5.2 has for both.
 */
const requireScopes = async (ctx: Context, opened: OpenClient, requested: readonly string[], granted: readonly string[]): Promise<void> => {
  const foreign = requested.find((scope) => !granted.includes(scope))
  const isOfOthers = foreign !== undefined && !ctx.policy.strictOidc && (await isExistingScope(ctx, opened.pool, foreign))
  if (foreign !== undefined) throw new OAuthError(isOfOthers ? 'invalid_grant' : 'invalid_scope')
  // guess: a client none of whose scopes exists any more gets invalid_scope.
  if (granted.length === 0) throw new OAuthError('invalid_scope')
}

/** An access token for the app client itself (RFC 6749 section 4.4): all of its scopes unless some are named. */
export const clientCredentials: Grant = async (ctx, { pool, client, form, takeRate }) => {
  const wait = takeRate('ClientAuthentication', pool.region)
  if (wait !== undefined) throw tooManyRequests(wait)
  if (!mayGetOwnTokens(client)) throw new OAuthError('unauthorized_client')
  const clientMetadata = readClientMetadata(form)
  const requested = requestedScopes(form)
  const granted = await openMachineScopes(ctx, { pool, client })
  await requireScopes(ctx, { pool, client }, requested, granted)
  const scopes = requested.length === 0 ? granted : requested
  const issued = await issueClientToken(ctx, { pool, client, scopes, clientMetadata }).catch((error: unknown) => {
    throw triggerRefusal(error)
  })
  return { access_token: issued.AccessToken, token_type: issued.TokenType, expires_in: issued.ExpiresIn }
}
