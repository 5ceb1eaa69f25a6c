import { parseJwt } from '../../crypto/jwt.ts'
import { quoted } from '../../server/tls/trust-commands.ts'
import { printableLine } from '../client/printable.ts'
import { Refusal } from '../client/refusal.ts'
import type { Tokens } from './tokens.ts'

/** How tokens are printed, and which of them alone. */
export interface Printing {
  readonly form: 'readable' | 'header' | 'json' | 'env'
  readonly only?: 'access' | 'id' | undefined
}

/** The one that is wanted; throws a Refusal where the grant gave none. */
const wanted = ({ accessToken, idToken }: Tokens, which: 'access' | 'id'): string => {
  const token = which === 'id' ? idToken : accessToken
  if (token !== undefined) return token
  throw which === 'id'
    ? new Refusal('This grant gave no ID token.', { advice: 'Ask for the scope openid; client credentials have none at all.' })
    : new Refusal('This grant gave no access token.')
}

const moment = (seconds: unknown): string | undefined =>
  typeof seconds === 'number' ? `${new Date(seconds * 1000).toISOString().slice(0, 19).replace('T', ' ')} UTC` : undefined

/** What a person wants to know of a token before using it. */
const about = (token: string): string => {
  const claims = parseJwt(token)?.payload
  if (claims === undefined) return ''
  const who = claims['username'] ?? claims['cognito:username'] ?? claims['client_id'] ?? claims['sub']
  const until = moment(claims['exp'])
  const scope = claims['scope']
  return printableLine(
    [
      ...(typeof who === 'string' ? [`of ${who}`] : []),
      ...(until === undefined ? [] : [`good until ${until}`]),
      ...(typeof scope === 'string' ? [`scope ${scope}`] : []),
    ].join(', '),
  )
}

const readable = ({ accessToken, idToken, refreshToken }: Tokens): string =>
  [
    { title: 'Access token', token: accessToken },
    { title: 'ID token', token: idToken },
    { title: 'Refresh token', token: refreshToken },
  ]
    .flatMap(({ title, token }) => (token === undefined ? [] : [`${[title, about(token)].filter(Boolean).join(' ')}\n${token}\n`]))
    .join('\n')

const chosen = (tokens: Tokens, only: Printing['only']): Tokens => {
  if (only === undefined) return tokens
  const token = wanted(tokens, only)
  const { tokenType, expiresIn, scope } = tokens
  return { ...(only === 'id' ? { idToken: token } : { accessToken: token }), tokenType, expiresIn, scope }
}

/** One line of JSON with the names of RFC 6749 section 5.1. */
const json = ({ accessToken, idToken, refreshToken, tokenType, expiresIn, scope }: Tokens): string =>
  `${JSON.stringify({
    access_token: accessToken,
    id_token: idToken,
    refresh_token: refreshToken,
    token_type: tokenType,
    expires_in: expiresIn,
    scope,
  })}\n`

const env = ({ accessToken, idToken, refreshToken }: Tokens): string =>
  Object.entries({ ACCESS_TOKEN: accessToken, ID_TOKEN: idToken, REFRESH_TOKEN: refreshToken })
    .flatMap(([name, token]) => (token === undefined ? [] : [`export ${name}=${quoted(token, 'linux')}\n`]))
    .join('')

/** The text for standard output, with a line break at its end; throws a Refusal where the grant gave no such token. */
export const printTokens = (tokens: Tokens, { form, only }: Printing): string => {
  switch (form) {
    case 'header':
      return `Authorization: Bearer ${wanted(tokens, only ?? 'access')}\n`
    case 'json':
      return json(chosen(tokens, only))
    case 'env':
      return env(chosen(tokens, only))
    default:
      return only === undefined ? readable(tokens) : `${wanted(tokens, only)}\n`
  }
}
