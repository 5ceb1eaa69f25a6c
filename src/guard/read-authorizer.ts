import { isObject } from '../domain/is-object.ts'
import type { ApiType, AuthorizerRules } from './authorizer-rules.ts'
import { poolIssuer } from './pool-issuer.ts'
import { RoutesFault, refuseUnknownKeys, textList } from './routes-values.ts'

/** Where a request shows its token; names of headers in lower case. */
export interface IdentitySource {
  readonly in: 'header' | 'query'
  readonly name: string
}

/** An authorizer of routes.yaml. */
export interface NamedAuthorizer {
  readonly rules: AuthorizerRules
  readonly jwksUrl: string | undefined
  readonly source: IdentitySource
}

const defaultLeeway = 5
const maxLeeway = 300

const isWebUrl = (value: unknown): value is string =>
  typeof value === 'string' && URL.canParse(value) && /^https?:$/.test(new URL(value).protocol)

const readSource = (value: unknown, at: string): IdentitySource => {
  const text = value ?? 'Authorization'
  const [, header, query] =
    (typeof text === 'string' &&
      /^(?:(?:\$request\.header\.|method\.request\.header\.)?([\w-]+)|\$request\.querystring\.([\w.-]+))$/.exec(text)) ||
    []
  if (header !== undefined) return { in: 'header', name: header.toLowerCase() }
  if (query !== undefined) return { in: 'query', name: query }
  throw new RoutesFault(`${at} is ${JSON.stringify(value)}. It must be a header such as Authorization, or $request.querystring.NAME.`)
}

const readIssuer = (value: Readonly<Record<string, unknown>>, at: string): string => {
  const { issuer, userPoolId } = value
  if ((issuer === undefined) === (userPoolId === undefined)) throw new RoutesFault(`${at} must have either issuer or userPoolId.`)
  if (issuer === undefined) {
    const named = poolIssuer(String(userPoolId))
    if (named === undefined)
      throw new RoutesFault(`${at}.userPoolId is ${JSON.stringify(userPoolId)}. It must be an id such as us-east-1_EXAMPLE.`)
    return named
  }
  if (!isWebUrl(issuer)) throw new RoutesFault(`${at}.issuer is ${JSON.stringify(issuer)}. It must be the URL that tokens have as iss.`)
  return issuer
}

const readAudience = (api: ApiType, value: unknown, at: string): readonly string[] | undefined => {
  if (value === undefined && api === 'REST') return undefined
  if (value === undefined) throw new RoutesFault(`${at} is missing: the ids of the app clients whose tokens are good.`)
  const audience = textList(value, at)
  if (audience.length === 0) throw new RoutesFault(`${at} is empty, so that no token would be good.`)
  return audience
}

const readTokenUse = (api: ApiType, value: unknown, at: string): 'id' | 'access' | undefined => {
  if (value === undefined) return undefined
  if (api === 'REST') throw new RoutesFault(`${at} has no place in a REST API: routes with scopes take access tokens, others ID tokens.`)
  if (value === 'id' || value === 'access') return value
  throw new RoutesFault(`${at} is ${JSON.stringify(value)}. It must be id or access.`)
}

const readLeeway = (value: unknown, at: string): number => {
  if (value === undefined) return defaultLeeway
  if (typeof value === 'number' && value >= 0 && value <= maxLeeway) return value
  throw new RoutesFault(`${at} is ${JSON.stringify(value)}. It must be seconds, 0 to ${maxLeeway}.`)
}

/** An authorizer of routes.yaml or of a guard; throws RoutesFault. */
export const readAuthorizer = (api: ApiType, value: unknown, at: string): NamedAuthorizer => {
  if (!isObject(value)) throw new RoutesFault(`${at} must have an issuer and more.`)
  refuseUnknownKeys(value, at, ['issuer', 'userPoolId', 'jwksUrl', 'audience', 'tokenUse', 'identitySource', 'leeway'])
  const { jwksUrl } = value
  if (jwksUrl !== undefined && !isWebUrl(jwksUrl)) throw new RoutesFault(`${at}.jwksUrl is ${JSON.stringify(jwksUrl)}. It must be a URL.`)
  return {
    rules: {
      api,
      issuer: readIssuer(value, at),
      audience: readAudience(api, value['audience'], `${at}.audience`),
      tokenUse: readTokenUse(api, value['tokenUse'], `${at}.tokenUse`),
      leeway: readLeeway(value['leeway'], `${at}.leeway`),
    },
    jwksUrl,
    source: readSource(value['identitySource'], `${at}.identitySource`),
  }
}
