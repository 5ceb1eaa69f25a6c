import type { Policy } from '../context.ts'
import type { Parameters } from './parameters.ts'
import type { ResponseMode } from './redirect-back.ts'

/** What the authorization endpoint gives: a code, or tokens at once (OAuth 2.0 Multiple Response Type Encoding Practices). */
export type ResponseType = 'code' | 'token' | 'id_token' | 'id_token token'

type Strictness = Pick<Policy, 'strictOidc'>

/** Those that are served; the guide has no ID tokens without an access token. */
export const responseTypes = ({ strictOidc }: Strictness): readonly ResponseType[] =>
  strictOidc ? ['code', 'token', 'id_token', 'id_token token'] : ['code', 'token']

/** The response type of these words, whose order does not matter; undefined for one that is not served. */
export const readResponseType = (policy: Strictness, words: string | undefined): ResponseType | undefined =>
  responseTypes(policy).find((type) => type === words?.split(' ').sort().join(' '))

const usualMode = (type: ResponseType | undefined): ResponseMode => (type === undefined || type === 'code' ? 'query' : 'fragment')

/**
 * Where the answer to a request goes; undefined for a `response_mode` that there is not, or that would put tokens where servers and their
 * logs see them. The guide has no `response_mode`, which counts with `strict-oidc` only.
 */
export const answerMode = (policy: Strictness, parameters: Parameters): ResponseMode | undefined => {
  const usual = usualMode(readResponseType(policy, parameters.get('response_type')))
  const wish = policy.strictOidc ? (parameters.get('response_mode') ?? usual) : usual
  return wish === 'fragment' || wish === usual ? wish : undefined
}

/**
 * Where its refusal goes. guess: errors go back in the query also where an implicit grant was asked for, as AWS's examples show them;
 * `strict-oidc` puts them where the answer would go (RFC 6749 section 4.2.2.1).
 */
export const errorMode = (policy: Strictness, parameters: Parameters): ResponseMode =>
  policy.strictOidc ? (answerMode(policy, parameters) ?? usualMode(readResponseType(policy, parameters.get('response_type')))) : 'query'
