import { matchPath, type Params } from '../router/path.ts'
import type { Route } from '../routes/route.ts'
import { routes } from '../routes.ts'

/** The page of a path, and what the path says to it; a fixed part of a path wins over a named one. */
export const findRoute = (path: string): { readonly route: Route; readonly params: Params } | undefined => {
  const found = routes.flatMap((route) => {
    const params = matchPath(route.path, path)
    return params === undefined ? [] : [{ route, params }]
  })
  return found.sort((a, b) => Object.keys(a.params).length - Object.keys(b.params).length)[0]
}
