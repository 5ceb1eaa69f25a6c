import type { Policy } from '../context.ts'
import { isLoopback } from '../domain/is-loopback.ts'
import { isSecure } from './cookies.ts'
import { ownPath } from './own-path.ts'
import type { PageReply } from './page.ts'

/**
 * Nothing but our own sheet, script and images runs or loads. Forms go to ourselves; browsers hold the addresses to which the answer leads to
 * the same rule, and an application's own address may lead on, so any https address may follow, and the one that was proved.
 */
const contentSecurityPolicy = (goesTo: string | undefined): string => {
  // What is registered need not be an address that a browser can go to.
  const { origin, protocol } = (goesTo !== undefined && URL.parse(goesTo)) || { origin: '', protocol: '' }
  const target = origin === 'null' ? protocol : protocol === 'http:' ? origin : ''
  return [
    "default-src 'none'",
    "style-src 'self'",
    "script-src 'self'",
    "img-src 'self' data:",
    `form-action 'self' https:${target === '' ? '' : ` ${target}`}`,
    "frame-ancestors 'none'",
    "base-uri 'none'",
  ].join('; ')
}

type PagePolicy = Pick<Policy, 'publicUrl' | 'pageOpener'>

/** Browsers remember to use HTTPS for a host, all its ports and a year: nothing for the one that everybody's programs share. */
const isStrict = (policy: { readonly publicUrl: string }): boolean =>
  isSecure(policy) && !isLoopback(new URL(policy.publicUrl).hostname.replace(/^\[|\]$/g, ''))

/**
 * What every page says to the browser. The referrer stays on our own origin: with none at all browsers would send forms with the origin
 * "null", and cross-site ones could not be told from ours.
 */
export const securityHeaders = (policy: PagePolicy, requestId: string, goesTo?: string) => ({
  'cache-control': 'no-store',
  pragma: 'no-cache',
  'content-security-policy': contentSecurityPolicy(goesTo),
  // A window that an application opened is cut off from it, unless the operator wants `window.opener` to work as on AWS.
  'cross-origin-opener-policy': policy.pageOpener === 'keep' ? 'unsafe-none' : 'same-origin',
  'referrer-policy': 'same-origin',
  'x-content-type-options': 'nosniff',
  'x-frame-options': 'DENY',
  ...(isStrict(policy) ? { 'strict-transport-security': 'max-age=31536000; includeSubDomains' } : {}),
  'x-amz-cognito-request-id': requestId,
})

/** An address as a header can carry it: letters that are not ASCII, which a registered one may have, as browsers write them in a URL. */
const headerText = (location: string): string => location.replaceAll(/[^\x21-\x7e]+/g, (text) => encodeURIComponent(text.toWellFormed()))

/** Sends the browser to a page of ours (a path), or elsewhere (a URL), by GET (RFC 9700 section 4.12 rules out 307). */
export const redirectReply = (
  { policy, call }: { readonly policy: PagePolicy; readonly call: { readonly requestId: string } },
  location: string,
  cookies: readonly string[] = [],
): PageReply => ({
  status: 302,
  headers: {
    ...securityHeaders(policy, call.requestId),
    location: headerText(location.startsWith('/') ? ownPath(policy, location) : location),
  },
  cookies,
  body: '',
})
