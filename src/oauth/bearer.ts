import type { OAuthRequest } from './endpoint.ts'
import { bodyTooLarge, isForm, readForm } from './form.ts'

/** The access token that a request shows. */
export type PresentedBearer = { readonly token: string } | 'none' | 'malformed'

const syntax = /^[\w~+/.=-]+$/

/** The bearer token of an Authorization header (RFC 6750 section 2.1). */
export const bearerOf = (header: string | undefined): PresentedBearer => {
  // RFC 6750 section 3.1: another scheme shows no token at all.
  if (header === undefined || !/^bearer(?: |$)/i.test(header)) return 'none'
  const [, token] = /^bearer +(\S+)$/i.exec(header) ?? []
  return token !== undefined && syntax.test(token) ? { token } : 'malformed'
}

/**
 * The bearer token of the header, or of a form (RFC 6750 sections 2.1 and 2.2), but not of both; never one of the query. Throws what
 * reading a form throws, and 413 for a body of any kind that is too large.
 */
export const presentedBearer = (request: OAuthRequest): PresentedBearer => {
  if (request.body === 'too large') throw bodyTooLarge()
  const fromHeader = bearerOf(request.headers['authorization'])
  const token = request.method === 'POST' && isForm(request) ? readForm(request).get('access_token') : undefined
  if (token === undefined) return fromHeader
  return fromHeader === 'none' && syntax.test(token) ? { token } : 'malformed'
}
