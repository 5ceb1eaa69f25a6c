import { hash } from 'node:crypto'

/** A request as it came: `path` and `query` (without `?`) still escaped; a header given as a list counts as sent several times. */
export interface SignedRequest {
  method: string
  path: string
  query: string
  headers: Readonly<Record<string, string | readonly string[]>>
  body: Uint8Array
}

/** Header values by lower-case name: several of one name are joined by commas, runs of white space folded. */
export const foldHeaders = (headers: SignedRequest['headers']): Map<string, string> => {
  const folded = new Map<string, string>()
  for (const [name, value] of Object.entries(headers)) {
    const key = name.toLowerCase()
    const line = typeof value === 'string' ? foldSpace(value) : value.map(foldSpace).join(',')
    const before = folded.get(key)
    folded.set(key, before === undefined ? line : `${before},${line}`)
  }
  return folded
}

const foldSpace = (value: string): string => value.trim().replace(/\s+/g, ' ')

/** The canonical form of a request under SigV4; the payload's hash is always that of the body. */
export const canonicalRequest = (request: SignedRequest, signedHeaders: readonly string[]): string => {
  const folded = foldHeaders(request.headers)
  const headers = signedHeaders.map((name) => `${name}:${folded.get(name) ?? ''}\n`)
  const bodyHash = hash('sha256', request.body, 'hex')
  return [
    request.method,
    canonicalPath(request.path),
    canonicalQuery(request.query),
    headers.join(''),
    signedHeaders.join(';'),
    bodyHash,
  ].join('\n')
}

/** RFC 3986: everything but unreserved characters escaped, in upper case. */
const escapeStrict = (text: string): string =>
  encodeURIComponent(text).replace(/[!'()*]/g, (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`)

// Every service but S3 escapes the path, which is escaped already, once more, and drops empty and dot segments.
const canonicalPath = (path: string): string => {
  const kept: string[] = []
  for (const segment of path.split('/')) {
    if (segment === '..') kept.pop()
    else if (segment !== '' && segment !== '.') kept.push(segment)
  }
  const joined = kept.length === 0 ? '/' : `/${kept.join('/')}${path.endsWith('/') ? '/' : ''}`
  return escapeStrict(joined.toWellFormed()).replaceAll('%2F', '/')
}

const canonicalQuery = (query: string): string =>
  query
    .split('&')
    .filter(Boolean)
    .map((pair) => {
      const [name = '', ...value] = pair.split('=')
      return [name, value.join('=')].map(escapeAgain) as [string, string]
    })
    .sort(([nameA, valueA], [nameB, valueB]) => compare(nameA, nameB) || compare(valueA, valueB))
    .map(([name, value]) => `${name}=${value}`)
    .join('&')

const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0)

const escapeAgain = (text: string): string => {
  try {
    return escapeStrict(decodeURIComponent(text))
  } catch {
    return escapeStrict(text.toWellFormed())
  }
}
