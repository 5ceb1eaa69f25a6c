import { isObject } from '../domain/is-object.ts'
import type { ApiType } from './authorizer-rules.ts'
import type { Route } from './find-route.ts'
import { type NamedAuthorizer, readAuthorizer } from './read-authorizer.ts'
import { RoutesFault, refuseUnknownKeys, scopeList, textList } from './routes-values.ts'

/** What routes.yaml says. */
export interface GatewayRoutes {
  readonly api: ApiType
  readonly authorizers: ReadonlyMap<string, NamedAuthorizer>
  readonly routes: readonly Route[]
}

const open = 'NONE'
const methods = ['ANY', 'DELETE', 'GET', 'HEAD', 'OPTIONS', 'PATCH', 'POST', 'PUT']

const pathFault = (path: unknown): string | undefined => {
  if (path === '$default') return undefined
  if (typeof path !== 'string' || !path.startsWith('/')) return 'must be a path such as /orders/{id}, or $default'
  if (path === '/') return undefined
  const parts = path.slice(1).split('/')
  const isPart = (part: string, index: number) =>
    /^(?:\{[\w.-]+\}|[^{}+?#%\s]+)$/.test(part) || (index === parts.length - 1 && /^\{[\w.-]+\+\}$/.test(part))
  return parts.every(isPart) && !parts.includes('.') && !parts.includes('..')
    ? undefined
    : 'must consist of names, {parameters} and at the end perhaps {proxy+}, without a slash at the end; escapes are written as what they stand for'
}

const readMethods = (value: unknown, at: string): readonly string[] | undefined => {
  const given = textList(value === undefined ? ['ANY'] : value, at).map((method) => method.toUpperCase())
  const strange = given.find((method) => !methods.includes(method))
  if (strange !== undefined) throw new RoutesFault(`${at} has ${strange}; methods are ${methods.join(', ')}.`)
  return given.includes('ANY') ? undefined : given
}

const readAuthorizerName = (value: unknown, at: string, known: ReadonlyMap<string, NamedAuthorizer>): string | undefined => {
  if (value === open) return undefined
  const [only] = known.keys()
  if (value === undefined && known.size === 1) return only
  if (typeof value === 'string' && known.has(value)) return value
  const names = [...known.keys(), open].join(', ')
  throw new RoutesFault(`${at} ${value === undefined ? 'is missing' : `is ${JSON.stringify(value)}`}; it must be one of ${names}.`)
}

const readRoute = (value: unknown, at: string, authorizers: ReadonlyMap<string, NamedAuthorizer>): Route => {
  if (!isObject(value)) throw new RoutesFault(`${at} must have a path and more.`)
  refuseUnknownKeys(value, at, ['path', 'methods', 'authorizer', 'scopes'])
  const fault = pathFault(value['path'])
  if (fault !== undefined) throw new RoutesFault(`${at}.path is ${JSON.stringify(value['path'])}. It ${fault}.`)
  const authorizer = readAuthorizerName(value['authorizer'], `${at}.authorizer`, authorizers)
  const scopes = value['scopes'] === undefined ? [] : scopeList(value['scopes'], `${at}.scopes`)
  if (authorizer === undefined && scopes.length > 0) throw new RoutesFault(`${at} has scopes, but no authorizer that could ask for them.`)
  return { path: value['path'] as string, methods: readMethods(value['methods'], `${at}.methods`), authorizer, scopes }
}

const refuseTwins = (routes: readonly Route[]): void => {
  const seen = new Map<string, number>()
  for (const [index, { path, methods: named }] of routes.entries()) {
    const shape = path.replace(/\{[^}]*?(\+?)\}/g, '{$1}')
    for (const method of named ?? ['ANY']) {
      const key = `${method} ${shape}`
      const first = seen.get(key)
      if (first !== undefined) throw new RoutesFault(`routes[${first}] and routes[${index}] are both ${method} ${path}.`)
      seen.set(key, index)
    }
  }
}

/** What routes.yaml says, after parsing; throws RoutesFault with a sentence that names the place. */
export const readRoutes = (document: unknown): GatewayRoutes => {
  if (!isObject(document)) throw new RoutesFault('It must have authorizers and routes.')
  refuseUnknownKeys(document, '', ['api', 'authorizers', 'routes'])
  const api = document['api'] ?? 'REST'
  if (api !== 'REST' && api !== 'HTTP') throw new RoutesFault(`api is ${JSON.stringify(api)}. It must be REST or HTTP.`)
  const given = document['authorizers'] ?? {}
  if (!isObject(given)) throw new RoutesFault('authorizers must be an object: a name for each, and what it is.')
  const authorizers = new Map(
    Object.entries(given).map(([name, value]) => {
      if (name === open) throw new RoutesFault(`authorizers.${open}: the name is taken, it means that there is none.`)
      return [name, readAuthorizer(api, value, `authorizers.${name}`)]
    }),
  )
  const list = document['routes']
  if (!Array.isArray(list) || list.length === 0) throw new RoutesFault('routes must be a list with at least one route.')
  const routes = list.map((value, index) => readRoute(value, `routes[${index}]`, authorizers))
  refuseTwins(routes)
  return { api, authorizers, routes }
}
