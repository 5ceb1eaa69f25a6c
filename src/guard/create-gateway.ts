import { createServer, Agent as HttpAgent, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import { Agent as HttpsAgent } from 'node:https'
import type { Socket } from 'node:net'
import type { Duplex } from 'node:stream'
import type { AskedRequest, AuthorizeRequest } from './authorize-request.ts'
import type { ApiType } from './authorizer-rules.ts'
import { drainRequest } from './drain-request.ts'
import { forwardRequest, type Upstream } from './forward-request.ts'
import { type AskingProxy, askedBy } from './forwarded-question.ts'
import { faultReply, type GatewayReply } from './gateway-reply.ts'

/** What a gateway does with requests that may pass: sends them on, or tells the proxy that asks. */
export type GatewayDuty = { readonly upstream: URL; readonly patienceMs: number } | { readonly asking: AskingProxy }

/** How long clients may take, in milliseconds. How long an upload takes is between client and upstream. */
export interface ClientLimits {
  /** For the header of a request, the first one from the connection on. */
  readonly headersMs: number
  /** Without taking anything of an answer that waits for them; an answer that has nothing to say may be silent for longer. */
  readonly unreadMs: number
  /** To close a connection on which they can't ask any more. */
  readonly leaveMs: number
}

/** What a gateway is made of. */
export interface GatewayParts {
  readonly api: ApiType
  readonly authorize: AuthorizeRequest
  readonly duty: GatewayDuty
  /** Hears in a sentence what went wrong behind the gateway. */
  readonly onFault: (sentence: string) => void
  readonly limits?: Partial<ClientLimits>
}

const usualLimits: ClientLimits = { headersMs: 10_000, unreadMs: 120_000, leaveMs: 10_000 }

const send = (incoming: IncomingMessage, response: ServerResponse, { status, headers, body }: GatewayReply): void => {
  // Of a client that waits for 100 nobody knows whether a body follows.
  const isUnsure = incoming.headers.expect !== undefined
  response.writeHead(status, { ...headers, 'content-length': Buffer.byteLength(body), ...(isUnsure && { connection: 'close' }) })
  response.end(incoming.method === 'HEAD' ? undefined : body)
  drainRequest(incoming)
}

const askedOf = (incoming: IncomingMessage): AskedRequest => ({
  method: incoming.method ?? 'GET',
  target: incoming.url ?? '',
  // Not `headers`, which hides a second Authorization that the upstream would get.
  header: (name) => incoming.headersDistinct[name]?.join(', '),
})

/** Of other codings the frame would be taken away and the label with it (RFC 9112 section 6.1). */
const isFramed = ({ headers }: IncomingMessage): boolean => /^(?:chunked)?$/i.test(headers['transfer-encoding'] ?? '')

const wantsWebSocket = ({ headers }: IncomingMessage): boolean => /(?:^|,)\s*websocket\s*(?:,|$)/i.test(headers.upgrade ?? '')

const answerProxy = async (parts: GatewayParts, asking: AskingProxy, incoming: IncomingMessage, response: ServerResponse) => {
  const { authorize, api, onFault } = parts
  const question = askedBy(asking, askedOf(incoming))
  if (question === 'untold') {
    onFault(`${asking} does not say which request it asks about: the headers that docs/gateway.md has it send are missing.`)
    return send(incoming, response, faultReply(api, 'no-keys'))
  }
  const decision = question === 'repeated' ? { refusal: faultReply(api, 'bad-request') } : await authorize(question)
  if ('claimHeaders' in decision) return send(incoming, response, { status: 200, headers: decision.claimHeaders, body: '' })
  const { refusal } = decision
  // nginx knows no other refusals than these two.
  const isKnown = refusal.status === 401 || refusal.status >= 500
  send(incoming, response, isKnown ? refusal : { ...refusal, status: 403 })
}

const openUpstream = ({ duty, onFault }: GatewayParts): Upstream | undefined => {
  if (!('upstream' in duty)) return undefined
  const { upstream: url, patienceMs } = duty
  const agent = url.protocol === 'https:' ? new HttpsAgent({ keepAlive: true }) : new HttpAgent({ keepAlive: true })
  return { url, patienceMs, agent, onFault }
}

/** Of a connection on which nothing moved for a while: a reset, because the kernel would go on offering to the client what waits. */
const endUnread = (socket: Socket): void => {
  if (socket.writableLength > 0) socket.resetAndDestroy()
}

/** Ends connections whose clients take nothing for so long. Node.js would end silent ones as well, were nobody told of their silence. */
const limitUnread = (server: Server, unreadMs: number): void => {
  const watch = (_incoming: IncomingMessage, response: ServerResponse) => void response.on('timeout', endUnread)
  server.setTimeout(unreadMs).on('request', watch).on('checkContinue', watch)
}

/** The last words on a connection. What it still sends is read, or its end would never be seen. */
const dismiss = (socket: Duplex, words: string, leaveMs: number): void => {
  const timer = setTimeout(() => socket.destroy(), leaveMs).unref()
  socket.once('close', () => clearTimeout(timer)).on('error', () => undefined)
  socket.resume().end(words)
}

/** A gateway that does not listen yet: it decides about every request, and sends on or answers. */
export const createGateway = (parts: GatewayParts): Server => {
  const { api, authorize, duty, onFault } = parts
  const { headersMs, unreadMs, leaveMs } = { ...usualLimits, ...parts.limits }
  const upstream = openUpstream(parts)
  const answer = async (incoming: IncomingMessage, response: ServerResponse): Promise<void> => {
    if (!isFramed(incoming)) return send(incoming, response, faultReply(api, 'bad-request'))
    if ('asking' in duty) return answerProxy(parts, duty.asking, incoming, response)
    const decision = await authorize(askedOf(incoming))
    if ('refusal' in decision) return send(incoming, response, decision.refusal)
    if (upstream === undefined || response.destroyed) return
    if (incoming.headers.expect !== undefined) response.writeContinue()
    forwardRequest(upstream, incoming, response, decision.claimHeaders, (fault, error) => {
      onFault(`${upstream.url.origin}: ${error.message}`)
      send(incoming, response, faultReply(api, fault))
    })
  }
  const listener = (incoming: IncomingMessage, response: ServerResponse): void => {
    answer(incoming, response).catch((error: unknown) => {
      onFault(error instanceof Error ? (error.stack ?? error.message) : String(error))
      if (response.headersSent) response.destroy()
      else send(incoming, response, faultReply(api, 'no-keys'))
    })
  }
  const server = createServer(
    {
      // Other protocols are offers that may be left alone, such as the h2c of Java's HttpClient (RFC 9110 section 7.8).
      shouldUpgradeCallback: (incoming) => 'upstream' in duty && wantsWebSocket(incoming),
      requestTimeout: 0,
      // Without it, it would be 0 as well: no limit.
      headersTimeout: headersMs,
      connectionsCheckingInterval: Math.min(1000, headersMs),
    },
    listener,
  )
  server.on('checkContinue', listener)
  limitUnread(server, unreadMs)
  const { status, body } = faultReply(api, 'websocket')
  server.on('upgrade', (_incoming, socket) => {
    const head = ['content-type: application/json', `content-length: ${Buffer.byteLength(body)}`, 'connection: close']
    dismiss(socket, `HTTP/1.1 ${status} Not Implemented\r\n${head.join('\r\n')}\r\n\r\n${body}`, leaveMs)
  })
  server.once('close', () => upstream?.agent.destroy())
  return server
}
