import type { DecodedToken } from './decode-token.ts'

/** What a key set says of a signature. */
export type SignatureVerdict = 'valid' | 'invalid' | 'unknown key' | 'other algorithm' | 'unsigned'

/** A key of a JSON Web Key Set. */
export type Key = JsonWebKey & { readonly kid?: string }

/** Whether a token does without a signature: anybody can write one (RFC 7515 section 3.6, RFC 8725 section 3.1). */
export const isUnsigned = ({ header, signature }: Pick<Extract<DecodedToken, { kind: 'signed' }>, 'header' | 'signature'>): boolean =>
  String(header['alg']).toLowerCase() === 'none' || signature.length === 0

/** Checks an RS256 signature against a key set (RFC 7515 section 5.2); a token that names another algorithm is not looked at. */
export const checkSignature = async (token: Extract<DecodedToken, { kind: 'signed' }>, keys: readonly Key[]): Promise<SignatureVerdict> => {
  const { header, signed, signature } = token
  if (isUnsigned(token)) return 'unsigned'
  if (header['alg'] !== 'RS256') return 'other algorithm'
  const key = keys.find(({ kid }) => kid !== undefined && kid === header['kid'])
  if (key === undefined) return 'unknown key'
  const { kty = 'RSA', n = '', e = '' } = key
  const algorithm = { name: 'RSASSA-PKCS1-v1_5', hash: 'SHA-256' }
  const imported = await crypto.subtle.importKey('jwk', { kty, n, e }, algorithm, false, ['verify'])
  const isValid = await crypto.subtle.verify(algorithm, imported, signature, new TextEncoder().encode(signed))
  return isValid ? 'valid' : 'invalid'
}

/** The id of the user pool that an issuer names at its end; undefined for issuers of other kinds. */
export const poolOfIssuer = (issuer: unknown): string | undefined =>
  typeof issuer === 'string' ? /\/([\w-]+_[0-9A-Za-z]+)\/?$/.exec(issuer)?.[1] : undefined
