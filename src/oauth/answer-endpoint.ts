import type { Context } from '../context.ts'
import type { Endpoint, OAuthRequest, TakeRate } from './endpoint.ts'
import { OAuthError } from './oauth-error.ts'
import { type OAuthReply, oauthFault, oauthPreflight, oauthRefusal, oauthSuccess } from './reply.ts'
import { revoke } from './revoke.ts'
import { token } from './token.ts'
import { userInfo } from './user-info.ts'

/** An endpoint and the one method that it takes. */
export interface ServedEndpoint {
  /** As the audit trail, the log and the metrics call it. */
  readonly name: string
  readonly method: 'GET' | 'POST'
  readonly answer: Endpoint
}

const endpoints: readonly ServedEndpoint[] = [
  { name: 'oauth2/token', method: 'POST', answer: token },
  { name: 'oauth2/revoke', method: 'POST', answer: revoke },
  { name: 'oauth2/userInfo', method: 'GET', answer: userInfo },
]
const byPath = new Map(endpoints.map((endpoint) => [`/${endpoint.name}`, endpoint]))

/** The endpoint at a path; undefined for any other path. */
export const findEndpoint = (path: string): ServedEndpoint | undefined => byPath.get(path)

// guess: an OAuth endpoint answers another method with status 405.
const otherMethod = (method: string) =>
  new OAuthError('invalid_request', {
    description: `The endpoint takes ${method} requests only.`,
    status: 405,
    headers: { allow: `OPTIONS, ${method}` },
  })

/** Answers a request to an endpoint; never rejects. */
export const answerEndpoint = async (
  ctx: Context,
  { name: operation, method, answer }: ServedEndpoint,
  request: OAuthRequest,
  takeRate: TakeRate,
): Promise<OAuthReply> => {
  const { requestId } = ctx.call
  if (request.method === 'OPTIONS') return oauthPreflight(requestId, method)
  try {
    if (request.method !== method) throw otherMethod(method)
    const reply = oauthSuccess(requestId, await answer(ctx, request, takeRate))
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
