import type { ApiType, DenialReason } from './authorizer-rules.ts'

/** An answer in API Gateway's own words. */
export interface GatewayReply {
  readonly status: number
  readonly headers: Readonly<Record<string, string>>
  /** JSON */
  readonly body: string
}

const reply = (status: number, message: string, headers: Readonly<Record<string, string>> = {}): GatewayReply => ({
  status,
  headers: { 'content-type': 'application/json', ...headers },
  body: JSON.stringify({ message }),
})

/** What HTTP APIs say in www-authenticate; seen of API Gateway are those for segments, audience and expired. */
const descriptions: Readonly<Record<Exclude<DenialReason, 'missing'>, string>> = {
  segments: 'token contains an invalid number of segments',
  expired: 'the token has expired',
  audience: 'the token does not have a valid audience',
  // guess: the other sentences of www-authenticate in front of an HTTP API are our own words.
  malformed: 'token is malformed',
  algorithm: 'signing method is invalid',
  key: 'unable to find a signing key that matches the kid',
  signature: 'signature is invalid',
  issuer: 'the token does not have a valid issuer',
  use: 'the token does not have a valid use',
  early: 'the token is not valid yet',
  scope: 'the token does not have a valid scope',
}

const httpDenial = (reason: DenialReason, scopes: readonly string[]): GatewayReply => {
  if (reason === 'missing') return reply(401, 'Unauthorized', { 'www-authenticate': 'Bearer' })
  const [status, message, error] = reason === 'scope' ? [403, 'Forbidden', 'insufficient_scope'] : [401, 'Unauthorized', 'invalid_token']
  const challenge = `Bearer scope="${scopes.join(' ')}" error="${error}" error_description="${descriptions[reason]}"`
  return reply(status as number, message as string, { 'www-authenticate': challenge })
}

const restDenial = (reason: DenialReason): GatewayReply => {
  if (reason === 'expired') return reply(401, 'The incoming token has expired', { 'x-amzn-errortype': 'UnauthorizedException' })
  // guess: a missing scope in front of a REST API is answered like ACCESS_DENIED of the gateway response types, with the body of an HTTP API.
  if (reason === 'scope') return reply(403, 'Forbidden', { 'x-amzn-errortype': 'AccessDeniedException' })
  return reply(401, 'Unauthorized', { 'x-amzn-errortype': 'UnauthorizedException' })
}

/** How API Gateway answers a request that its authorizer refuses. */
export const denialReply = (api: ApiType, reason: DenialReason, scopes: readonly string[]): GatewayReply =>
  api === 'HTTP' ? httpDenial(reason, scopes) : restDenial(reason)

/** What else stands between a request and its answer. */
export type GatewayFault = 'no-route' | 'bad-request' | 'no-keys' | 'unreachable' | 'timeout' | 'bad-answer' | 'websocket'

const faults: Readonly<Record<GatewayFault, Readonly<Record<ApiType, readonly [number, string]>>>> = {
  'no-route': { REST: [403, 'Missing Authentication Token'], HTTP: [404, 'Not Found'] },
  'bad-request': { REST: [400, 'Bad Request'], HTTP: [400, 'Bad Request'] },
  'no-keys': { REST: [500, 'Internal server error'], HTTP: [500, 'Internal Server Error'] },
  // INTEGRATION_FAILURE and INTEGRATION_TIMEOUT are both 504 in a REST API (gateway response types).
  unreachable: { REST: [504, 'Network error communicating with endpoint'], HTTP: [503, 'Service Unavailable'] },
  timeout: { REST: [504, 'Endpoint request timed out'], HTTP: [504, 'Endpoint request timed out'] },
  'bad-answer': { REST: [502, 'Internal server error'], HTTP: [502, 'Bad Gateway'] },
  websocket: { REST: [501, 'WebSockets are not supported'], HTTP: [501, 'WebSockets are not supported'] },
}

/** What REST APIs say in x-amzn-errortype; HTTP APIs don't have that header. */
const errorTypes: Readonly<Partial<Record<GatewayFault, string>>> = {
  'no-route': 'MissingAuthenticationTokenException',
  // guess: the types of 400, 500 and 504 in front of a REST API; seen are those of 403, of 502 and of 500 where a Lambda authorizer fails.
  'bad-request': 'BadRequestException',
  'no-keys': 'AuthorizerConfigurationException',
  unreachable: 'InternalServerErrorException',
  timeout: 'InternalServerErrorException',
  'bad-answer': 'InternalServerErrorException',
}

/** How API Gateway answers when it is not the token that is wrong; 400 and 501 are answers of our own. */
export const faultReply = (api: ApiType, fault: GatewayFault): GatewayReply => {
  const type = api === 'REST' ? errorTypes[fault] : undefined
  return reply(...faults[fault][api], type === undefined ? {} : { 'x-amzn-errortype': type })
}
