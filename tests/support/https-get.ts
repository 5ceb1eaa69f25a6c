import type { IncomingHttpHeaders } from 'node:http'
import { type RequestOptions, request } from 'node:https'
import { text } from 'node:stream/consumers'
import type { PeerCertificate, TLSSocket } from 'node:tls'

/** What a server answered, and how it showed who it is. */
export interface HttpsAnswer {
  readonly status: number
  readonly headers: IncomingHttpHeaders
  readonly body: string
  readonly certificate: PeerCertificate
  readonly protocol: string | null
}

/** A request over a connection of its own to this machine, whatever the host name in the URL; rejects when the server isn't trusted. */
export const httpsGet = (
  url: string,
  ca: string | undefined,
  options: RequestOptions & { readonly body?: string } = {},
): Promise<HttpsAnswer> =>
  new Promise((resolve, reject) => {
    const { body, ...rest } = options
    const call = request(url, {
      ...rest,
      ca,
      agent: false,
      lookup: (_name, { all }, done) => (all ? done(null, [{ address: '127.0.0.1', family: 4 }]) : done(null, '127.0.0.1', 4)),
    })
    call.once('error', reject)
    call.once('response', (reply) => {
      const socket = reply.socket as TLSSocket
      const shown = { certificate: socket.getPeerCertificate(), protocol: socket.getProtocol() }
      text(reply).then((read) => resolve({ status: reply.statusCode ?? 0, headers: reply.headers, body: read, ...shown }), reject)
    })
    call.end(body)
  })
