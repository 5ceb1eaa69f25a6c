import type { Parameters } from './parameters.ts'
import type { RedirectedErrorCode } from './refusals.ts'
import type { ResponseType } from './response-type.ts'

/** Ways to pass a request that are not served (OpenID Connect Core 3.1.2.6, 6.1, 6.2, 7.2.1). */
const unserved = [
  ['request', 'request_not_supported'],
  ['request_uri', 'request_uri_not_supported'],
  ['registration', 'registration_not_supported'],
] as const

/** What OpenID Connect has against a request that AWS would take, and a sentence for developers. */
export const openIdFault = (
  parameters: Parameters,
  type: ResponseType,
  scopes: readonly string[],
): readonly [error: RedirectedErrorCode, description: string] | undefined => {
  const passed = unserved.find(([name]) => parameters.has(name))
  if (passed !== undefined) return [passed[1], `The parameter ${passed[0]} is not supported.`]
  if (!type.includes('id_token')) return undefined
  if (!scopes.includes('openid')) return ['invalid_request', 'An ID token needs the scope openid.']
  // Core 3.2.2.1.
  return parameters.has('nonce') ? undefined : ['invalid_request', 'nonce is required for this response_type.']
}
