/** Which of API Gateway's two authorizers is followed: COGNITO_USER_POOLS of REST APIs, or JWT of HTTP APIs. */
export type ApiType = 'REST' | 'HTTP'

/** What a token must be, wherever it is shown. */
export interface AuthorizerRules {
  readonly api: ApiType
  /** The `iss` of the tokens. */
  readonly issuer: string
  /** App clients, of which the token must name one; undefined: any of the pool, which HTTP APIs don't know. */
  readonly audience: readonly string[] | undefined
  /** Only ID tokens, or only access tokens; REST APIs decide it by the scopes of the route. */
  readonly tokenUse: 'id' | 'access' | undefined
  /** By how many seconds clocks may differ. */
  readonly leeway: number
}

/** The claims of a token. */
export type TokenClaims = Readonly<Record<string, unknown>>

/** Why a request is refused. */
export type DenialReason =
  | 'missing'
  | 'segments'
  | 'malformed'
  | 'algorithm'
  | 'key'
  | 'signature'
  | 'issuer'
  | 'use'
  | 'audience'
  | 'expired'
  | 'early'
  | 'scope'
