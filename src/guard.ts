import { type Clock, systemClock } from './clock.ts'
import type { ApiType, TokenClaims } from './guard/authorizer-rules.ts'
import { fetchJson } from './guard/fetch-json.ts'
import { denialReply, faultReply, type GatewayReply } from './guard/gateway-reply.ts'
import { createJudge } from './guard/judge-token.ts'
import { createPublicKeys, KeysUnreachable } from './guard/public-keys.ts'
import { readAuthorizer } from './guard/read-authorizer.ts'
import { readNeed } from './guard/read-need.ts'
import { RoutesFault } from './guard/routes-values.ts'

export type { ApiType, TokenClaims } from './guard/authorizer-rules.ts'
export type { GatewayReply } from './guard/gateway-reply.ts'

/** What a guard believes. */
export interface GuardOptions {
  /** `REST` (the default): ID tokens, and access tokens where scopes are asked for. `HTTP`: both, by `audience`. */
  readonly api?: ApiType
  /** The `iss` of the tokens: the server's URL and the pool's id. Either this or `userPoolId`. */
  readonly issuer?: string
  /** A user pool whose tokens name AWS as their issuer. */
  readonly userPoolId?: string
  /** Where the keys are; by default the issuer's discovery document says it. */
  readonly jwksUrl?: string
  /** App clients whose tokens are good; without it, in `REST` alone, all of the pool. */
  readonly audience?: string | readonly string[]
  /** In `HTTP`: takes only tokens of this kind. */
  readonly tokenUse?: 'id' | 'access'
  /** By how many seconds clocks may differ (5). */
  readonly leeway?: number
}

/** What a route asks for; nothing else is known, so that a misspelt word opens no route. */
export interface GuardNeed {
  /** Any one of these is enough. */
  readonly scopes?: string | readonly string[]
}

/** What handlers find as `authorizer`, like Lambda functions in `event.requestContext.authorizer`. */
export interface Authorized {
  readonly claims: TokenClaims
}

/** A token is good, or this is what to answer. */
export type Verdict = { readonly allowed: true; readonly claims: TokenClaims } | ({ readonly allowed: false } & GatewayReply)

interface NodeRequest {
  readonly headers: { readonly authorization?: string | undefined }
}

interface NodeResponse {
  statusCode: number
  setHeader(name: string, value: string): unknown
  end(body: string): unknown
}

interface FastifyReply {
  code(status: number): unknown
  headers(values: Record<string, string>): unknown
  send(body: string): unknown
}

interface HonoContext {
  readonly req: { header(name: string): string | undefined }
  set(name: 'authorizer', value: Authorized): void
}

/** Checks tokens in an application's own process; middleware for a need that can't be obeyed is not made: it throws. */
export interface Guard {
  /** Judges the value of an Authorization header: the token, bare or after `Bearer`. Rejects only for a need that can't be obeyed. */
  check(authorization: string | undefined, need?: GuardNeed): Promise<Verdict>
  /** Middleware for Express, Connect and node:http: claims are in `request.authorizer`. */
  express(need?: GuardNeed): (request: NodeRequest, response: NodeResponse, next: (error?: unknown) => void) => Promise<void>
  /** A hook for Fastify (`onRequest` or `preHandler`): claims are in `request.authorizer`. */
  fastify(need?: GuardNeed): (request: NodeRequest, reply: FastifyReply) => Promise<unknown>
  /** Middleware for Hono: claims are in `c.get('authorizer')`. */
  hono(need?: GuardNeed): (context: HonoContext, next: () => Promise<void>) => Promise<Response | undefined>
}

const withAuthorizer = (request: NodeRequest, claims: TokenClaims): void => {
  const authorized: Authorized = { claims }
  Object.assign(request, { authorizer: authorized })
}

const send = (response: NodeResponse, verdict: GatewayReply): void => {
  response.statusCode = verdict.status
  for (const [name, value] of Object.entries(verdict.headers)) response.setHeader(name, value)
  response.end(verdict.body)
}

type Check = (authorization: unknown, scopes: readonly string[]) => Promise<Verdict>

const adaptersOf = (check: Check): Omit<Guard, 'check'> => ({
  express: (need) => {
    const scopes = readNeed(need, 'guard.express')
    return async (request, response, next) => {
      try {
        const verdict = await check(request.headers.authorization, scopes)
        if (!verdict.allowed) return send(response, verdict)
        withAuthorizer(request, verdict.claims)
      } catch (error) {
        // Express 4 would leave the request without an answer.
        return next(error)
      }
      next()
    }
  },
  fastify: (need) => {
    const scopes = readNeed(need, 'guard.fastify')
    return async (request, reply) => {
      const verdict = await check(request.headers.authorization, scopes)
      if (verdict.allowed) return void withAuthorizer(request, verdict.claims)
      reply.code(verdict.status)
      reply.headers({ ...verdict.headers })
      // Fastify stops at a hook that returns the reply it has sent.
      reply.send(verdict.body)
      return reply
    }
  },
  hono: (need) => {
    const scopes = readNeed(need, 'guard.hono')
    return async (context, next) => {
      const verdict = await check(context.req.header('authorization'), scopes)
      if (!verdict.allowed) return new Response(verdict.body, { status: verdict.status, headers: { ...verdict.headers } })
      context.set('authorizer', { claims: verdict.claims })
      await next()
      return undefined
    }
  },
})

/** `audience: process.env.CLIENT` without such a variable must not let every client in. */
const refuseMisplaced = (options: object): void => {
  if (Object.hasOwn(options, 'identitySource'))
    throw new RoutesFault('createGuard.identitySource is for the gateway: the middleware reads Authorization, and check() takes any value.')
  const [missing] = Object.entries(options).find(([name, value]) => value === undefined && ['audience', 'tokenUse'].includes(name)) ?? []
  if (missing !== undefined) throw new RoutesFault(`createGuard.${missing} is undefined. Leave it out where it does not matter.`)
}

/** A guard on any clock. @internal */
export const createGuardOn = (clock: Clock, { api = 'REST', ...options }: GuardOptions): Guard => {
  if (api !== 'REST' && api !== 'HTTP') throw new Error(`createGuard: api is ${JSON.stringify(api)}. It must be REST or HTTP.`)
  refuseMisplaced(options)
  const { rules, jwksUrl } = readAuthorizer(api, options, 'createGuard')
  const judge = createJudge(rules, createPublicKeys({ issuer: rules.issuer, jwksUrl }, { clock, fetchJson }), clock)
  const check: Check = async (authorization, scopes) => {
    try {
      const judgement = await judge(typeof authorization === 'string' ? authorization : undefined, scopes)
      if ('claims' in judgement) return { allowed: true, claims: judgement.claims }
      return { allowed: false, ...denialReply(api, judgement.denied, scopes) }
    } catch (error) {
      if (!(error instanceof KeysUnreachable)) throw error
      return { allowed: false, ...faultReply(api, 'no-keys') }
    }
  }
  return { check: async (authorization, need) => check(authorization, readNeed(need, 'guard.check')), ...adaptersOf(check) }
}

/**
 * A guard for the routes of an application that judges tokens as API Gateway does. Keys are read at first need and kept: nothing is
 * fetched per request. Throws for options that contradict each other.
 */
export const createGuard = (options: GuardOptions): Guard => createGuardOn(systemClock, options)
