import type { IncomingMessage, RequestListener, ServerResponse } from 'node:http'
import type { ApiReply } from '../api/api-request.ts'
import { preflightReply } from '../api/cors.ts'
import type { Dispatcher } from '../api/dispatch.ts'
import { faultReply, notUnderstoodReply } from '../api/reply.ts'
import { monotonicClock } from '../clock.ts'
import type { Console } from '../console/create-console.ts'
import type { Services } from '../context.ts'
import { findEndpoint, type ServedEndpoint } from '../oauth/answer-endpoint.ts'
import { findPage, type ServedPage } from '../pages/answer-page.ts'
import { clientAddress, type TrustedProxies } from './client-address.ts'
import { createConsoleListener, isConsolePath, toConsole } from './console-listener.ts'
import { createHostGuard, hostRefusal } from './host-guard.ts'
import { createHttpDate } from './http-date.ts'
import { createOAuthListener, type OAuthSettings } from './oauth-listener.ts'
import { originForm } from './origin-form.ts'
import { createPagesListener } from './pages-listener.ts'
import { jsonReply, withSafeHeaders } from './plain-reply.ts'
import { readBody } from './read-body.ts'
import { createTurns } from './take-turns.ts'
import { answerWellKnown, isDocumentPath } from './well-known.ts'

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
  /** Opens the listener of the test hooks under /_poolhouse/, at the first request there; `serve` has none. */
  readonly openHooks?: (() => Promise<RequestListener>) | undefined
  /** The admin console; `serve` has none here. */
  readonly console?: Console | undefined
}

/** As much as AWS takes for a style of managed login (API_UpdateManagedLoginBranding); it takes less for any other operation. */
export const largestBody = 2 * 1024 * 1024

/** ms that beginning requests takes of one turn of the event loop; those that arrive later in it wait for the next ones. */
const slice = 5

const health = jsonReply(200, { status: 'ok' }, { 'cache-control': 'no-store' })

/** The public listener's request handler. */
export const createHttpApp = (options: HttpAppOptions): RequestListener => {
  const { services, dispatch, trustedProxies, maxBody = largestBody } = options
  const answers = options.allowedHosts === undefined ? () => true : createHostGuard(options.allowedHosts)
  const answerOAuth = createOAuthListener({ ...options.oauth, services, trustedProxies, maxBody })
  const answerWithPage = createPagesListener({ ...options.oauth, services, trustedProxies })
  const answerConsole = options.console && createConsoleListener(options.console, { trustedProxies, maxBody })

  // SDKs correct their own clock by this header, so it must be the clock that signatures are judged by.
  const date = createHttpDate(services.clock)

  const send = (outgoing: ServerResponse, { status, headers, body }: ApiReply): void => {
    // All headers at once: node:http takes its long way where one was set before.
    outgoing.writeHead(status, { ...headers, date: date(), 'content-length': Buffer.byteLength(body) })
    outgoing.end(body)
  }

  const answerApi = async (
    incoming: IncomingMessage,
    outgoing: ServerResponse,
    { path, query, waited }: { readonly path: string; readonly query: string; readonly waited: number },
  ): Promise<void> => {
    const body = await readBody(incoming, maxBody)
    if (body === 'aborted') return
    if (body === 'too large') {
      const message = `The request body is larger than ${maxBody} bytes.`
      const refusal = faultReply(services.random.uuid(), 413, 'RequestEntityTooLargeException', message)
      send(outgoing, { ...refusal, headers: { ...refusal.headers, connection: 'close' } })
      return
    }
    // Node joins repeated headers into one text; only set-cookie, which no request has, is a list.
    const headers = incoming.headers as Record<string, string>
    const remoteAddress = clientAddress(incoming.socket.remoteAddress, headers['x-forwarded-for'], trustedProxies)
    send(outgoing, await dispatch({ method: 'POST', path, query, headers, body, remoteAddress, waited }))
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
      date: date(),
      'content-length': Buffer.byteLength(body),
      ...(cookies.length > 0 && { 'set-cookie': [...cookies] }),
    })
    outgoing.end(incoming.method === 'HEAD' ? undefined : body)
  }

  const answerDocument = async ({ method }: IncomingMessage, outgoing: ServerResponse, path: string): Promise<void> => {
    const requestId = services.random.uuid()
    try {
      const isRead = method === 'GET' || method === 'HEAD'
      const document = isRead ? (path === '/health' ? health : await answerWellKnown(services, path)) : undefined
      send(outgoing, withSafeHeaders(document ?? notUnderstoodReply(requestId)))
    } catch (error) {
      services.log.error({ requestId, err: error }, 'a request failed because of a fault of the server')
      const fault = faultReply(requestId, 500, 'InternalErrorException', 'The server could not answer. Its log tells why.')
      send(outgoing, withSafeHeaders(fault))
    }
  }

  let hooks: Promise<RequestListener> | undefined
  const answerHook = async (incoming: IncomingMessage, outgoing: ServerResponse, open: () => Promise<RequestListener>): Promise<void> => {
    hooks ??= open()
    // What could not be opened is tried again.
    const answer = await hooks.catch((error: unknown) => {
      hooks = undefined
      throw error
    })
    await answer(incoming, outgoing)
  }

  const broken = (outgoing: ServerResponse) => (error: unknown) => {
    services.log.error({ err: error }, 'a request failed outside the dispatcher')
    outgoing.destroy()
  }

  const answer = (incoming: IncomingMessage, outgoing: ServerResponse, waited: number): void => {
    if (!answers(incoming.headers.host)) {
      outgoing.writeHead(403, { date: date(), 'content-type': 'text/plain; charset=utf-8', connection: 'close' }).end(hostRefusal)
      return
    }
    const { method } = incoming
    const url = originForm(incoming.url)
    const mark = url.indexOf('?')
    const path = mark < 0 ? url : url.slice(0, mark)
    if (method === 'OPTIONS' && (path === '/' || isDocumentPath(path))) {
      send(outgoing, preflightReply)
      return
    }
    if (method === 'POST' && path === '/') {
      answerApi(incoming, outgoing, { path, query: mark < 0 ? '' : url.slice(mark + 1), waited }).catch(broken(outgoing))
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
    if (answerConsole !== undefined && path === '/' && (method === 'GET' || method === 'HEAD')) {
      outgoing.writeHead(302, { date: date(), ...toConsole }).end()
      return
    }
    if (answerConsole !== undefined && isConsolePath(path)) {
      outgoing.setHeader('date', date())
      answerConsole(incoming, outgoing, path).catch(broken(outgoing))
      return
    }
    if (options.openHooks !== undefined && path.startsWith('/_poolhouse/')) {
      outgoing.setHeader('date', date())
      answerHook(incoming, outgoing, options.openHooks).catch(broken(outgoing))
      return
    }
    answerDocument(incoming, outgoing, path).catch(broken(outgoing))
  }

  const begin = createTurns(slice, monotonicClock)
  return (incoming, outgoing) => {
    // /health takes next to nothing and tells whether the server is there. A response without a socket stands behind another one of its
    // connection: one of each waits at most, because node:http holds whoever sends on without reading back by the answers that wait for him.
    if (incoming.url === '/health' || outgoing.socket === null) return answer(incoming, outgoing, 0)
    const arrived = monotonicClock.now()
    begin(() => {
      // Whoever left in the meantime has said so already, and nobody listened.
      if (!incoming.destroyed) answer(incoming, outgoing, monotonicClock.now() - arrived)
    })
  }
}
