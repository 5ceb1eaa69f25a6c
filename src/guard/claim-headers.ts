import type { ApiType, TokenClaims } from './authorizer-rules.ts'

/** All claims as one JSON object of strings, as `requestContext.authorizer.claims` has them; ASCII. */
export const claimsHeader = 'x-authorizer-claims'
const prefix = 'x-claim-'

/** Whether only the gateway may say this to the upstream; CGI and its heirs read `_`, some of them all signs, as `-`. */
export const isClaimHeader = (name: string): boolean => {
  const plain = name.toLowerCase().replace(/[^a-z0-9]/g, '-')
  return plain === claimsHeader || plain.startsWith(prefix)
}

/** `Thu Sep 11 23:58:16 UTC 2025`, as Java writes dates; seconds of no date stay a number. */
const dateText = (seconds: number): string => {
  const date = new Date(seconds * 1000)
  if (Number.isNaN(date.getTime())) return String(seconds)
  const [day, of = '', month, year, time] = date.toUTCString().replace(',', '').split(' ')
  return `${day} ${month} ${of} ${time} UTC ${year}`
}

/** REST APIs join lists with commas, HTTP APIs write `[a b]`; objects are JSON in both. */
const textOf = (api: ApiType, value: unknown): string => {
  if (typeof value === 'string') return value
  if (Array.isArray(value)) {
    const parts = value.map((one) => textOf(api, one))
    return api === 'HTTP' ? `[${parts.join(' ')}]` : parts.join(',')
  }
  return JSON.stringify(value)
}

/** Of the times in a token REST APIs write these two as dates, and `auth_time` as a number. */
const dates = new Set(['exp', 'iat'])

const claimText = (api: ApiType, name: string, value: unknown): string =>
  api === 'REST' && typeof value === 'number' && dates.has(name) ? dateText(value) : textOf(api, value)

const asciiJson = (value: unknown): string =>
  JSON.stringify(value).replace(/[\u007f-\uffff]/g, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`)

/** Percent-encoded outside of printable ASCII, and `%` itself, so that a value has one reading. */
const asciiText = (text: string): string => text.toWellFormed().replace(/[^ -$&-~]+/g, (part) => encodeURIComponent(part))

/** Claims as headers for the upstream: all in `x-authorizer-claims`, each in `x-claim-NAME` (`cognito:groups` is `x-claim-cognito-groups`). */
export const claimHeaders = (api: ApiType, claims: TokenClaims): Record<string, string> => {
  const texts = Object.entries(claims).map(([name, value]) => [name, claimText(api, name, value)] as const)
  const headers: Record<string, string> = { [claimsHeader]: asciiJson(Object.fromEntries(texts)) }
  const taken = new Set<string>()
  for (const [name, text] of texts) {
    const header = prefix + name.toLowerCase().replace(/[^a-z0-9-]/g, '-')
    // Of two claims with one header neither is right.
    if (taken.has(header)) delete headers[header]
    else headers[header] = asciiText(text)
    taken.add(header)
  }
  return headers
}
