import type { ApiType } from './authorizer-rules.ts'

/** A route of the gateway. */
export interface Route {
  /** As API Gateway writes it: `/orders/{id}`, `/files/{proxy+}`, or `$default` for whatever no other route takes. */
  readonly path: string
  /** Upper case; undefined: any. */
  readonly methods: readonly string[] | undefined
  /** The name of an authorizer; undefined: open to everybody. */
  readonly authorizer: string | undefined
  readonly scopes: readonly string[]
}

type Rank = 0 | 1 | 2 | 3

const rankOf = (part: string): Rank => (part.endsWith('+}') ? 1 : part.startsWith('{') ? 2 : 3)

const partsOf = ({ path }: Route): readonly string[] => (path === '/' ? [] : path.slice(1).split('/'))

/** How closely a route fits a path, a digit for each of its segments, or undefined. */
const fitOf = (route: Route, segments: readonly string[]): string | undefined => {
  if (route.path === '$default') return ''
  const parts = partsOf(route)
  const isGreedy = parts.at(-1)?.endsWith('+}') === true
  if (isGreedy ? segments.length < parts.length : segments.length !== parts.length) return undefined
  // An empty segment is what stands behind a slash at the end.
  const fits = parts.every((part, index) => (rankOf(part) === 3 ? part === segments[index] : rankOf(part) === 1 || segments[index] !== ''))
  // The root outranks $default.
  return fits ? `4${parts.map(rankOf).join('')}` : undefined
}

/**
 * The route that takes a request: the closest path, and of the same path one that names the method before one for all. In an HTTP API a
 * path whose route has another method leaves the request to the next one (guide, "Create routes for HTTP APIs"); in a REST API it is
 * refused.
 */
export const findRoute = (api: ApiType, routes: readonly Route[], method: string, segments: readonly string[]): Route | undefined => {
  const fitting = routes
    .map((route) => ({ route, fit: fitOf(route, segments) }))
    .filter((one): one is { route: Route; fit: string } => one.fit !== undefined)
    .sort((a, b) =>
      a.fit === b.fit ? Number(a.route.methods === undefined) - Number(b.route.methods === undefined) : a.fit < b.fit ? 1 : -1,
    )
  const best = fitting[0]?.fit
  const candidates = api === 'REST' ? fitting.filter(({ fit }) => fit === best) : fitting
  return candidates.find(({ route }) => route.methods?.includes(method) ?? true)?.route
}
