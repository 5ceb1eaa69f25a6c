import { isObject } from '../../domain/is-object.ts'
import { Refusal } from '../client/refusal.ts'

/** What a grant gave. */
export interface Tokens {
  readonly accessToken?: string | undefined
  readonly idToken?: string | undefined
  readonly refreshToken?: string | undefined
  readonly tokenType: string
  /** Seconds. */
  readonly expiresIn?: number | undefined
  readonly scope?: string | undefined
}

// A line break in a token would be a second header or a second command in the shell that reads it.
const isToken = (value: unknown): value is string => typeof value === 'string' && /^[\x21-\x7e]+$/.test(value)

/** The tokens in an answer; `names` are the members that hold them. Throws a Refusal for an answer without an access token. */
const tokensIn = (answer: unknown, names: Readonly<Record<keyof Tokens, string>>): Tokens => {
  const given = isObject(answer) ? answer : {}
  const token = (name: string) => {
    const value = given[name]
    if (value === undefined || value === null) return undefined
    if (!isToken(value)) throw new Refusal(`The server's ${name} is no token.`)
    return value
  }
  const seconds = Number(given[names.expiresIn])
  const scope = given[names.scope]
  const tokens = {
    accessToken: token(names.accessToken),
    idToken: token(names.idToken),
    refreshToken: token(names.refreshToken),
    tokenType: token(names.tokenType) ?? 'Bearer',
    expiresIn: Number.isFinite(seconds) && seconds > 0 ? seconds : undefined,
    scope: typeof scope === 'string' ? scope : undefined,
  }
  if (tokens.accessToken === undefined && tokens.idToken === undefined) throw new Refusal('The server answered without a token.')
  return tokens
}

/** The tokens of an AuthenticationResult. */
export const apiTokens = (answer: unknown): Tokens =>
  tokensIn(answer, {
    accessToken: 'AccessToken',
    idToken: 'IdToken',
    refreshToken: 'RefreshToken',
    tokenType: 'TokenType',
    expiresIn: 'ExpiresIn',
    scope: 'Scope',
  })

/** The tokens of a token endpoint's answer (RFC 6749 section 5.1), or of a redirect (section 4.2.2). */
export const oauthTokens = (answer: unknown): Tokens =>
  tokensIn(answer, {
    accessToken: 'access_token',
    idToken: 'id_token',
    refreshToken: 'refresh_token',
    tokenType: 'token_type',
    expiresIn: 'expires_in',
    scope: 'scope',
  })
