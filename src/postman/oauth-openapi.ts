import type { OAuthFlowType } from '../model/types.gen.ts'
import { callbackOf, grantsOf, scopesOf } from './oauth-settings.ts'
import { optionalPaths, optionalSchemes } from './openapi-optional-paths.ts'
import { answer, formBody, refusal } from './openapi-parts.ts'
import { openApiSchemas } from './openapi-schemas.ts'
import type { PostmanTarget } from './target.ts'

/** A description of an HTTP API, as JSON. */
export type OpenApi = Readonly<Record<string, unknown>>

type Target = Pick<PostmanTarget, 'endpoint' | 'pool' | 'client' | 'oauthUrl'>

const query = (name: string, description: string, more: { readonly required?: boolean; readonly schema?: object } = {}) => ({
  name,
  in: 'query',
  description,
  required: more.required ?? false,
  schema: more.schema ?? { type: 'string' },
})

const authorizationParameters = ({ client }: Target) => {
  const types: Readonly<Record<OAuthFlowType, string | undefined>> = { code: 'code', implicit: 'token', client_credentials: undefined }
  const responseTypes = grantsOf(client).flatMap((grant) => types[grant] ?? [])
  const callback = callbackOf(client)
  return [
    query('response_type', 'What comes back.', { required: true, schema: { type: 'string', enum: responseTypes } }),
    query('client_id', 'The app client.', { required: true, schema: { type: 'string', default: client.ClientId } }),
    query('redirect_uri', 'One of the CallbackURLs of the app client.', {
      schema: { type: 'string', format: 'uri', ...(callback === undefined ? {} : { default: callback }) },
    }),
    query('scope', 'Parted by blanks.', { schema: { type: 'string', default: scopesOf(client).join(' ') } }),
    query('state', 'Comes back as it is.'),
    query('nonce', 'Comes back in the ID token.'),
    query('code_challenge', 'PKCE: the SHA-256 of a secret, as base64url.'),
    query('code_challenge_method', 'PKCE.', { schema: { const: 'S256' } }),
    query('prompt', 'none: no form; login: always a form.'),
    query('login_hint', 'Fills in the user name.'),
    query('lang', 'The language of the pages.'),
    query('resource', 'The address of an API, which becomes the audience (aud) of the access token.', {
      schema: { type: 'string', format: 'uri' },
    }),
    query('identity_provider', 'Who signs people in: the user pool itself. Any other is refused with invalid_request.', {
      schema: { const: 'COGNITO' },
    }),
    query('idp_identifier', 'Names a provider of Amazon Cognito by an identifier; refused here with invalid_request.'),
  ]
}

const redirect = (description: string) => ({ description, headers: { Location: { schema: { type: 'string' } } } })
const page = { description: 'A page.', content: { 'text/html': { schema: { type: 'string' } } } }

const grantSchemas: Readonly<Record<OAuthFlowType, readonly string[]>> = {
  code: ['AuthorizationCodeGrant', 'RefreshTokenGrant'],
  implicit: [],
  client_credentials: ['ClientCredentialsGrant'],
}

/** Where people sign in; nothing for an app client that only speaks for itself. */
const pagePaths = (target: Target): OpenApi => {
  if (!grantsOf(target.client).some((grant) => grant !== 'client_credentials')) return {}
  const parameters = authorizationParameters(target)
  return {
    '/oauth2/authorize': {
      get: {
        operationId: 'authorize',
        summary: 'Begins a sign-in in the browser',
        parameters,
        responses: { 302: redirect('To the sign-in page, or back to the application of somebody who is signed in.') },
      },
    },
    '/login': {
      get: { operationId: 'login', summary: 'The sign-in page', parameters, responses: { 200: page, 302: redirect('To the error page.') } },
    },
    '/logout': {
      get: {
        operationId: 'logout',
        summary: 'Ends the session of the browser',
        parameters: [
          query('client_id', 'The app client.', { required: true, schema: { type: 'string', default: target.client.ClientId } }),
          query('logout_uri', 'One of the LogoutURLs of the app client.'),
          query('redirect_uri', 'Instead of logout_uri, with response_type: the sign-in page comes next.'),
          query('response_type', 'See redirect_uri.'),
        ],
        responses: { 302: redirect('To logout_uri, or to the sign-in page.') },
      },
    },
    '/oauth2/userInfo': {
      get: {
        operationId: 'userInfo',
        summary: 'The attributes of the user',
        security: [{ accessToken: [] }, { oauth: scopesOf(target.client).filter((scope) => scope === 'openid') }],
        responses: {
          200: answer('The attributes that the token may show.', 'User'),
          400: answer('No token, or an Authorization that is none of OAuth: invalid_request.', 'Error', { error: 'invalid_request' }),
          401: answer('The token is expired or revoked, or lacks the scope openid: invalid_token.', 'Error', { error: 'invalid_token' }),
        },
      },
    },
  }
}

const tokenPaths = ({ client }: Target): OpenApi => {
  const schemas = grantsOf(client).flatMap((grant) => grantSchemas[grant])
  if (schemas.length === 0) return {}
  const security = client.ClientSecret === undefined ? [{}] : [{ clientSecret: [] }, {}]
  const revoke = {
    post: {
      operationId: 'revoke',
      summary: 'Ends a refresh token and what came of it',
      security,
      requestBody: formBody(['Revocation']),
      responses: { 200: { description: 'Done.' }, 400: refusal },
    },
  }
  return {
    '/oauth2/token': {
      post: {
        operationId: 'token',
        summary: 'Tokens for a grant',
        security,
        requestBody: formBody(schemas),
        responses: { 200: answer('Tokens.', 'Tokens'), 400: refusal },
      },
    },
    ...(schemas.includes('RefreshTokenGrant') && client.EnableTokenRevocation !== false ? { '/oauth2/revoke': revoke } : {}),
  }
}

const documentPaths = ({ endpoint, pool }: Target): OpenApi => {
  const servers = [{ url: endpoint }]
  const get = (operationId: string, summary: string, schema: string) => ({
    servers,
    get: { operationId, summary, responses: { 200: answer('The document.', schema) } },
  })
  return {
    [`/${pool.Id}/.well-known/openid-configuration`]: get('configuration', 'Where everything is', 'Configuration'),
    [`/${pool.Id}/.well-known/jwks.json`]: get('keys', 'The keys that verify tokens', 'Keys'),
  }
}

const flows = ({ client, oauthUrl }: Target): OpenApi => {
  const scopes = Object.fromEntries(scopesOf(client).map((scope) => [scope, '']))
  const authorizationUrl = `${oauthUrl}/oauth2/authorize`
  const tokenUrl = `${oauthUrl}/oauth2/token`
  const all: Readonly<Record<OAuthFlowType, OpenApi>> = {
    code: { authorizationCode: { authorizationUrl, tokenUrl, refreshUrl: tokenUrl, scopes } },
    implicit: { implicit: { authorizationUrl, scopes } },
    client_credentials: { clientCredentials: { tokenUrl, scopes } },
  }
  return Object.assign({}, ...grantsOf(client).map((grant) => all[grant])) as OpenApi
}

const isUsed = (paths: OpenApi, scheme: string): boolean => JSON.stringify(paths).includes(`{"${scheme}":[`)

/** What operations are proved with; a scheme that none of them names is left out. */
const securitySchemes = (target: Target, paths: OpenApi): OpenApi => {
  const all = {
    accessToken: { type: 'http', scheme: 'bearer', bearerFormat: 'JWT' },
    clientSecret: { type: 'http', scheme: 'basic' },
    oauth: { type: 'oauth2', flows: flows(target) },
    ...optionalSchemes,
  }
  return Object.fromEntries(Object.entries(all).filter(([name]) => isUsed(paths, name)))
}

/** The OAuth endpoints as this app client may use them, in OpenAPI 3.1. */
export const oauthOpenApi = (target: Target): OpenApi => {
  const { pool, client, oauthUrl } = target
  const paths = { ...pagePaths(target), ...tokenPaths(target), ...optionalPaths(target), ...documentPaths(target) }
  return {
    openapi: '3.1.0',
    info: {
      title: `${pool.Name}: OAuth endpoints`,
      version: '1',
      description: `Of the user pool ${pool.Id}, as its app client ${client.ClientName} (${client.ClientId}) may use them.`,
    },
    servers: [{ url: oauthUrl }],
    paths,
    components: { schemas: openApiSchemas, securitySchemes: securitySchemes(target, paths) },
  }
}
