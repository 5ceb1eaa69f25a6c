import type { Policy } from '../context.ts'
import { readable } from '../domain/attributes.ts'
import { attributeClaim, type Claims } from '../domain/claims.ts'
import { scopedAttributes } from '../domain/scopes.ts'
import { CognitoError } from '../errors.ts'
import { openAccessToken } from '../flows/access-token.ts'
import { answersFor } from '../flows/open-host.ts'
import { presentedBearer } from './bearer.ts'
import type { Endpoint } from './endpoint.ts'
import { OAuthError, type OAuthErrorCode, tooManyRequests } from './oauth-error.ts'

/** Makes the refusals of a request, which AWS challenges without naming the scheme (developer guide, "The user attributes endpoint"). */
const refusals = ({ strictOidc }: Policy) => {
  const refusal = (error: OAuthErrorCode, status: number, description: string, more = ''): OAuthError =>
    new OAuthError(error, {
      status,
      description,
      headers: { 'www-authenticate': `${strictOidc ? 'Bearer ' : ''}error="${error}", error_description="${description}"${more}` },
    })
  const badRequest = () => refusal('invalid_request', 400, 'Bad OAuth2 request at UserInfo Endpoint')
  return {
    badRequest,
    badToken: () => refusal('invalid_token', 401, 'Access token is expired, disabled, or deleted, or the user has globally signed out.'),
    // RFC 6750 section 3.1: who shows nothing is only told how to.
    noToken: () =>
      strictOidc ? new OAuthError('invalid_token', { status: 401, headers: { 'www-authenticate': 'Bearer' } }) : badRequest(),
    // Words: simov/grant#189. guess: an access token without the scope openid answers status 401 and invalid_token.
    noOpenId: () =>
      strictOidc
        ? refusal('insufficient_scope', 403, 'Access token does not contain openid scope', ', scope="openid"')
        : refusal('invalid_token', 401, 'Access token does not contain openid scope'),
  }
}

const refusalOf = (error: unknown, { badToken }: ReturnType<typeof refusals>): unknown => {
  if (!(error instanceof CognitoError)) return error
  return error.code === 'TooManyRequestsException' ? tooManyRequests(1000) : badToken()
}

const typed = (attributes: Readonly<Record<string, string>>): Claims =>
  Object.fromEntries(Object.entries(attributes).map(([name, value]) => [name, attributeClaim(name, value)]))

/**
 * The userInfo endpoint: the attributes that the access token's scopes open and the app client may read. All values are texts, verified
 * flags too; with `strict-oidc` they are of the types that OpenID Connect Core 5.1 has, and the token may come by POST. guess: userInfo
 * writes every attribute as the text that the user has, the address and updated_at too.
 */
export const userInfo: Endpoint = async (ctx, request) => {
  const refused = refusals(ctx.policy)
  const presented = presentedBearer(request)
  if (presented === 'none') throw refused.noToken()
  if (presented === 'malformed') throw refused.badRequest()
  const caller = await openAccessToken(ctx, presented.token, { scope: 'openid', refusal: refused.noOpenId }).catch((error: unknown) => {
    throw refusalOf(error, refused)
  })
  const { client, pool, user, scope } = caller
  if (!(await answersFor(ctx, request.headers['host'], pool))) throw refused.badToken()
  const attributes = scopedAttributes(scope, readable(client, pool, user.attributes))
  return { sub: user.id, ...(ctx.policy.strictOidc ? typed(attributes) : attributes), username: user.username }
}
