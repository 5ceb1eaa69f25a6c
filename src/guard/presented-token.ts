/** The token in the value of a header or query parameter: bare, or after `Bearer` in any case; undefined when there is none. */
export const presentedToken = (value: string | undefined): string | undefined => {
  const token = value?.trim().replace(/^bearer(?: +|$)/i, '')
  return token === '' ? undefined : token
}
