import { allowsOpenRegistration, allowsRegistration, registrationScope } from '../domain/dynamic-registration.ts'
import { answer, formBody, jsonBody, refusal } from './openapi-parts.ts'
import type { PostmanTarget } from './target.ts'

type Target = Pick<PostmanTarget, 'endpoint' | 'pool' | 'client' | 'oauthUrl'>

const header = (description: string) => ({ description, schema: { type: 'string' } })
const challenge = { 'WWW-Authenticate': header('What was missing (RFC 6750 section 3, RFC 9110 section 11.6.1).') }
const refused = (description: string, error: string) => answer(description, 'Error', { error })
const tooMany = {
  ...refused('Too many requests.', 'temporarily_unavailable'),
  headers: { 'Retry-After': header('Seconds until the next try.') },
}

const registered = {
  client_id: '1example23456789abcdefghij',
  client_secret: 'shown-this-once',
  client_secret_expires_at: 0,
  client_id_issued_at: 1_700_000_000,
  client_name: 'My app',
  redirect_uris: ['https://app.example.com/callback'],
  grant_types: ['authorization_code', 'refresh_token'],
  response_types: ['code'],
  token_endpoint_auth_method: 'client_secret_basic',
  scope: 'openid',
}

const asked = {
  client_name: 'My app',
  redirect_uris: ['https://app.example.com/callback'],
  grant_types: ['authorization_code', 'refresh_token'],
  token_endpoint_auth_method: 'client_secret_basic',
  scope: 'openid',
}

/** What the operator turned on for the user pool, in words. */
const registrationState = (target: Target): string => {
  if (!allowsRegistration(target.pool)) return 'This user pool has it turned off.'
  return allowsOpenRegistration(target.pool) ? 'This user pool lets anybody register.' : 'This user pool has it turned on.'
}

const register = (target: Target) => ({
  post: {
    operationId: 'register',
    summary: 'Registers an app client (RFC 7591)',
    description: `There only where the operator turned it on: in user pools whose DcrConfiguration allows it, and never on the plan LITE; anywhere else the answer is 401. ${registrationState(target)} A client can't read, change or delete its registration later (RFC 7592 is not there).`,
    'x-only-with': 'DcrConfiguration of the user pool',
    security: allowsOpenRegistration(target.pool) ? [{ initialAccessToken: [] }, {}] : [{ initialAccessToken: [] }],
    requestBody: jsonBody('ClientMetadata', asked),
    responses: {
      201: answer('What was registered, which may be less than was asked for.', 'RegisteredClient', registered),
      400: refused(
        'invalid_redirect_uri, or invalid_client_metadata for anything else in the body; invalid_request for another content type.',
        'invalid_redirect_uri',
      ),
      401: { ...refused('No initial access token, or none that is good for this user pool.', 'invalid_token'), headers: challenge },
      403: refused(
        'insufficient_scope: the token lacks the scope that registers. invalid_request: the user pool has as many app clients as it can.',
        'insufficient_scope',
      ),
      413: refused('More than 64 KiB.', 'invalid_request'),
      429: tooMany,
    },
  },
})

const introspect = ({ endpoint, pool, client }: Target) => ({
  post: {
    operationId: 'introspect',
    summary: 'Whether a token is good at this moment (RFC 7662)',
    description:
      'There only where the operator turned it on with --introspection, otherwise the answer is 404; Amazon Cognito does not have it. It answers app clients with a secret: of access tokens of their user pool, and of refresh tokens of their own. Anything else is inactive.',
    'x-only-with': '--introspection',
    security: [{ introspectingClient: [] }, {}],
    requestBody: formBody(['Introspection'], { token: 'eyJraWQiOi...' }),
    responses: {
      200: answer('What is known of the token; of one that is not good nothing but that.', 'TokenState', {
        active: true,
        scope: 'openid',
        client_id: client.ClientId,
        username: 'ana',
        token_type: 'Bearer',
        exp: 1_700_003_600,
        iat: 1_700_000_000,
        sub: '00000000-0000-4000-8000-000000000000',
        iss: `${endpoint}/${pool.Id}`,
        jti: '00000000-0000-4000-8000-000000000001',
      }),
      400: refusal,
      401: { ...refused('No app client with a secret asks.', 'invalid_client'), headers: challenge },
      429: tooMany,
    },
  },
})

/** Endpoints that a server has only where its operator turned them on: registration at the pool's domain or below its id, introspection. */
export const optionalPaths = (target: Target): Readonly<Record<string, unknown>> => ({
  [target.oauthUrl === target.endpoint ? `/${target.pool.Id}/oauth2/register` : '/oauth2/register']: register(target),
  '/oauth2/introspect': introspect(target),
})

/** How callers of these endpoints prove themselves. */
export const optionalSchemes: Readonly<Record<string, unknown>> = {
  initialAccessToken: {
    type: 'http',
    scheme: 'bearer',
    bearerFormat: 'JWT',
    description: `An access token that an app client got for itself (client credentials) with the scope ${registrationScope}.`,
  },
  introspectingClient: { type: 'http', scheme: 'basic', description: 'Id and secret of an app client of the user pool.' },
}
