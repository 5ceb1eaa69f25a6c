import { isObject } from '../domain/is-object.ts'
import { RoutesFault, refuseUnknownKeys, scopeList } from './routes-values.ts'

/** The scopes that a route of an application asks for; throws RoutesFault for anything that is no such need. */
export const readNeed = (need: unknown, at: string): readonly string[] => {
  if (need === undefined) return []
  if (!isObject(need)) throw new RoutesFault(`${at} takes nothing, or what the route asks for: { scopes: ['shop/read'] }.`)
  refuseUnknownKeys(need, at, ['scopes'])
  // `undefined` where the word itself is there is a list that somebody lost.
  return Object.hasOwn(need, 'scopes') ? scopeList(need['scopes'], `${at}.scopes`) : []
}
