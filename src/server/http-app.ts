import type { IncomingMessage, RequestListener, ServerResponse } from 'node:http'
import { getRequestListener } from '@hono/node-server'
import { Hono } from 'hono'
import { bodyLimit } from 'hono/body-limit'
import { HTTPException } from 'hono/http-exception'
import type { ApiReply } from '../api/api-request.ts'
import { preflightReply } from '../api/cors.ts'
import type { Dispatcher } from '../api/dispatch.ts'
import { faultReply, notUnderstoodReply } from '../api/reply.ts'
import type { Console } from '../console/create-console.ts'
import type { Services } from '../context.ts'
import { findEndpoint, type ServedEndpoint } from '../oauth/answer-endpoint.ts'
import { findPage, type ServedPage } from '../pages/answer-page.ts'
import { clientAddress, type TrustedProxies } from './client-address.ts'
import { createConsoleListener, isConsolePath } from './console-listener.ts'
import { createHostGuard, hostRefusal } from './host-guard.ts'
import { createOAuthListener, type OAuthSettings } from './oauth-listener.ts'
import { createPagesListener } from './pages-listener.ts'
import { readBody } from './read-body.ts'
import { mountWellKnown } from './well-known.ts'

/** What the public listener is made of. */
export interface HttpAppOptions {
  readonly services: Services
  readonly dispatch: Dispatcher
  /** `dev`: names besides the loopback ones that the server answers for; undefined: any name (`serve`). */
  readonly allowedHosts: readonly string[] | undefined
  readonly trustedProxies: TrustedProxies
  readonly oauth: OAuthSettings
  /** Bytes; more are refused with 413. */
  readonly maxBody?: number
  /** Test hooks under /_poolhouse/; `serve` has none. */
  readonly hooks?: Hono | undefined
  /** The admin console; `serve` has none here. */
  readonly console?: Console | undefined
}

/** As much as AWS takes for a style of managed login (API_UpdateManagedLoginBranding); it takes less for any other operation. */
const largestBody = 2 * 1024 * 1024

/**
 * The public listener's request handler. `POST /` goes straight from node:http to the dispatcher, because a signature covers the
 * raw bytes and because it is what nearly every request is; everything else goes through Hono.
 */
export const createHttpApp = (options: HttpAppOptions): RequestListener => {
  const { services, dispatch, trustedProxies, maxBody = largestBody } = options
  const answers = options.allowedHosts === undefined ? () => true : createHostGuard(options.allowedHosts)
  const answerOAuth = createOAuthListener({ ...options.oauth, services, trustedProxies, maxBody })
  const answerWithPage = createPagesListener({ ...options.oauth, services, trustedProxies })
  const answerConsole = options.console && createConsoleListener(options.console, { trustedProxies, maxBody })
  const rest = getRequestListener(createRest(options).fetch, { overrideGlobalObjects: false, hostname: 'localhost' })

  const answerApi = async (incoming: IncomingMessage, outgoing: ServerResponse, path: string, query: string): Promise<void> => {
    const body = await readBody(incoming, maxBody)
    if (body === 'aborted') return
    if (body === 'too large') {
      outgoing.setHeader('connection', 'close')
      send(
        outgoing,
        faultReply(services.random.uuid(), 413, 'RequestEntityTooLargeException', `The request body is larger than ${maxBody} bytes.`),
      )
      return
    }
    // Node joins repeated headers into one text; only set-cookie, which no request has, is a list.
    const headers = incoming.headers as Record<string, string>
    const remoteAddress = clientAddress(incoming.socket.remoteAddress, headers['x-forwarded-for'], trustedProxies)
    send(outgoing, await dispatch({ method: 'POST', path, query, headers, body, remoteAddress }))
  }

  const answerEndpoint = async (incoming: IncomingMessage, outgoing: ServerResponse, endpoint: ServedEndpoint): Promise<void> => {
    const reply = await answerOAuth(incoming, endpoint)
    if (reply !== undefined) send(outgoing, reply)
  }

  const answerPage = async (incoming: IncomingMessage, outgoing: ServerResponse, page: ServedPage, path: string, search: string) => {
    const reply = await answerWithPage(incoming, page, path, search)
    if (reply === undefined) return
    const { status, headers, cookies, body } = reply
    outgoing.writeHead(status, {
      ...headers,
      'content-length': Buffer.byteLength(body),
      ...(cookies.length > 0 && { 'set-cookie': [...cookies] }),
    })
    outgoing.end(incoming.method === 'HEAD' ? undefined : body)
  }

  const broken = (outgoing: ServerResponse) => (error: unknown) => {
    services.log.error({ err: error }, 'a request failed outside the dispatcher')
    outgoing.destroy()
  }

  return (incoming, outgoing) => {
    // SDKs correct their own clock by this header, so it must be the clock that signatures are judged by.
    outgoing.setHeader('date', new Date(services.clock.now()).toUTCString())
    if (!answers(incoming.headers.host)) {
      outgoing.writeHead(403, { 'content-type': 'text/plain; charset=utf-8', connection: 'close' }).end(hostRefusal)
      return
    }
    const { method, url = '/' } = incoming
    const mark = url.indexOf('?')
    const path = mark < 0 ? url : url.slice(0, mark)
    if (method === 'OPTIONS' && path === '/') {
      send(outgoing, preflightReply)
      return
    }
    if (method === 'POST' && path === '/') {
      answerApi(incoming, outgoing, path, mark < 0 ? '' : url.slice(mark + 1)).catch(broken(outgoing))
      return
    }
    const endpoint = findEndpoint(path, services.policy)
    if (endpoint !== undefined) {
      answerEndpoint(incoming, outgoing, endpoint).catch(broken(outgoing))
      return
    }
    const page = findPage(path)
    if (page !== undefined) {
      answerPage(incoming, outgoing, page, path, mark < 0 ? '' : url.slice(mark + 1)).catch(broken(outgoing))
      return
    }
    if (answerConsole !== undefined && isConsolePath(path)) {
      answerConsole(incoming, outgoing, path).catch(broken(outgoing))
      return
    }
    void rest(incoming, outgoing)
  }
}

const send = (outgoing: ServerResponse, { status, headers, body }: ApiReply): void => {
  outgoing.writeHead(status, { ...headers, 'content-length': Buffer.byteLength(body) })
  outgoing.end(body)
}

const createRest = ({ services, hooks, maxBody = largestBody }: HttpAppOptions): Hono => {
  const app = new Hono()
  const reply = ({ status, headers, body }: ApiReply) => new Response(body, { status, headers })
  app.use(async (c, next) => {
    await next()
    c.header('x-content-type-options', 'nosniff')
    c.header('referrer-policy', 'no-referrer')
    c.header('x-frame-options', 'DENY')
    if (!c.res.headers.has('content-security-policy')) c.header('content-security-policy', "default-src 'none'; frame-ancestors 'none'")
  })
  app.get('/health', (c) => c.json({ status: 'ok' }, 200, { 'cache-control': 'no-store' }))
  if (hooks !== undefined) {
    // Only for requests that have a body: the limiter fails on others that name no length.
    app.post('/_poolhouse/*', bodyLimit({ maxSize: maxBody }))
    app.route('/_poolhouse', hooks)
  }
  mountWellKnown(app, services)
  app.notFound(() => reply(notUnderstoodReply(services.random.uuid())))
  app.onError((error) => {
    if (error instanceof HTTPException) return error.getResponse()
    const requestId = services.random.uuid()
    services.log.error({ requestId, err: error }, 'a request failed because of a fault of the server')
    return reply(faultReply(requestId, 500, 'InternalErrorException', 'The server could not answer. Its log tells why.'))
  })
  return app
}
