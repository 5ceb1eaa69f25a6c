import type { OAuthRequest } from './endpoint.ts'
import { invalidRequest, OAuthError } from './oauth-error.ts'
import { type Parameters, readParameters } from './parameters.ts'

/** The parameters of a form body. */
export type Form = Parameters

/** Bytes of a body. guess: forms and registrations have at most 64 KiB. */
export const largestForm = 65_536

/** A body of more bytes than are read. */
export const bodyTooLarge = (): OAuthError =>
  new OAuthError('invalid_request', {
    description: 'The request body is too large.',
    status: 413,
    headers: { connection: 'close' },
  })

const utf8 = new TextDecoder('utf-8', { fatal: true })

const decoded = (body: Uint8Array): string => {
  try {
    return utf8.decode(body)
  } catch {
    throw invalidRequest('The request body is no UTF-8 text.')
  }
}

/** Whether a body is a form, by what its sender calls it. */
export const isForm = ({ headers }: Pick<OAuthRequest, 'headers'>): boolean =>
  /^application\/x-www-form-urlencoded[ \t]*(?:;|$)/i.test(headers['content-type'] ?? '')

/**
 * Reads a form body, and never the query; throws invalid_request for another content type, too many bytes (413) or a parameter that comes
 * twice (RFC 6749 section 3.2).
 */
export const readForm = (request: Pick<OAuthRequest, 'headers' | 'body'>): Form => {
  const { body } = request
  if (body === 'too large') throw bodyTooLarge()
  if (!isForm(request)) {
    throw invalidRequest('The content type must be application/x-www-form-urlencoded.')
  }
  const form = readParameters(decoded(body))
  if (typeof form === 'string') throw invalidRequest(form)
  return form
}
