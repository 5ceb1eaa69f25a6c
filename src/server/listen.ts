import { createServer, type RequestListener, type Server, STATUS_CODES } from 'node:http'
import type { Server as SecureServer } from 'node:https'
import type { AddressInfo, Socket } from 'node:net'
import type { Duplex } from 'node:stream'
import type { KeyAndCertificate, TlsIdentity } from './tls/tls-identity.ts'

/** Where to listen, and how long clients may take. Times in milliseconds, sizes in bytes. */
export interface ListenOptions {
  readonly handle: RequestListener
  /** `localhost` means both loopback addresses, because clients differ in which one they try first. */
  readonly host: string
  /** 0 = a free one. */
  readonly port: number
  readonly maxHeaders?: number
  readonly headersTimeout?: number
  /** For the whole request, body included. */
  readonly requestTimeout?: number
  readonly keepAliveTimeout?: number
  /** For taking something of an answer that waits for the client; one that is not there yet may take longer. */
  readonly unreadTimeout?: number
  /** For a client that was refused to close its connection. */
  readonly leaveTimeout?: number
  /** Speaks HTTPS under this identity. */
  readonly tls?: TlsIdentity | undefined
}

/** A server that listens. */
export interface Listener {
  readonly port: number
  /** With TLS: gives new connections another certificate. */
  present(certificate: KeyAndCertificate): Promise<void>
  /**
   * Takes no new connections, lets requests under way finish for at most `grace` ms (10 s when left out) and closes what is left.
   * Resolves when every connection is gone.
   */
  stop(grace?: number): Promise<void>
}

interface Opened {
  readonly server: Server | SecureServer
  readonly port: number
}

const triesForAPair = 5

/** Both loopback addresses on one port: a client that takes `localhost` for the other one must not reach another program. */
const openPair = async (options: ListenOptions, triesLeft = triesForAPair): Promise<Opened[]> => {
  const first = await open(options, '127.0.0.1', options.port)
  try {
    return [first, await open(options, '::1', first.port)]
  } catch (error) {
    // A machine without IPv6 is fine.
    if (!(error instanceof Error && 'code' in error && error.code === 'EADDRINUSE')) return [first]
    await close(first.server, 0)
    if (options.port !== 0 || triesLeft === 0) throw error
    return openPair(options, triesLeft - 1)
  }
}

/** Listens; rejects with one clear sentence when the address can't be had. */
export const listen = async (options: ListenOptions): Promise<Listener> => {
  const opened = options.host === 'localhost' ? await openPair(options) : [await open(options, options.host, options.port)]
  const servers = opened.map(({ server }) => server)
  return {
    port: opened[0]?.port ?? options.port,
    present: async (certificate) => {
      const { presentCertificate } = await secure()
      for (const server of servers) if ('setSecureContext' in server) presentCertificate(server, certificate)
    },
    stop: async (grace = 10_000) => {
      await Promise.all(servers.map((server) => close(server, grace)))
    },
  }
}

/** Loaded at need, because few servers speak TLS themselves. */
const secure = () => import('./tls/create-secure-server.ts')

const open = async (options: ListenOptions, host: string, port: number): Promise<Opened> => {
  const { handle, tls, headersTimeout = 10_000, requestTimeout = 30_000, keepAliveTimeout = 65_000, maxHeaders = 16 * 1024 } = options
  const { unreadTimeout = 120_000, leaveTimeout = 10_000 } = options
  const limits = {
    maxHeaderSize: maxHeaders,
    headersTimeout,
    requestTimeout,
    keepAliveTimeout,
    connectionsCheckingInterval: Math.min(1000, headersTimeout),
    noDelay: true,
  }
  const server = tls === undefined ? createServer(limits, handle) : (await secure()).createSecureServer(tls, limits, handle)
  server.on('clientError', (error, socket) => refuseClient(error, socket, leaveTimeout))
  server.setTimeout(unreadTimeout)
  // Node.js ends silent connections by itself where nobody listens: also those for which a long seed is at work.
  server.on('request', (_incoming, outgoing) => outgoing.on('timeout', endUnread))
  await new Promise<void>((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) => reject(listenFault(error, host, port)))
    server.listen({ host, port }, resolve)
  })
  return { server, port: (server.address() as AddressInfo).port }
}

const listenFault = (error: NodeJS.ErrnoException, host: string, port: number): Error => {
  const where = `${host.includes(':') ? `[${host}]` : host}:${port}`
  const sentences: Record<string, string> = {
    EADDRINUSE: `Another program listens on ${where}. Stop it, or choose another port with --port (0 takes a free one).`,
    EACCES: `This user may not listen on ${where}. Choose a port above 1023 with --port.`,
    EADDRNOTAVAIL: `This machine does not have the address ${host}. Choose another with --host.`,
    ENOTFOUND: `The host name ${host} is not known. Choose an address of this machine with --host.`,
  }
  const sentence = sentences[error.code ?? ''] ?? `Listening on ${where} failed: ${error.message}`
  return Object.assign(new Error(sentence, { cause: error }), { code: error.code })
}

/** Of a connection on which nothing moved for a while: a reset, because the kernel would go on offering to the client what waits. */
const endUnread = (socket: Socket): void => {
  if (socket.writableLength === 0) return
  // TLS knows no reset.
  if ('encrypted' in socket) socket.destroy()
  else socket.resetAndDestroy()
}

/** What never became a request: no operation answers it, so the words are short and the connection ends, in `patience` ms at the latest. */
const refuseClient = (error: NodeJS.ErrnoException, socket: Duplex, patience: number): void => {
  // Before TLS is there, nothing can be said.
  if (!socket.writable || error.code === 'ECONNRESET' || /^ERR_(?:SSL|TLS)_/.test(error.code ?? '')) {
    socket.destroy()
    return
  }
  const status = error.code === 'HPE_HEADER_OVERFLOW' ? 431 : error.code === 'ERR_HTTP_REQUEST_TIMEOUT' ? 408 : 400
  const body = JSON.stringify({ code: 'BadRequest', message: `${STATUS_CODES[status]}.`, type: 'client' })
  const head = ['content-type: application/x-amz-json-1.1', `content-length: ${body.length}`, 'connection: close']
  const timer = setTimeout(() => socket.destroy(), patience).unref()
  socket.once('close', () => clearTimeout(timer))
  socket.end(`HTTP/1.1 ${status} ${STATUS_CODES[status]}\r\n${head.join('\r\n')}\r\n\r\n${body}`)
}

const close = async (server: Opened['server'], grace: number): Promise<void> => {
  const closed = new Promise<void>((resolve) => server.close(() => resolve()))
  server.closeIdleConnections()
  // A connection that was busy is kept alive after its answer, so it is looked at again.
  const idle = setInterval(() => server.closeIdleConnections(), 50)
  const deadline = setTimeout(() => server.closeAllConnections(), grace)
  await closed
  clearInterval(idle)
  clearTimeout(deadline)
}
