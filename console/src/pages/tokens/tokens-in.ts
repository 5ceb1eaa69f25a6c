import { decodeToken } from './decode-token.ts'

/** A token that stands in a text, under the name that it has there. */
export interface FoundToken {
  readonly text: string
  readonly name?: string
}

const inside = (value: unknown, name?: string): FoundToken[] => {
  if (typeof value === 'string') return decodeToken(value).kind !== 'no token' ? [{ text: value, ...(name !== undefined && { name }) }] : []
  if (typeof value !== 'object' || value === null) return []
  return Object.entries(value).flatMap(([key, member]) => inside(member, Array.isArray(value) ? name : key))
}

/**
 * The tokens of a pasted text: of an answer in JSON, whether of the token endpoint or of the API, each that is in it; otherwise the text
 * itself.
 */
export const tokensIn = (text: string): readonly FoundToken[] => {
  try {
    const found = inside(JSON.parse(text))
    if (found.length > 0) return found
  } catch {
    // No JSON: the token itself, as it stands in a header or alone.
  }
  return [{ text }]
}
