/** The parameters of a query or of a form by name; those without a value are left out (RFC 6749 section 3.1). */
export type Parameters = ReadonlyMap<string, string>

const nul = '\0'

const isSoundlyEncoded = (text: string): boolean => {
  try {
    decodeURIComponent(text.replaceAll('+', ' '))
    return true
  } catch {
    return false
  }
}

/**
 * Those that are clear in a query that `readParameters` refuses: readable and there once. Undefined where the application or its address
 * is among the others.
 */
export const clearParameters = (text: string): Parameters | undefined => {
  const clear = new Map<string, string>()
  const unclear = new Set<string>()
  for (const [name, value] of new URLSearchParams(text)) {
    if (clear.has(name) || value.includes('\uFFFD') || value.includes(nul)) unclear.add(name)
    clear.set(name, value)
  }
  if (!clear.has('client_id') || unclear.has('client_id') || unclear.has('redirect_uri')) return undefined
  return new Map([...clear].filter(([name, value]) => value !== '' && !unclear.has(name)))
}

/** Whether every value is a text that somebody may have typed, and that every database takes: U+0000 is in none. */
export const areTexts = (parameters: Parameters): boolean => ![...parameters.values()].some((value) => value.includes(nul))

/** Reads `name=value&…`; answers a sentence for a parameter that comes twice (RFC 6749 section 3.1) and for what is no UTF-8. */
export const readParameters = (text: string): Parameters | string => {
  if (!isSoundlyEncoded(text)) return 'The parameters are not encoded properly.'
  const parameters = new Map<string, string>()
  for (const [name, value] of new URLSearchParams(text)) {
    if (parameters.has(name)) return 'A parameter is given more than once.'
    parameters.set(name, value)
  }
  return new Map([...parameters].filter(([, value]) => value !== ''))
}
