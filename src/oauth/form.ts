import type { OAuthRequest } from './endpoint.ts'
import { invalidRequest, OAuthError } from './oauth-error.ts'

/** The parameters of a form body; those without a value are left out (RFC 6749 section 3.2). */
export type Form = ReadonlyMap<string, string>

/** Bytes of a form body. guess: forms have at most 64 KiB. */
export const largestForm = 65_536

const utf8 = new TextDecoder('utf-8', { fatal: true })

const decoded = (body: Uint8Array): string => {
  try {
    return utf8.decode(body)
  } catch {
    throw invalidRequest('The request body is no UTF-8 text.')
  }
}

/**
 * Reads a form body, and never the query; throws invalid_request for another content type, too many bytes (413) or a parameter that comes
 * twice (RFC 6749 section 3.2).
 */
export const readForm = ({ headers, body }: OAuthRequest): Form => {
  if (body === 'too large') {
    throw new OAuthError('invalid_request', {
      description: 'The request body is too large.',
      status: 413,
      headers: { connection: 'close' },
    })
  }
  if (!/^application\/x-www-form-urlencoded[ \t]*(?:;|$)/i.test(headers['content-type'] ?? '')) {
    throw invalidRequest('The content type must be application/x-www-form-urlencoded.')
  }
  const form = new Map<string, string>()
  for (const [name, value] of new URLSearchParams(decoded(body))) {
    if (form.has(name)) throw invalidRequest('A parameter is given more than once.')
    form.set(name, value)
  }
  return new Map([...form].filter(([, value]) => value !== ''))
}
