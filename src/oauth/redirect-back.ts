/** Where an application wants its answer: at the end of the address, or behind a `#` that servers don't see. */
export type ResponseMode = 'query' | 'fragment'

/** The registered address with the members of an answer; those that are undefined are left out. */
export const redirectBack = (uri: string, mode: ResponseMode, members: Readonly<Record<string, string | undefined>>): string => {
  const given = Object.entries(members).filter((entry): entry is [string, string] => entry[1] !== undefined)
  if (given.length === 0) return uri
  const text = new URLSearchParams(given).toString()
  if (mode === 'fragment') return `${uri}#${text}`
  const separator = uri.endsWith('?') || uri.endsWith('&') ? '' : uri.includes('?') ? '&' : '?'
  return uri + separator + text
}
