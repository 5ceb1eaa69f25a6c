/** What a token says. */
export type DecodedToken =
  | {
      readonly kind: 'signed'
      readonly header: Readonly<Record<string, unknown>>
      readonly claims: Readonly<Record<string, unknown>>
      /** What the signature is over. */
      readonly signed: string
      readonly signature: Uint8Array<ArrayBuffer>
    }
  /** Five parts: only the server can open it. */
  | { readonly kind: 'encrypted'; readonly header: Readonly<Record<string, unknown>> }
  | { readonly kind: 'no token'; readonly fault: string }

const bytesOf = (part: string): Uint8Array<ArrayBuffer> | undefined => {
  if (!/^[\w-]*$/.test(part)) return undefined
  try {
    return Uint8Array.from(atob(part.replaceAll('-', '+').replaceAll('_', '/')), (one) => one.charCodeAt(0))
  } catch {
    return undefined
  }
}

const objectOf = (part: string): Readonly<Record<string, unknown>> | undefined => {
  const bytes = bytesOf(part)
  if (bytes === undefined) return undefined
  try {
    const value: unknown = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes))
    return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Readonly<Record<string, unknown>>) : undefined
  } catch {
    return undefined
  }
}

const noToken = (fault: string): DecodedToken => ({ kind: 'no token', fault })

/** Takes a token apart (RFC 7515, RFC 7516); spaces around it, line breaks in it and the word Bearer before it are passed over. */
export const decodeToken = (text: string): DecodedToken => {
  const token = text
    .trim()
    .replace(/^(?:authorization:\s*)?bearer\s+/i, '')
    .replace(/\s+/g, '')
    .replace(/^"|"$/g, '')
  const parts = token.split('.')
  if (parts.length !== 3 && parts.length !== 5) {
    return noToken(`A token has three parts with dots between them, or five when it is encrypted. This text has ${parts.length}.`)
  }
  const [first = '', second = '', third = ''] = parts
  const header = objectOf(first)
  if (header === undefined) return noToken('The first part, the header, is not JSON in base64url.')
  if (parts.length === 5) return { kind: 'encrypted', header }
  const claims = objectOf(second)
  if (claims === undefined) return noToken('The second part, the claims, is not JSON in base64url.')
  const signature = bytesOf(third)
  if (signature === undefined) return noToken('The third part, the signature, is not base64url.')
  return { kind: 'signed', header, claims, signed: `${first}.${second}`, signature }
}
