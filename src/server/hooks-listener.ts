import type { RequestListener } from 'node:http'
import { getRequestListener } from '@hono/node-server'
import { Hono } from 'hono'
import { bodyLimit } from 'hono/body-limit'
import { HTTPException } from 'hono/http-exception'
import type { ApiReply } from '../api/api-request.ts'
import { faultReply, notUnderstoodReply } from '../api/reply.ts'
import type { Services } from '../context.ts'
import { withSafeHeaders } from './plain-reply.ts'

/** What requests of hooks need beside the hooks. */
export interface HooksListenerOptions {
  readonly services: Pick<Services, 'random' | 'log'>
  /** Bytes; more are refused with 413. */
  readonly maxBody: number
}

const toResponse = ({ status, headers, body }: ApiReply) => new Response(body, { status, headers })

/** Serves test hooks under /_poolhouse/, and hides what goes wrong in them. */
export const createHooksListener = (hooks: Hono, { services: { random, log }, maxBody }: HooksListenerOptions): RequestListener => {
  const app = new Hono()
  const { headers: safe } = withSafeHeaders({ status: 200, headers: {}, body: '' })
  app.use(async (c, next) => {
    await next()
    for (const [name, value] of Object.entries(safe)) if (!c.res.headers.has(name)) c.header(name, value)
  })
  // Only for requests that have a body: the limiter fails on others that name no length.
  app.post('/_poolhouse/*', bodyLimit({ maxSize: maxBody }))
  app.route('/_poolhouse', hooks)
  app.notFound(() => toResponse(notUnderstoodReply(random.uuid())))
  app.onError((error) => {
    if (error instanceof HTTPException) return error.getResponse()
    const requestId = random.uuid()
    log.error({ requestId, err: error }, 'a request failed because of a fault of the server')
    return toResponse(faultReply(requestId, 500, 'InternalErrorException', 'The server could not answer. Its log tells why.'))
  })
  return getRequestListener(app.fetch, { overrideGlobalObjects: false, hostname: 'localhost' })
}
