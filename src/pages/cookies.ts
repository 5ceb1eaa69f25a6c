/** The cookies of a Cookie header; of two with one name the first counts (RFC 6265 section 5.4 puts the closer one there). */
export const readCookies = (header: string | undefined): ReadonlyMap<string, string> => {
  const cookies = new Map<string, string>()
  for (const pair of header?.split(';') ?? []) {
    const at = pair.indexOf('=')
    if (at < 1) continue
    const name = pair.slice(0, at).trim()
    if (!cookies.has(name)) cookies.set(name, pair.slice(at + 1).trim())
  }
  return cookies
}

/** Whether browsers reach the server over https, by its configured address and never by a header. */
export const isSecure = ({ publicUrl }: { readonly publicUrl: string }): boolean => publicUrl.startsWith('https:')

/** A Set-Cookie header; `maxAge` in seconds, for the browser's session when left out, 0 deletes. No script reads any of our cookies. */
export const setCookie = (
  policy: { readonly publicUrl: string },
  name: string,
  value: string,
  { maxAge, path = '/' }: { readonly maxAge?: number; readonly path?: string } = {},
): string =>
  [
    `${name}=${value}`,
    `Path=${path}`,
    'HttpOnly',
    'SameSite=Lax',
    ...(isSecure(policy) ? ['Secure'] : []),
    ...(maxAge === undefined ? [] : [`Max-Age=${maxAge}`]),
  ].join('; ')
