/** The target of a request without scheme and authority, which a client may write before the path (RFC 9112 section 3.2.2). */
export const originForm = (target: string = '/'): string =>
  target.startsWith('/') ? target : target.replace(/^https?:\/\/[^/?]*(?=\/|$)/i, '') || '/'
