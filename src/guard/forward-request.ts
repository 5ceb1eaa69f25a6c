import { type Agent, type ClientRequest, request as httpRequest, type IncomingMessage, type ServerResponse } from 'node:http'
import { request as httpsRequest } from 'node:https'
import { drainRequest } from './drain-request.ts'
import { requestHeaders, responseHeaders } from './forward-headers.ts'
import type { GatewayFault } from './gateway-reply.ts'

/** Where requests go. */
export interface Upstream {
  readonly url: URL
  readonly agent: Agent
  /** For how long nothing may happen between gateway and upstream before an answer begins, in milliseconds. */
  readonly patienceMs: number
  /** Hears in a sentence what the upstream's own answer does not say. */
  readonly onFault: (sentence: string) => void
}

/** An answer that has begun may pause for this long (API Gateway guide, "Stream the integration response": idle timeout). */
const pauseMs = 5 * 60_000

const faultOf = (error: NodeJS.ErrnoException): GatewayFault => {
  if (error.code === 'PATIENCE') return 'timeout'
  // What it says is not HTTP.
  return error.code?.startsWith('HPE_') ? 'bad-answer' : 'unreachable'
}

const notHttp = (message: string): Error => Object.assign(new Error(message), { code: 'HPE_ANSWER' })

const hasBody = ({ headers }: IncomingMessage): boolean =>
  headers['transfer-encoding'] !== undefined || (headers['content-length'] ?? '0') !== '0'

/** Whether a request may be sent once more (RFC 9110 section 9.2.2): an idle connection that the upstream was just closing had taken it. */
const mayRepeat = (incoming: IncomingMessage, call: ClientRequest, { code }: NodeJS.ErrnoException): boolean =>
  call.reusedSocket &&
  (code === 'ECONNRESET' || code === 'EPIPE') &&
  !hasBody(incoming) &&
  ['GET', 'HEAD', 'OPTIONS', 'PUT', 'DELETE'].includes(incoming.method ?? '')

const headersOf = ({ url }: Upstream, incoming: IncomingMessage, claims: Readonly<Record<string, string>>): readonly string[] => {
  const { remoteAddress = '', localPort = 0 } = incoming.socket
  const client = { address: remoteAddress.replace(/^::ffff:/, ''), host: incoming.headers.host, port: localPort }
  return requestHeaders(incoming.rawHeaders, { host: url.host, client, claims })
}

const openCall = (
  { url, patienceMs }: Upstream,
  agent: Agent | false,
  incoming: IncomingMessage,
  headers: readonly string[],
): ClientRequest =>
  (url.protocol === 'https:' ? httpsRequest : httpRequest)({
    hostname: url.hostname.replace(/^\[|\]$/g, ''),
    ...(url.port !== '' && { port: url.port }),
    method: incoming.method,
    path: url.pathname.replace(/\/$/, '') + (incoming.url ?? '/'),
    headers,
    agent,
    timeout: patienceMs,
  })

/** Each has `: ` and a line end besides. */
const bytesOf = (headers: readonly string[]): number => headers.reduce((sum, text) => sum + text.length + 2, 0)

/** Sends a request on and its answer back, both as streams; `onFault` is called once when there is nothing to send back yet. */
export const forwardRequest = (
  upstream: Upstream,
  incoming: IncomingMessage,
  response: ServerResponse,
  claims: Readonly<Record<string, string>>,
  onFault: (fault: GatewayFault, error: Error) => void,
): void => {
  const headers = headersOf(upstream, incoming, claims)
  let call: ClientRequest | undefined
  const start = (agent: Agent | false): void => {
    const own = openCall(upstream, agent, incoming, headers)
    call = own
    let answer: IncomingMessage | undefined
    let isOver = false
    const giveUp = (error: NodeJS.ErrnoException): void => {
      // It answered before it had read everything, and then closed the connection.
      if (isOver || answer?.complete === true) return
      isOver = true
      own.destroy()
      // What was begun can't be taken back; a broken connection says that it is not whole.
      if (response.headersSent || response.destroyed) response.destroy()
      else if (mayRepeat(incoming, own, error)) start(false)
      else onFault(faultOf(error), error)
    }
    own.once('timeout', () => giveUp(Object.assign(new Error('the upstream did nothing for too long'), { code: 'PATIENCE' })))
    own.on('error', giveUp)
    own.once('upgrade', (_answer, socket) => {
      socket.destroy()
      giveUp(notHttp('the upstream changed the protocol unasked'))
    })
    own.once('response', (begun) => {
      if (begun.statusCode === 431)
        upstream.onFault(`${upstream.url.origin} refuses headers of ${bytesOf(headers)} bytes. Claims are in them twice: let it take more.`)
      try {
        response.writeHead(begun.statusCode ?? 502, begun.statusMessage ?? '', responseHeaders(begun.rawHeaders))
      } catch (error) {
        begun.on('error', () => undefined)
        return giveUp(notHttp(error instanceof Error ? error.message : String(error)))
      }
      answer = begun
      own.setTimeout(Math.max(pauseMs, upstream.patienceMs))
      // Not a pipeline either: it makes an AbortError for every request that went well.
      begun.once('error', () => response.destroy()).pipe(response)
    })
    // Not a pipeline: an upstream may answer before it has read everything, and the answer is still good.
    incoming.pipe(own)
  }
  response.once('close', () => {
    if (!response.writableFinished) call?.destroy()
  })
  response.once('finish', () => {
    // The rest of what is asked is for nobody: an upstream that goes on waiting for it would hold its connection for ever.
    if (!incoming.complete) call?.destroy()
    drainRequest(incoming)
  })
  incoming.once('error', () => call?.destroy())
  start(upstream.agent)
}
