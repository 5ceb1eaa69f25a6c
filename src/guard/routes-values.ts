/** A value of routes.yaml that can't be obeyed; the message says where it stands and what is allowed. */
export class RoutesFault extends Error {
  override readonly name = 'RoutesFault'
}

/** Refuses keys that mean nothing here: a misspelt one must not open a route. */
export const refuseUnknownKeys = (value: Readonly<Record<string, unknown>>, at: string, known: readonly string[]): void => {
  const strange = Object.keys(value).find((key) => !known.includes(key))
  if (strange !== undefined) throw new RoutesFault(`${at === '' ? '' : `${at}.`}${strange} is unknown; there are ${known.join(', ')}.`)
}

// A scope is quoted in www-authenticate (RFC 6749 section 3.3).
const scopePattern = /^[!#-[\]-~]+$/

/** A list of scopes, or one alone. */
export const scopeList = (value: unknown, at: string): readonly string[] => {
  const scopes = textList(value, at)
  const strange = scopes.find((scope) => !scopePattern.test(scope))
  if (strange !== undefined) throw new RoutesFault(`${at} has ${JSON.stringify(strange)}, which is no scope.`)
  return scopes
}

/** A list of texts, or one text alone. */
export const textList = (value: unknown, at: string): readonly string[] => {
  const list = Array.isArray(value) ? value : [value]
  if (!list.every((one) => typeof one === 'string' && one !== '')) throw new RoutesFault(`${at} must be a list of texts.`)
  return list as string[]
}
