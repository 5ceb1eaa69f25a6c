/** A token's header and payload, as anybody can read them. */
export interface TokenParts {
  readonly header: Record<string, unknown>
  // biome-ignore lint/suspicious/noExplicitAny: tests look into claims of every kind
  readonly payload: Record<string, any>
}

const decode = (part: string | undefined) => JSON.parse(Buffer.from(part ?? '', 'base64url').toString('utf8'))

/** Reads a JWT without believing it. */
export const tokenParts = (token: string): TokenParts => {
  const [header, payload] = token.split('.')
  return { header: decode(header), payload: decode(payload) }
}
