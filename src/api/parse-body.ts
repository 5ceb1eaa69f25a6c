import { CognitoError } from '../errors.ts'

/** How deep arrays and objects may be nested. */
const maxDepth = 32

/** How many values a body may have. The largest that operations ask for, styles of managed login, have some hundreds. */
const maxValues = 2000

const decoder = new TextDecoder('utf-8', { fatal: true })

/**
 * The JSON value of a body. Throws SerializationException for invalid UTF-8, anything that is no JSON, nesting deeper than 32, and more than
 * 2000 values. AWS says nothing more about such bodies; our sentences are friendlier. guess: an empty body counts as the empty object `{}`.
 */
export const parseBody = (body: Uint8Array): unknown => {
  if (body.length === 0) return {}
  const fault = structureFault(body)
  if (fault !== undefined) throw unreadable(fault)
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

const [quote, backslash, comma, openBracket, closeBracket, openBrace, closeBrace] = [0x22, 0x5c, 0x2c, 0x5b, 0x5d, 0x7b, 0x7d]

/** How often a byte occurs; whatever is beyond the limit counts as one more. */
const occurrences = (body: Uint8Array, byte: number, limit: number): number => {
  let found = 0
  for (let at = body.indexOf(byte); at >= 0 && found <= limit; at = body.indexOf(byte, at + 1)) found++
  return found
}

const isPlain = (body: Uint8Array): boolean =>
  occurrences(body, openBracket, maxDepth) + occurrences(body, openBrace, maxDepth) <= maxDepth &&
  occurrences(body, comma, maxValues) < maxValues

/**
 * Why a body would take too long to read: a parser that has begun can't be stopped. Reads the bytes once: in UTF-8 no byte of a longer
 * character looks like a bracket, a comma, a quote or a backslash.
 */
const structureFault = (body: Uint8Array): string | undefined => {
  // Few brackets can't nest deeply, few commas part few values, and searching for them is many times faster than looking at every byte.
  if (isPlain(body)) return undefined
  let depth = 0
  let values = 1
  let inString = false
  for (let at = 0; at < body.length; at++) {
    const byte = body[at]
    if (inString) {
      if (byte === backslash) at++
      else if (byte === quote) inString = false
    } else if (byte === quote) inString = true
    else if (byte === comma) {
      values++
      if (values > maxValues) return `The request body has more than ${maxValues} values.`
    } else if (byte === openBracket || byte === openBrace) {
      depth++
      if (depth > maxDepth) return `The request body is nested deeper than ${maxDepth} levels.`
    } else if (byte === closeBracket || byte === closeBrace) depth--
  }
  return undefined
}
