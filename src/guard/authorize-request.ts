import type { Clock } from '../clock.ts'
import { claimHeaders, claimsHeader } from './claim-headers.ts'
import { createRouter } from './create-router.ts'
import { denialReply, faultReply, type GatewayReply } from './gateway-reply.ts'
import { createJudge } from './judge-token.ts'
import { createPublicKeys, type FetchJson, KeysUnreachable } from './public-keys.ts'
import type { NamedAuthorizer } from './read-authorizer.ts'
import type { GatewayRoutes } from './read-routes.ts'

/** What the gateway decides by. */
export interface AskedRequest {
  readonly method: string
  /** Path and query, as they stand in the request line. */
  readonly target: string
  /** A header by its name in lower case; one that is repeated as one text, joined with commas. */
  readonly header: (name: string) => string | undefined
}

/** The decision: headers for the upstream, or what to answer instead. */
export type Decision = { readonly claimHeaders: Readonly<Record<string, string>> } | { readonly refusal: GatewayReply }

/** Decides about requests by the routes. */
export type AuthorizeRequest = (request: AskedRequest) => Promise<Decision>

/** What is given twice stays together, and so is no token: the upstream could take another one of them than is judged here. */
const shownTo = ({ source }: NamedAuthorizer, { header }: AskedRequest, query: string): string | undefined => {
  if (source.in === 'header') return header(source.name)
  const given = new URLSearchParams(query).getAll(source.name)
  return given.length === 0 ? undefined : given.join(', ')
}

/** The gateway's decision by its routes; `onFault` hears why keys could not be read. */
export const createAuthorizeRequest = (
  { api, authorizers, routes }: GatewayRoutes,
  with_: { readonly clock: Clock; readonly fetchJson: FetchJson; readonly onFault: (sentence: string) => void },
): AuthorizeRequest => {
  const judges = new Map(
    [...authorizers].map(([name, { rules, jwksUrl }]) => [
      name,
      createJudge(rules, createPublicKeys({ issuer: rules.issuer, jwksUrl }, with_), with_.clock),
    ]),
  )
  const routeOf = createRouter({ api, routes })
  return async (request) => {
    const [path = '', query = ''] = request.target.split(/\?(.*)/s)
    const route = routeOf(request.method, path)
    if (typeof route === 'string') return { refusal: faultReply(api, route) }
    // Also where nobody had to sign in: a proxy in front would otherwise leave a client's own in place.
    if (route.authorizer === undefined) return { claimHeaders: { [claimsHeader]: '{}' } }
    const authorizer = authorizers.get(route.authorizer)
    const judge = judges.get(route.authorizer)
    if (authorizer === undefined || judge === undefined) return { refusal: faultReply(api, 'no-keys') }
    try {
      const judgement = await judge(shownTo(authorizer, request, query), route.scopes)
      return 'claims' in judgement
        ? { claimHeaders: claimHeaders(api, judgement.claims) }
        : { refusal: denialReply(api, judgement.denied, route.scopes) }
    } catch (error) {
      if (!(error instanceof KeysUnreachable)) throw error
      with_.onFault(error.message)
      return { refusal: faultReply(api, 'no-keys') }
    }
  }
}
