import type { Policy } from '../../context.ts'
import { type CodeRefusal, redeemCode } from '../../flows/redeem-code.ts'
import { invalidRequest, OAuthError, tooManyRequests } from '../oauth-error.ts'
import type { Grant } from './grant.ts'
import { tokenResponse } from './token-response.ts'

/** Developer guide, "The token endpoint", "Examples of negative responses". */
const refusalOf = ({ strictOidc }: Pick<Policy, 'strictOidc'>, reason: CodeRefusal): OAuthError => {
  if (reason === 'redirect missing') return invalidRequest('redirect_uri is missing.')
  // RFC 6749 section 5.2 has invalid_grant for another redirect URI too.
  if (reason === 'invalid' || (strictOidc && reason === 'redirect mismatch')) return new OAuthError('invalid_grant')
  return new OAuthError('unauthorized_client', reason === 'redirect mismatch' ? { description: 'invalid_redirect' } : {})
}

/**
 * Tokens for an authorization code (RFC 6749 section 4.1.3) and its PKCE verifier (RFC 7636 section 4.5). The page has aws_client_metadata
 * passed on for client credentials only.
 */
export const authorizationCode: Grant = async (ctx, { pool, client, form, takeRate }) => {
  const wait = takeRate('CodeRedemption', pool.region)
  if (wait !== undefined) throw tooManyRequests(wait)
  const code = form.get('code')
  if (code === undefined) throw invalidRequest('code is missing.')
  const presented = { code, redirectUri: form.get('redirect_uri'), codeVerifier: form.get('code_verifier') }
  const redemption = await redeemCode(ctx, { pool, client }, presented)
  if (redemption.kind === 'refused') throw refusalOf(ctx.policy, redemption.reason)
  return tokenResponse(ctx.policy, redemption.tokens)
}
