import type { OAuthRequest } from './endpoint.ts'
import { bodyTooLarge } from './form.ts'
import { invalidRequest, OAuthError } from './oauth-error.ts'

const utf8 = new TextDecoder('utf-8', { fatal: true })

/** The value of a JSON body; throws invalid_request for another content type or too many bytes (413), invalid_client_metadata for what is no JSON. */
export const readJson = ({ headers, body }: OAuthRequest): unknown => {
  if (body === 'too large') throw bodyTooLarge()
  if (!/^application\/json[ \t]*(?:;|$)/i.test(headers['content-type'] ?? ''))
    throw invalidRequest('The content type must be application/json.')
  try {
    return JSON.parse(utf8.decode(body))
  } catch {
    throw new OAuthError('invalid_client_metadata', { description: 'The request body is no JSON text.' })
  }
}
