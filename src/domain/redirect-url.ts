// Schemes that run or read something in the browser instead of going to an app.
const dangerous = /^(javascript|data|vbscript|file|blob):/i
const loopback = /^http:\/\/(localhost|127\.0\.0\.1|\[::1\])(:\d{1,5})?([/?]|$)/i

/**
 * Why a callback or sign-out URL can't be registered (API_CreateUserPoolClient): absolute, no fragment, https except on a loopback
 * host, or an app's own scheme. guess: the sentence about a callback or sign-out URL that is no URL is our own.
 */
export const redirectUrlFault = (url: string): string | undefined => {
  if (url.includes('#')) return `${url} cannot use fragment`
  if (!/^[a-z][a-z0-9+.-]*:[^\s\\]+$/i.test(url) || dangerous.test(url)) return `${url} is not a valid redirect URI.`
  if (/^https:/i.test(url)) return /^https:\/\/[^/?]/i.test(url) ? undefined : `${url} is not a valid redirect URI.`
  return /^http:/i.test(url) && !loopback.test(url) ? `${url} cannot use the HTTP protocol.` : undefined
}
