/** The members of an answer of the authorization endpoint. */
export type Handed = Readonly<Record<string, string>>

const told = ['code', 'error', 'access_token', 'id_token'] as const

/** The answer of the authorization endpoint in an address, in its query or behind its `#` (RFC 6749 sections 4.1.2 and 4.2.2); undefined for none. */
export const handedIn = (url: URL): Handed | undefined => {
  for (const text of [url.hash.slice(1), url.search.slice(1)]) {
    const parameters = new URLSearchParams(text)
    if (told.some((name) => parameters.has(name))) return Object.fromEntries(parameters)
  }
  return undefined
}

/** The answer in what somebody pasted: the whole address, what stands behind its `?` or `#`, or the code alone; undefined for nothing of these. */
export const handedText = (text: string): Handed | undefined => {
  const pasted = text.trim()
  if (/^[\w-]+$/.test(pasted)) return { code: pasted }
  if (URL.canParse(pasted)) return handedIn(new URL(pasted))
  return handedIn(new URL(`?${pasted.replace(/^[?#]/, '')}`, 'https://pasted.invalid'))
}
