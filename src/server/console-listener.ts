import type { IncomingMessage, ServerResponse } from 'node:http'
import type { Console } from '../console/create-console.ts'
import { clientAddress, plainAddress, type TrustedProxies } from './client-address.ts'
import { readBody } from './read-body.ts'

/** Whether a path belongs to the console. */
export const isConsolePath = (path: string): boolean => path === '/console' || path.startsWith('/console/')

/** What whoever types a server's address alone is sent to the console with; relative, because a proxy may serve it below a path. */
export const toConsole: Readonly<Record<string, string>> = { location: 'console/', 'cache-control': 'no-store', 'content-length': '0' }

/** The console as node:http serves it. */
export const createConsoleListener =
  (answer: Console, { trustedProxies, maxBody }: { readonly trustedProxies: TrustedProxies; readonly maxBody: number }) =>
  async (incoming: IncomingMessage, outgoing: ServerResponse, path: string): Promise<void> => {
    const body = await readBody(incoming, maxBody)
    if (body === 'aborted') return
    if (body === 'too large') {
      outgoing.writeHead(413, { connection: 'close' }).end()
      return
    }
    // Node joins repeated headers into one text; only set-cookie, which no request has, is a list.
    const headers = incoming.headers as Record<string, string>
    const remoteAddress = clientAddress(incoming.socket.remoteAddress, headers['x-forwarded-for'], trustedProxies)
    const peer = plainAddress(incoming.socket.remoteAddress)
    const reply = await answer({ method: incoming.method ?? '', path, headers, body, peer, remoteAddress })
    outgoing.writeHead(reply.status, { ...reply.headers, 'content-length': Buffer.byteLength(reply.body) })
    outgoing.end(incoming.method === 'HEAD' ? undefined : reply.body)
  }
