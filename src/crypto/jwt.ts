import { type KeyObject, verify } from 'node:crypto'
import { decodeBase64Url } from './base64url.ts'

/** A compact JWS taken apart; nothing in it is trusted before `verifyRs256` says so. */
export interface ParsedJwt {
  readonly header: Readonly<Record<string, unknown>>
  readonly payload: Readonly<Record<string, unknown>>
  /** All three parts as they came. */
  readonly text: string
}

const maxLength = 16_384

/** The text that a JWS signature covers (RFC 7515 section 5.1). */
export const signingInput = (header: object, payload: object): string => `${encodeJson(header)}.${encodeJson(payload)}`

/** The compact JWS from what was signed and its signature. */
export const attachSignature = (input: string, signature: Uint8Array): string => `${input}.${Buffer.from(signature).toString('base64url')}`

/** Takes a compact JWS of at most 16,384 characters apart, or undefined unless it is canonical, both parts are JSON objects and `crit` is absent. */
export const parseJwt = (text: string): ParsedJwt | undefined => {
  if (text.length > maxLength) return undefined
  const parts = text.split('.')
  const [headerPart = '', payloadPart = '', signaturePart = ''] = parts
  if (parts.length !== 3) return undefined
  const header = decodeObject(headerPart)
  const payload = decodeObject(payloadPart)
  // RFC 7515 section 4.1.11: an extension that is not understood must be refused; none is.
  if (!header || !payload || !decodeBase64Url(signaturePart) || Object.hasOwn(header, 'crit')) return undefined
  return { header, payload, text }
}

/** Whether the JWS says RS256 and the RSA public key confirms its signature; never throws. */
export const verifyRs256 = ({ header, text }: ParsedJwt, publicKey: KeyObject): boolean => {
  if (header['alg'] !== 'RS256' || publicKey.type !== 'public' || publicKey.asymmetricKeyType !== 'rsa') return false
  const end = text.lastIndexOf('.')
  return verify('RSA-SHA256', Buffer.from(text.slice(0, end), 'ascii'), publicKey, Buffer.from(text.slice(end + 1), 'base64url'))
}

const encodeJson = (value: object): string => Buffer.from(JSON.stringify(value), 'utf8').toString('base64url')

const utf8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true })

const decodeObject = (part: string): Record<string, unknown> | undefined => {
  const bytes = decodeBase64Url(part)
  if (!bytes) return undefined
  try {
    const value: unknown = JSON.parse(utf8.decode(bytes))
    return isObject(value) ? value : undefined
  } catch {
    return undefined
  }
}

const isObject = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null && !Array.isArray(value)
