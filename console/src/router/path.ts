import { basePath } from '../api/console-url.ts'

/** The parts of an address that a pattern names, unescaped. */
export type Params = Readonly<Record<string, string>>

// `.` and `..` mean folders to a browser, escaped too, and `create` is the page on which a thing is made; everything else is safe once it
// is escaped.
const escapePart = (value: string): string => encodeURIComponent(/^(?:~|(?:\.\.?|create)$)/.test(value) ? `~${value}` : value)
const unescapePart = (part: string): string => decodeURIComponent(part).replace(/^~/, '')

/** The path of an address below the console, without the console's own path and slashes at its ends. */
export const pathBelow = (pathname: string): string =>
  (pathname.startsWith(basePath) ? pathname.slice(basePath.length) : '').replace(/\/+$/, '')

/** The address of a page: each `:name` of the pattern is replaced by its value. */
export const hrefOf = (pattern: string, params: Params = {}): string =>
  basePath + pattern.replace(/:(\w+)/g, (_, name: string) => escapePart(params[name] ?? ''))

/** What a path says where a pattern has `:name`; undefined when it doesn't fit. */
export const matchPath = (pattern: string, path: string): Params | undefined => {
  const expected = pattern.split('/')
  const parts = path.split('/')
  if (expected.length !== parts.length) return undefined
  const params: Record<string, string> = {}
  for (const [at, wanted] of expected.entries()) {
    const part = parts[at] ?? ''
    if (!wanted.startsWith(':')) {
      if (wanted !== part) return undefined
      continue
    }
    if (part === '') return undefined
    try {
      params[wanted.slice(1)] = unescapePart(part)
    } catch {
      return undefined
    }
  }
  return params
}
