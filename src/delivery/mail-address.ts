/** One mail address and the name before it, empty where there is none. */
export interface MailAddress {
  readonly name: string
  readonly address: string
}

// Neither white space nor control or format characters, nor anything that has a meaning in a list of addresses: what passes is one
// address in every reader's eyes. Quoted local parts and address literals fall out with them.
const part = String.raw`[^\s\p{C}<>()\[\]\\,;:"@]`
const bare = new RegExp(`^${part}{1,64}@${part}{1,253}$`, 'u')
const named = /^(?:"([^"\\]*)"\s*|([^"<>\\,;:@]*))<([^<>]*)>$/u

/** Reads `person@example.com` or `Some Name <person@example.com>`; undefined for anything that is not exactly one address. */
export const parseMailAddress = (text: string): MailAddress | undefined => {
  if (bare.test(text)) return { name: '', address: text }
  const [, quoted, plain, address = ''] = named.exec(text) ?? []
  const name = (quoted ?? plain ?? '').trim()
  return bare.test(address) && !/[\p{C}\p{Zl}\p{Zp}]/u.test(name) ? { name, address } : undefined
}
