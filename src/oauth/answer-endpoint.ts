import type { Context, Policy } from '../context.ts'
import type { Endpoint, OAuthRequest, TakeRate } from './endpoint.ts'
import { introspect } from './introspect.ts'
import { OAuthError } from './oauth-error.ts'
import { register, registerIn } from './register.ts'
import { type OAuthReply, oauthFault, oauthPreflight, oauthRefusal, oauthSuccess } from './reply.ts'
import { revoke } from './revoke.ts'
import { token } from './token.ts'
import { userInfo } from './user-info.ts'

/** An endpoint and the methods that it takes. */
export interface ServedEndpoint {
  /** As the audit trail, the log and the metrics call it. */
  readonly name: string
  readonly methods: readonly ('GET' | 'POST')[]
  readonly answer: Endpoint
  /** Of a success; 200 unless said otherwise. */
  readonly status?: 201
  /** Whether this server has the endpoint; it does unless this says otherwise. */
  readonly isServed?: (policy: Policy) => boolean
}

const posts = ['POST'] as const
const registration = { name: 'oauth2/register', methods: posts, status: 201 } as const
// OpenID Connect Core 5.3.1 has both methods; the guide has GET alone.
const userInfoPlain = { name: 'oauth2/userInfo', methods: ['GET'], answer: userInfo } as const
const userInfoStrict = { ...userInfoPlain, methods: ['GET', 'POST'] } as const

const endpoints: readonly ServedEndpoint[] = [
  { name: 'oauth2/token', methods: posts, answer: token },
  { name: 'oauth2/revoke', methods: posts, answer: revoke },
  { ...userInfoPlain, isServed: ({ strictOidc }) => !strictOidc },
  { ...userInfoStrict, isServed: ({ strictOidc }) => strictOidc },
  { ...registration, answer: register },
  { name: 'oauth2/introspect', methods: posts, answer: introspect, isServed: ({ introspection }) => introspection },
]
const byPath = Map.groupBy(endpoints, ({ name }) => `/${name}`)

const registrationPath = new RegExp(`^/([\\w-]+_[0-9a-zA-Z]+)/${registration.name}$`)

/** The endpoint at a path, the registration of each pool too; undefined for any other path. */
export const findEndpoint = (path: string, policy: Policy): ServedEndpoint | undefined => {
  const [, poolId] = registrationPath.exec(path) ?? []
  if (poolId !== undefined) return { ...registration, answer: registerIn(poolId) }
  return byPath.get(path)?.find(({ isServed }) => isServed?.(policy) ?? true)
}

// guess: an OAuth endpoint answers another method with status 405.
const otherMethod = (methods: readonly string[]) =>
  new OAuthError('invalid_request', {
    description: `The endpoint takes ${methods.join(' and ')} requests only.`,
    status: 405,
    headers: { allow: ['OPTIONS', ...methods].join(', ') },
  })

/** Answers a request to an endpoint; never rejects. */
export const answerEndpoint = async (
  ctx: Context,
  { name: operation, methods, answer, status }: ServedEndpoint,
  request: OAuthRequest,
  takeRate: TakeRate,
): Promise<OAuthReply> => {
  const { requestId } = ctx.call
  if (request.method === 'OPTIONS') return oauthPreflight(requestId, methods)
  try {
    if (!methods.some((method) => method === request.method)) throw otherMethod(methods)
    const reply = oauthSuccess(requestId, await answer(ctx, request, takeRate), status)
    ctx.meter.count('requests', { operation, outcome: 'ok' })
    return reply
  } catch (error) {
    if (error instanceof OAuthError) {
      ctx.meter.count('requests', { operation, outcome: error.error })
      ctx.log.debug({ requestId, operation, code: error.error }, 'refused')
      return oauthRefusal(requestId, error)
    }
    ctx.meter.count('requests', { operation, outcome: 'server_error' })
    ctx.log.error({ requestId, operation, err: error }, 'a request failed because of a fault of the server')
    return oauthFault(requestId)
  }
}
