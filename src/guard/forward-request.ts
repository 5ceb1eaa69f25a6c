import { type Agent, request as httpRequest, type IncomingMessage, type ServerResponse } from 'node:http'
import { request as httpsRequest } from 'node:https'
import { pipeline } from 'node:stream'
import { requestHeaders, responseHeaders } from './forward-headers.ts'
import type { GatewayFault } from './gateway-reply.ts'

/** Where requests go. */
export interface Upstream {
  readonly url: URL
  readonly agent: Agent
  /** For how long nothing may happen between gateway and upstream, in milliseconds. */
  readonly patienceMs: number
}

const faultOf = (error: NodeJS.ErrnoException): GatewayFault => {
  if (error.code === 'PATIENCE') return 'timeout'
  // What it says is not HTTP.
  return error.code?.startsWith('HPE_') ? 'bad-answer' : 'unreachable'
}

/** Sends a request on and its answer back, both as streams; `onFault` is called once when there is nothing to send back yet. */
export const forwardRequest = (
  { url, agent, patienceMs }: Upstream,
  incoming: IncomingMessage,
  response: ServerResponse,
  claims: Readonly<Record<string, string>>,
  onFault: (fault: GatewayFault, error: Error) => void,
): void => {
  const { remoteAddress = '', localPort = 0 } = incoming.socket
  const client = { address: remoteAddress.replace(/^::ffff:/, ''), host: incoming.headers.host, port: localPort }
  const call = (url.protocol === 'https:' ? httpsRequest : httpRequest)({
    hostname: url.hostname.replace(/^\[|\]$/g, ''),
    ...(url.port !== '' && { port: url.port }),
    method: incoming.method,
    path: url.pathname.replace(/\/$/, '') + (incoming.url ?? '/'),
    headers: requestHeaders(incoming.rawHeaders, { host: url.host, client, claims }),
    agent,
    timeout: patienceMs,
  })
  call.once('timeout', () => call.destroy(Object.assign(new Error('the upstream did nothing for too long'), { code: 'PATIENCE' })))
  call.on('error', (error: NodeJS.ErrnoException) => {
    // What was begun can't be taken back; a broken connection says that it is not whole.
    if (response.headersSent || response.destroyed) response.destroy()
    else onFault(faultOf(error), error)
  })
  call.once('response', (answer) => {
    response.writeHead(answer.statusCode ?? 502, answer.statusMessage ?? '', responseHeaders(answer.rawHeaders))
    pipeline(answer, response, () => undefined)
  })
  response.once('close', () => {
    if (!response.writableFinished) call.destroy()
  })
  incoming.once('error', () => call.destroy())
  // Not a pipeline: an upstream may answer before it has read everything, and the answer is still good.
  incoming.pipe(call)
}
