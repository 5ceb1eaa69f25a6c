import { createHmac, createSecretKey, hash, type KeyObject } from 'node:crypto'
import { equalText } from './constant-time.ts'

// AWS Signature Version 4 in its header form (IAM guide, "Create a signed AWS API request"). The sentences are those that AWS's
// services answer; where several apply, the order is a guess.

/** A request as it came: `path` and `query` (without `?`) still escaped; a header given as a list counts as sent several times. */
export interface SignedRequest {
  method: string
  path: string
  query: string
  headers: Readonly<Record<string, string | readonly string[]>>
  body: Uint8Array
}

/** What an Authorization header claims; `date` is YYYYMMDD, `signedHeaders` are lower-case and in the order of the claim. */
export interface Sigv4Authorization {
  accessKeyId: string
  date: string
  region: string
  service: string
  signedHeaders: readonly string[]
  signature: string
}

/** Why a signature is refused: the name of AWS's exception and its message. */
export interface Sigv4Fault {
  fault: 'IncompleteSignatureException' | 'InvalidSignatureException'
  message: string
}

/** The scope within which a derived key signs: date (YYYYMMDD), region and service. */
export interface Sigv4Scope {
  date: string
  region: string
  service: string
}

/** Keys derived from secret keys, the most recently used kept. */
export interface SigningKeyCache {
  /** The key that signs in that scope. */
  signingKey(secretKey: string, scope: Sigv4Scope): KeyObject
}

const algorithm = 'AWS4-HMAC-SHA256'
const terminator = 'aws4_request'
const maxSkew = 5 * 60_000

const incomplete = (message: string): Sigv4Fault => ({ fault: 'IncompleteSignatureException', message })
const invalid = (message: string): Sigv4Fault => ({ fault: 'InvalidSignatureException', message })

const sha256 = (data: string | Uint8Array, encoding: 'hex' | 'base64'): string => hash('sha256', data, encoding)

/**
 * Reads an Authorization header, or says what is wrong with it. `dateHeader` is the value of X-Amz-Date or Date: with both a
 * missing part and a missing date AWS complains of both.
 */
export const parseAuthorization = (header: string, dateHeader?: string): Sigv4Authorization | Sigv4Fault => {
  const [scheme = '', ...rest] = header.trim().split(/\s+/)
  const parameters = rest
    .join(' ')
    .split(',')
    .map((parameter) => parameter.trim())
    .filter(Boolean)
  // AWS stopped echoing the header, because it often is somebody's bearer token.
  const bare = parameters.find((parameter) => !parameter.includes('='))
  if (bare !== undefined) {
    const hashed = sha256(header, 'base64')
    return incomplete(
      `Invalid key=value pair (missing equal-sign) in Authorization header (hashed with SHA-256 and encoded with Base64): '${hashed}'.`,
    )
  }
  if (scheme.startsWith('AWS4-') && scheme !== algorithm) {
    return incomplete(`Unsupported AWS 'algorithm': '${scheme}' (only ${algorithm} for now). `)
  }
  const named = new Map(
    parameters.map((parameter) => [parameter.slice(0, parameter.indexOf('=')), parameter.slice(parameter.indexOf('=') + 1)]),
  )
  // guess: AWS's text for this is not known.
  if (named.size !== parameters.length) return incomplete('Authorization header has a parameter twice.')
  const [credential, signed, claimed] = ['Credential', 'SignedHeaders', 'Signature'].map((name) =>
    scheme === algorithm ? named.get(name) : '',
  )
  if (!credential || !signed || !claimed) return missingParameters(header, { credential, claimed, signed }, dateHeader)
  return readCredential(credential, signed, claimed)
}

const missingParameters = (
  header: string,
  has: { credential: string | undefined; claimed: string | undefined; signed: string | undefined },
  dateHeader: string | undefined,
): Sigv4Fault => {
  const sentences = [
    has.credential ? '' : "Authorization header requires 'Credential' parameter. ",
    has.claimed ? '' : "Authorization header requires 'Signature' parameter. ",
    has.signed ? '' : "Authorization header requires 'SignedHeaders' parameter. ",
    dateHeader ? '' : dateRequired,
  ]
  return incomplete(`${sentences.join('')}(Hashed with SHA-256 and encoded with Base64) Authorization=${sha256(header, 'base64')}`)
}

const dateRequired = "Authorization header requires existence of either a 'X-Amz-Date' or a 'Date' header. "

const readCredential = (credential: string, signedHeaders: string, claimed: string): Sigv4Authorization | Sigv4Fault => {
  const parts = credential.split('/')
  // Access keys of some makers contain slashes; ours don't, and AWS counts five as well.
  const [accessKeyId = '', date = '', region = '', service = '', end = ''] = parts
  if (parts.length !== 5 || accessKeyId === '') {
    return incomplete(`Credential must have exactly 5 slash-delimited elements, e.g. keyid/date/region/service/term, got '${credential}'`)
  }
  if (end !== terminator) return invalid(`Credential should be scoped with a valid terminator: '${terminator}', not '${end}'. `)
  return { accessKeyId, date, region, service, signedHeaders: signedHeaders.toLowerCase().split(';'), signature: claimed }
}

/** Header values by lower-case name: several of one name are joined by commas, runs of white space folded. */
const foldHeaders = (headers: SignedRequest['headers']): Map<string, string> => {
  const folded = new Map<string, string>()
  for (const [name, value] of Object.entries(headers)) {
    const key = name.toLowerCase()
    const line = typeof value === 'string' ? foldSpace(value) : value.map(foldSpace).join(',')
    const before = folded.get(key)
    folded.set(key, before === undefined ? line : `${before},${line}`)
  }
  return folded
}

const foldSpace = (value: string): string => value.trim().replace(/\s+/g, ' ')

/** The canonical form of a request under SigV4; the payload's hash is always that of the body. */
export const canonicalRequest = (request: SignedRequest, signedHeaders: readonly string[]): string => {
  const folded = foldHeaders(request.headers)
  const headers = signedHeaders.map((name) => `${name}:${folded.get(name) ?? ''}\n`)
  const bodyHash = sha256(request.body, 'hex')
  return [
    request.method,
    canonicalPath(request.path),
    canonicalQuery(request.query),
    headers.join(''),
    signedHeaders.join(';'),
    bodyHash,
  ].join('\n')
}

/** RFC 3986: everything but unreserved characters escaped, in upper case. */
const escapeStrict = (text: string): string =>
  encodeURIComponent(text).replace(/[!'()*]/g, (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`)

// Every service but S3 escapes the path, which is escaped already, once more, and drops empty and dot segments.
const canonicalPath = (path: string): string => {
  const kept: string[] = []
  for (const segment of path.split('/')) {
    if (segment === '..') kept.pop()
    else if (segment !== '' && segment !== '.') kept.push(segment)
  }
  const joined = kept.length === 0 ? '/' : `/${kept.join('/')}${path.endsWith('/') ? '/' : ''}`
  return escapeStrict(joined.toWellFormed()).replaceAll('%2F', '/')
}

const canonicalQuery = (query: string): string =>
  query
    .split('&')
    .filter(Boolean)
    .map((pair) => {
      const [name = '', ...value] = pair.split('=')
      return [name, value.join('=')].map(escapeAgain) as [string, string]
    })
    .sort(([nameA, valueA], [nameB, valueB]) => compare(nameA, nameB) || compare(valueA, valueB))
    .map(([name, value]) => `${name}=${value}`)
    .join('&')

const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0)

const escapeAgain = (text: string): string => {
  try {
    return escapeStrict(decodeURIComponent(text))
  } catch {
    return escapeStrict(text.toWellFormed())
  }
}

const deriveKey = (secretKey: string, { date, region, service }: Sigv4Scope): KeyObject => {
  const step = (key: string | Buffer, data: string): Buffer => createHmac('sha256', key).update(data).digest()
  const key = step(step(step(step(`AWS4${secretKey}`, date), region), service), terminator)
  // A KeyObject: with a raw key every HMAC is about three times slower on Node 24.
  return createSecretKey(key)
}

/** A cache of at most `max` derived keys; a secret key is looked up by its hash and not kept. */
export const createSigningKeyCache = (max: number): SigningKeyCache => {
  const keys = new Map<string, KeyObject>()
  return {
    signingKey: (secretKey, scope) => {
      const name = JSON.stringify([scope.date, scope.region, scope.service, sha256(secretKey, 'base64')])
      const key = keys.get(name) ?? deriveKey(secretKey, scope)
      // A Map keeps the order of insertion, so the first is the one not used for longest.
      keys.delete(name)
      keys.set(name, key)
      const oldest = keys.keys().next()
      if (keys.size > max && !oldest.done) keys.delete(oldest.value)
      return key
    },
  }
}

/** The signature, 64 lower-case hexadecimal digits, of a canonical request at a time written as YYYYMMDD'T'HHMMSS'Z'. */
export const signature = (secretKey: string, scope: Sigv4Scope, timestamp: string, canonical: string, cache?: SigningKeyCache): string => {
  const key = cache ? cache.signingKey(secretKey, scope) : deriveKey(secretKey, scope)
  const credentialScope = `${scope.date}/${scope.region}/${scope.service}/${terminator}`
  return createHmac('sha256', key)
    .update([algorithm, timestamp, credentialScope, sha256(canonical, 'hex')].join('\n'))
    .digest('hex')
}

/** What a verifier expects of the scope (undefined accepts any) and where it keeps derived keys. */
export interface Sigv4Expectation {
  region?: string | undefined
  service?: string | undefined
  cache?: SigningKeyCache | undefined
}

/**
 * Why a request is not signed by the owner of `secretKey` at `now` (epoch ms, five minutes' tolerance), or undefined when it is.
 * Host must be signed; X-Amz-Content-Sha256 must be true when it is signed; other headers may be unsigned, because Postman's are.
 */
export const verifySignature = (
  claim: Sigv4Authorization,
  request: SignedRequest,
  secretKey: string,
  now: number,
  expected: Sigv4Expectation = {},
): Sigv4Fault | undefined => {
  const headers = foldHeaders(request.headers)
  const dateHeader = headers.get('x-amz-date') ?? headers.get('date')
  if (!dateHeader) return incomplete(dateRequired.trimEnd())
  const at = parseDate(dateHeader)
  if (at === undefined) {
    return incomplete(`Date must be in ISO-8601 'basic format'. Got '${dateHeader}'. See http://en.wikipedia.org/wiki/ISO_8601`)
  }
  const fault = timeFault(at, now) ?? scopeFault(claim, basicDate(at), expected)
  if (fault !== undefined) return invalid(fault)
  if (!claim.signedHeaders.includes('host')) return invalid("'Host' or ':authority' must be a 'SignedHeader' in the AWS Authorization.")
  // The target is what the call does: unsigned, a captured signature would be good for every operation that takes the same body.
  if (headers.has('x-amz-target') && !claim.signedHeaders.includes('x-amz-target'))
    return invalid("'x-amz-target' must be a 'SignedHeader' in the AWS Authorization.")
  const bodyHash = claim.signedHeaders.includes('x-amz-content-sha256') && headers.get('x-amz-content-sha256')
  const canonical = canonicalRequest(request, claim.signedHeaders)
  const right = equalText(claim.signature, signature(secretKey, claim, basicDate(at), canonical, expected.cache))
  return right && (!bodyHash || bodyHash === sha256(request.body, 'hex')) ? undefined : invalid(mismatch)
}

const mismatch =
  'The request signature we calculated does not match the signature you provided. Check your AWS Secret Access Key and signing method. Consult the service documentation for details.'

const timeFault = (at: number, now: number): string | undefined => {
  if (at < now - maxSkew) {
    return `Signature expired: ${basicDate(at)} is now earlier than ${basicDate(now - maxSkew)} (${basicDate(now)} - 5 min.)`
  }
  if (at > now + maxSkew) {
    return `Signature not yet current: ${basicDate(at)} is still later than ${basicDate(now + maxSkew)} (${basicDate(now)} + 5 min.)`
  }
  return undefined
}

const scopeFault = ({ date, region, service }: Sigv4Scope, timestamp: string, expected: Sigv4Expectation): string | undefined => {
  const day = timestamp.slice(0, 8)
  const faults = [
    expected.region === undefined || region === expected.region ? '' : 'Credential should be scoped to a valid region. ',
    expected.service === undefined || service === expected.service
      ? ''
      : `Credential should be scoped to correct service: '${expected.service}'. `,
    date === day
      ? ''
      : `Date in Credential scope does not match YYYYMMDD from ISO-8601 version of date from HTTP: '${date}' != '${day}', from '${timestamp}'.`,
  ]
  return faults.join('') || undefined
}

/** Epoch milliseconds as YYYYMMDD'T'HHMMSS'Z'. */
const basicDate = (at: number): string => `${new Date(at).toISOString().slice(0, 19).replace(/[-:]/g, '')}Z`

/** Epoch milliseconds of an ISO 8601 basic date or an HTTP date (RFC 9110 section 5.6.7, its preferred form), or undefined. */
const parseDate = (text: string): number | undefined => {
  const [, year, month, day, hour, minute, second] = /^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z$/.exec(text) ?? []
  const at = Date.parse(year === undefined ? text : `${year}-${month}-${day}T${hour}:${minute}:${second}Z`)
  // Date.parse reads many forms, and this one alone is written back as it came.
  const unambiguous = year === undefined ? Number.isFinite(at) && new Date(at).toUTCString() === text : basicDateOf(at) === text
  return unambiguous ? at : undefined
}

const basicDateOf = (at: number): string | undefined => (Number.isFinite(at) ? basicDate(at) : undefined)

/** An access key as its owner holds it. */
export interface Sigv4Credentials {
  accessKeyId: string
  secretKey: string
}

/** The headers to send: those of the request plus X-Amz-Date and Authorization; signs Host (which must be given), Content-Type and X-Amz-*. */
export const signRequest = (
  request: SignedRequest & { headers: Readonly<Record<string, string>> },
  credentials: Sigv4Credentials,
  { region, service }: { region: string; service: string },
  now: number,
): Record<string, string> => {
  const timestamp = basicDate(now)
  const scope = { date: timestamp.slice(0, 8), region, service }
  const headers: Record<string, string> = { ...request.headers, 'x-amz-date': timestamp }
  const names = [...new Set(Object.keys(headers).map((name) => name.toLowerCase()))].sort()
  const signedHeaders = names.filter((name) => name === 'host' || name === 'content-type' || name.startsWith('x-amz-'))
  const value = signature(credentials.secretKey, scope, timestamp, canonicalRequest({ ...request, headers }, signedHeaders))
  const credential = `${credentials.accessKeyId}/${scope.date}/${region}/${service}/${terminator}`
  return {
    ...headers,
    authorization: `${algorithm} Credential=${credential}, SignedHeaders=${signedHeaders.join(';')}, Signature=${value}`,
  }
}
