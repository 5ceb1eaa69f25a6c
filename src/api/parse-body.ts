import { CognitoError } from '../errors.ts'

/** How deep arrays and objects may be nested. */
const maxDepth = 32

const decoder = new TextDecoder('utf-8', { fatal: true })

/**
 * The JSON value of a body. Throws SerializationException for invalid UTF-8, anything that is no JSON, and nesting deeper than 32.
 * AWS says nothing more about such bodies; our sentences are friendlier. guess: an empty body counts as the empty object `{}`.
 */
export const parseBody = (body: Uint8Array): unknown => {
  if (body.length === 0) return {}
  if (isTooDeep(body)) throw unreadable(`The request body is nested deeper than ${maxDepth} levels.`)
  let text: string
  try {
    text = decoder.decode(body)
  } catch {
    throw unreadable('The request body is not valid UTF-8.')
  }
  try {
    return JSON.parse(text)
  } catch {
    throw unreadable('The request body is not valid JSON.')
  }
}

const unreadable = (sentence: string) => new CognitoError('SerializationException', sentence)

const [quote, backslash, openBracket, closeBracket, openBrace, closeBrace] = [0x22, 0x5c, 0x5b, 0x5d, 0x7b, 0x7d]

/** How often a byte occurs; whatever is beyond the depth that is allowed counts as one more. */
const occurrences = (body: Uint8Array, byte: number): number => {
  let found = 0
  for (let at = body.indexOf(byte); at >= 0 && found <= maxDepth; at = body.indexOf(byte, at + 1)) found++
  return found
}

/** Reads the bytes once: in UTF-8 no byte of a longer character looks like a bracket, a quote or a backslash. */
const isTooDeep = (body: Uint8Array): boolean => {
  // Few brackets can't nest deeply, and searching for them is many times faster than looking at every byte.
  if (occurrences(body, openBracket) + occurrences(body, openBrace) <= maxDepth) return false
  let depth = 0
  let inString = false
  for (let at = 0; at < body.length; at++) {
    const byte = body[at]
    if (inString) {
      if (byte === backslash) at++
      else if (byte === quote) inString = false
    } else if (byte === quote) inString = true
    else if (byte === openBracket || byte === openBrace) {
      depth++
      if (depth > maxDepth) return true
    } else if (byte === closeBracket || byte === closeBrace) depth--
  }
  return false
}
