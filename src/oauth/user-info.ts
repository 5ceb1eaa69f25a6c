import { readable } from '../domain/attributes.ts'
import { scopedAttributes } from '../domain/scopes.ts'
import { CognitoError } from '../errors.ts'
import { openAccessToken } from '../flows/access-token.ts'
import type { Endpoint } from './endpoint.ts'
import { OAuthError, type OAuthErrorCode, tooManyRequests } from './oauth-error.ts'

/** The header as AWS writes it, without a scheme (developer guide, "The user attributes endpoint"). */
const refusal = (error: OAuthErrorCode, status: number, description: string): OAuthError =>
  new OAuthError(error, {
    status,
    description,
    headers: { 'www-authenticate': `error="${error}", error_description="${description}"` },
  })

const badRequest = () => refusal('invalid_request', 400, 'Bad OAuth2 request at UserInfo Endpoint')
const badToken = () => refusal('invalid_token', 401, 'Access token is expired, disabled, or deleted, or the user has globally signed out.')
// Words: simov/grant#189. guess: an access token without the scope openid answers status 401 and invalid_token.
const noOpenId = () => refusal('invalid_token', 401, 'Access token does not contain openid scope')

const refusalOf = (error: unknown): unknown => {
  if (!(error instanceof CognitoError)) return error
  return error.code === 'TooManyRequestsException' ? tooManyRequests(1000) : badToken()
}

/**
 * The userInfo endpoint: the attributes that the access token's scopes open and the app client may read. All values are texts, verified
 * flags too. guess: userInfo writes every attribute as the text that the user has, the address and updated_at too.
 */
export const userInfo: Endpoint = async (ctx, { headers }) => {
  const [, presented] = /^bearer +([\w~+/.=-]+)$/i.exec(headers['authorization'] ?? '') ?? []
  if (presented === undefined) throw badRequest()
  const caller = await openAccessToken(ctx, presented, { scope: 'openid', refusal: noOpenId }).catch((error: unknown) => {
    throw refusalOf(error)
  })
  const { client, pool, user, scope } = caller
  return { sub: user.id, ...scopedAttributes(scope, readable(client, pool, user.attributes)), username: user.username }
}
