import type { OAuthError } from './oauth-error.ts'

// The only file that turns an OAuthError into bytes.

/** An answer, ready for any HTTP server. */
export interface OAuthReply {
  readonly status: number
  readonly headers: Readonly<Record<string, string>>
  readonly body: string
}

/**
 * Pages of any origin may call these endpoints (developer guide, "User pool managed login"), never with credentials: nothing
 * here reads cookies.
 */
const anyOrigin = { 'access-control-allow-origin': '*' } as const

const headers = (requestId: string) => ({
  ...anyOrigin,
  'cache-control': 'no-store',
  pragma: 'no-cache',
  'x-content-type-options': 'nosniff',
  'x-frame-options': 'DENY',
  'referrer-policy': 'no-referrer',
  'content-security-policy': "default-src 'none'; frame-ancestors 'none'",
  'x-amz-cognito-request-id': requestId,
})

const reply = (requestId: string, status: number, members: Readonly<Record<string, unknown>> | undefined): OAuthReply => ({
  status,
  headers: { ...headers(requestId), ...(members && { 'content-type': 'application/json;charset=UTF-8' }) },
  body: members === undefined ? '' : JSON.stringify(members),
})

/** 200, unless another status is given, with these members as JSON, or with an empty body. */
export const oauthSuccess = (requestId: string, members: Readonly<Record<string, unknown>> | undefined, status: number = 200): OAuthReply =>
  reply(requestId, status, members)

/** A refusal as RFC 6749 section 5.2 has it: `error`, and `error_description` where there is one. */
export const oauthRefusal = (requestId: string, { error, description, status, headers: more }: OAuthError): OAuthReply => {
  const { headers: usual, ...rest } = reply(requestId, status, { error, ...(description && { error_description: description }) })
  return { ...rest, headers: { ...usual, ...more } }
}

/** A fault of the server, about which the caller learns nothing but the request id. */
export const oauthFault = (requestId: string): OAuthReply => reply(requestId, 500, { error: 'server_error' })

/** The answer to a pre-flight of an endpoint with these methods; browsers keep it for two days. */
export const oauthPreflight = (requestId: string, methods: readonly string[]): OAuthReply => ({
  status: 200,
  headers: {
    ...headers(requestId),
    'access-control-allow-methods': ['OPTIONS', ...methods].join(),
    // The star doesn't cover Authorization.
    'access-control-allow-headers': '*,Authorization,Content-Type',
    'access-control-max-age': '172800',
  },
  body: '',
})
