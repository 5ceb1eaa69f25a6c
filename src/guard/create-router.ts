import { findRoute, type Route } from './find-route.ts'
import type { GatewayFault } from './gateway-reply.ts'
import { otherReadings } from './path-readings.ts'
import type { GatewayRoutes } from './read-routes.ts'
import { segmentsOf } from './segments-of.ts'

/** The route of a request by its method and its path as it stands in the request line, or why there is none. */
export type FindRequestRoute = (method: string, path: string) => Route | Extract<GatewayFault, 'bad-request' | 'no-route'>

const asksTheSame = (a: Route, b: Route): boolean =>
  a.authorizer === b.authorizer && a.scopes.length === b.scopes.length && a.scopes.every((scope) => b.scopes.includes(scope))

const lower = (text: string): string => text.toLowerCase()

/**
 * Routes that can't be gone round by another spelling: where an upstream that ignores case, a slash at the end, `;parameters` or one level of
 * escapes more, or that answers HEAD like GET, could take a request for one of a route that asks for something else, there is no route.
 */
export const createRouter = ({ api, routes }: Pick<GatewayRoutes, 'api' | 'routes'>): FindRequestRoute => {
  const folded = routes.map((route) => ({ ...route, path: lower(route.path) }))
  const isLower = routes.every(({ path }) => path === lower(path))
  const opensMore = (chosen: Route, read: Route | undefined): boolean =>
    read === undefined || (read.authorizer !== undefined && !asksTheSame(chosen, read))
  const isAsked = (chosen: Route) => routes.some((route) => opensMore(chosen, route))

  return (method, path) => {
    const segments = segmentsOf(path)
    if (segments === undefined) return 'bad-request'
    // To an HTTP API `/health/` is another path than `/health`, to a REST API the same.
    const isSlashed = api === 'HTTP' && segments.length > 0 && path.endsWith('/')
    const chosen = findRoute(api, routes, method, isSlashed ? [...segments, ''] : segments)
    if (chosen === undefined) return 'no-route'
    const isTakenForMore = (reading: readonly string[]): boolean =>
      opensMore(chosen, findRoute(api, folded, method, reading.map(lower))) ||
      // An upstream that has no route of its own for HEAD does what it does for GET.
      (method === 'HEAD' &&
        chosen.methods?.includes('HEAD') !== true &&
        opensMore(chosen, findRoute(api, folded, 'GET', reading.map(lower)) ?? chosen))
    const isMisread = (reading: readonly string[]): boolean => isTakenForMore(reading) || (isSlashed && isTakenForMore([...reading, '']))
    const others = otherReadings(path, segments)
    const isPlain = isLower && !isSlashed && method !== 'HEAD' && segments.every((segment) => segment === lower(segment))
    if (!isPlain && isMisread(segments)) return 'bad-request'
    for (const reading of others) if (reading === undefined ? isAsked(chosen) : isMisread(reading)) return 'bad-request'
    return chosen
  }
}
