import { hash } from 'node:crypto'

// AWS Signature Version 4 in its header form (IAM guide, "Create a signed AWS API request"). The sentences are those that AWS's
// services answer. guess: where several faults of a signature apply, the first in our order is told.

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

/** The algorithm of AWS Signature Version 4, as headers and the string to sign name it. */
export const algorithm = 'AWS4-HMAC-SHA256'

/** The last part of every credential scope. */
export const terminator = 'aws4_request'

/** The sentence of a request without a date; a space follows where others come after it. */
export const dateRequired = "Authorization header requires existence of either a 'X-Amz-Date' or a 'Date' header. "

/** A fault of the form of a signature. */
export const incomplete = (message: string): Sigv4Fault => ({ fault: 'IncompleteSignatureException', message })

/** A fault of a signature that is complete. */
export const invalid = (message: string): Sigv4Fault => ({ fault: 'InvalidSignatureException', message })

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
    const hashed = hash('sha256', header, 'base64')
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
  // guess: an Authorization header that has a parameter twice is refused as an incomplete signature.
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
  return incomplete(`${sentences.join('')}(Hashed with SHA-256 and encoded with Base64) Authorization=${hash('sha256', header, 'base64')}`)
}

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
