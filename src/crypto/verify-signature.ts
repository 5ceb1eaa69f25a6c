import { createHmac, createSecretKey, hash, type KeyObject } from 'node:crypto'
import { canonicalRequest, foldHeaders, type SignedRequest } from './canonical-request.ts'
import { equalText } from './constant-time.ts'
import {
  algorithm,
  dateRequired,
  incomplete,
  invalid,
  type Sigv4Authorization,
  type Sigv4Fault,
  terminator,
} from './parse-authorization.ts'

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

const maxSkew = 5 * 60_000

const sha256 = (data: string | Uint8Array, encoding: 'hex' | 'base64'): string => hash('sha256', data, encoding)

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
