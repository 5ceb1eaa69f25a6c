/**
 * Where the service is known to check something else than its published model: sign-up messages of AWS quote this pattern for
 * passwords, which allows blanks inside and refuses them at the ends.
 */
const servicePatterns: ReadonlyMap<string, string> = new Map([['PasswordType', '^[\\S]+.*[\\S]+$']])

const textClass = '[\\p{L}\\p{M}\\p{S}\\p{N}\\p{P}'

/**
 * The same languages in forms that take linear time: a value comes from anybody, and the published forms backtrack through every
 * pair of positions. Each starts with a look-ahead for the fixed part and then reads the value once.
 */
const linearPatterns: ReadonlyMap<string, string> = new Map([
  ['PasswordType', '\\S.*\\S'],
  // Ours: a name of this form chooses the client's id.
  ['ClientNameType', '_custom_id_:[\\w+]+|[\\w\\s+=,.@-]+'],
  // Custom domains have dots; the service refuses a name in a sentence of its own (domain/pool-domain.ts).
  ['DomainType', '[^]*'],
  ['EmailAddressType', `(?=[^]+?@[^])${textClass}]+`],
  ['EmailMfaMessageType', `(?=[^]*?\\{####\\})${textClass}\\s]*`],
  ['EmailVerificationMessageType', `(?=[^]*?\\{####\\})${textClass}\\s]*`],
  ['EmailVerificationMessageByLinkType', `(?=${textClass}\\s]*$)(?=([^]*?\\{##))\\1[^]*?##\\}[^]*`],
])

// In Java both mean the six ASCII characters only: an ideographic space is no blank in a password.
const javaSpace = (pattern: string): string =>
  pattern.replaceAll('[\\S]', '\\S').replaceAll('\\S', '[^ \\t\\n\\x0B\\f\\r]').replaceAll('\\s', ' \\t\\n\\x0B\\f\\r')

/** A Java pattern as a regular expression that a whole value must match. */
export const wholeMatch = (pattern: string): RegExp => new RegExp(`^(?:${javaSpace(pattern)})$`, 'u')

/** A shape's pattern as AWS prints it and as a regular expression that the whole value must match; undefined without one. */
export const compilePattern = (
  shapeName: string,
  modelPattern: string | undefined,
  jsPattern?: string,
): { text: string; regExp: RegExp } | undefined => {
  if (modelPattern === undefined) return undefined
  const text = servicePatterns.get(shapeName) ?? modelPattern
  const regExp = jsPattern === undefined ? wholeMatch(linearPatterns.get(shapeName) ?? text) : new RegExp(`^(?:${jsPattern})$`, 'u')
  return { text, regExp }
}
