import { createServer, Agent as HttpAgent, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import { Agent as HttpsAgent } from 'node:https'
import type { AskedRequest, AuthorizeRequest } from './authorize-request.ts'
import type { ApiType } from './authorizer-rules.ts'
import { forwardRequest, type Upstream } from './forward-request.ts'
import { type AskingProxy, askedBy } from './forwarded-question.ts'
import { faultReply, type GatewayReply } from './gateway-reply.ts'

/** What a gateway does with requests that may pass: sends them on, or tells the proxy that asks. */
export type GatewayDuty = { readonly upstream: URL; readonly patienceMs: number } | { readonly asking: AskingProxy }

/** What a gateway is made of. */
export interface GatewayParts {
  readonly api: ApiType
  readonly authorize: AuthorizeRequest
  readonly duty: GatewayDuty
  /** Hears in a sentence what went wrong behind the gateway. */
  readonly onFault: (sentence: string) => void
}

const send = (incoming: IncomingMessage, response: ServerResponse, { status, headers, body }: GatewayReply): void => {
  // A body that nobody wants to read ends with the connection.
  const isBodyLeft = !incoming.complete && (incoming.headers['content-length'] ?? incoming.headers['transfer-encoding']) !== undefined
  response.writeHead(status, { ...headers, 'content-length': Buffer.byteLength(body), ...(isBodyLeft && { connection: 'close' }) })
  response.end(incoming.method === 'HEAD' ? undefined : body)
}

const askedOf = ({ method = 'GET', url = '', headers }: IncomingMessage): AskedRequest => ({
  method,
  target: url,
  header: (name) => {
    const value = headers[name]
    return Array.isArray(value) ? value.join(', ') : value
  },
})

const answerProxy = async ({ authorize, api }: GatewayParts, asking: AskingProxy, incoming: IncomingMessage, response: ServerResponse) => {
  const question = askedBy(asking, askedOf(incoming))
  const decision = question === undefined ? { refusal: faultReply(api, 'bad-path') } : await authorize(question)
  if ('claimHeaders' in decision) return send(incoming, response, { status: 200, headers: decision.claimHeaders, body: '' })
  const { refusal } = decision
  // nginx knows no other refusals than these two.
  const isKnown = refusal.status === 401 || refusal.status >= 500
  send(incoming, response, isKnown ? refusal : { ...refusal, status: 403 })
}

const openUpstream = (duty: GatewayDuty): Upstream | undefined => {
  if (!('upstream' in duty)) return undefined
  const { upstream: url, patienceMs } = duty
  const agent = url.protocol === 'https:' ? new HttpsAgent({ keepAlive: true }) : new HttpAgent({ keepAlive: true })
  return { url, patienceMs, agent }
}

/** A gateway that does not listen yet: it decides about every request, and sends on or answers. */
export const createGateway = (parts: GatewayParts): Server => {
  const { api, authorize, duty, onFault } = parts
  const upstream = openUpstream(duty)
  const answer = async (incoming: IncomingMessage, response: ServerResponse): Promise<void> => {
    if ('asking' in duty) return answerProxy(parts, duty.asking, incoming, response)
    const decision = await authorize(askedOf(incoming))
    if ('refusal' in decision) return send(incoming, response, decision.refusal)
    if (upstream === undefined || response.destroyed) return
    forwardRequest(upstream, incoming, response, decision.claimHeaders, (fault, error) => {
      onFault(`${upstream.url.origin}: ${error.message}`)
      send(incoming, response, faultReply(api, fault))
    })
  }
  const server = createServer((incoming, response) => {
    answer(incoming, response).catch((error: unknown) => {
      onFault(error instanceof Error ? (error.stack ?? error.message) : String(error))
      if (response.headersSent) response.destroy()
      else send(incoming, response, faultReply(api, 'no-keys'))
    })
  })
  const { status, body } = faultReply(api, 'websocket')
  server.on('upgrade', (_incoming, socket) => {
    socket.on('error', () => undefined)
    socket.end(
      `HTTP/1.1 ${status} Not Implemented\r\ncontent-type: application/json\r\ncontent-length: ${Buffer.byteLength(body)}\r\nconnection: close\r\n\r\n${body}`,
    )
  })
  server.once('close', () => upstream?.agent.destroy())
  return server
}
