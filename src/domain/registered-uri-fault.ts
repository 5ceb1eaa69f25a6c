import { redirectUrlFault } from './redirect-url.ts'

// The characters of RFC 3986, a percent sign only before two digits.
const uri = /^(?:[\w.~:/?[\]@!$&'()*+,;=-]|%[0-9a-f]{2})+$/i

const webHost = /^https?:\/\/(?:[a-z0-9](?:[a-z0-9.-]*[a-z0-9])?|\[[0-9a-f:.]+\])(?::\d{1,5})?(?:[/?]|$)/i

/** Schemes that lead into the browser itself or to something other than the app that registers. */
const otherSchemes = /^(?:about|chrome|filesystem|ftp|intent|jar|mailto|ms-[\w-]+|resource|search(?:-ms)?|sms|tel|view-source|wss?):/i

const longest = 1024

/**
 * Why somebody whom nobody vouches for can't register a redirect URI: the rules for an administrator's, and besides only what RFC 3986 has,
 * web addresses whose host can't be mistaken (no user info, no wildcard, no other script), and schemes that an app can own. The sentence
 * repeats nothing of the URI.
 */
export const registeredUriFault = (url: string): string | undefined => {
  if (url.length > longest) return `A redirect URI has more than ${longest} characters.`
  if (!uri.test(url) || redirectUrlFault(url) !== undefined || otherSchemes.test(url)) return 'A redirect URI is not allowed.'
  return /^https?:/i.test(url) && !(webHost.test(url) && URL.canParse(url)) ? 'A redirect URI is not allowed.' : undefined
}
