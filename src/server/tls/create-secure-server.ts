import type { RequestListener, ServerOptions } from 'node:http'
import { createServer, type Server } from 'node:https'
import type { Socket } from 'node:net'
import type { SecureContext } from 'node:tls'
import { type KeyAndCertificate, minVersion, type TlsIdentity } from './tls-identity.ts'

/** A server that speaks HTTP over TLS under an identity, with the limits of any other; it tells clients without TLS what they miss. */
export const createSecureServer = (identity: TlsIdentity, limits: ServerOptions, handle: RequestListener): Server => {
  const { current, contextFor } = identity
  const { headersTimeout = 10_000 } = limits
  const server = createServer(
    {
      ...limits,
      ...current,
      minVersion,
      handshakeTimeout: headersTimeout,
      ...(contextFor && {
        SNICallback: (name: string, done: (error: Error | null, context?: SecureContext) => void) => {
          contextFor(name).then((context) => done(null, context), done)
        },
      }),
    },
    handle,
  )
  turnPlainClientsAway(server, headersTimeout)
  return server
}

/** Gives new connections another certificate; those that are open keep theirs. */
export const presentCertificate = (server: Server, certificate: KeyAndCertificate): void =>
  server.setSecureContext({ ...certificate, minVersion })

const refusal = JSON.stringify({ code: 'BadRequest', message: 'This port speaks HTTPS: the address begins with https://.', type: 'client' })
const answer = [
  'HTTP/1.1 400 Bad Request',
  'content-type: application/json',
  `content-length: ${refusal.length}`,
  'connection: close',
  '',
  refusal,
].join('\r\n')

/** HTTP begins with the letters of a method, TLS with the byte 22. */
const isPlainHttp = (start: Buffer): boolean => /^[A-Za-z]/.test(start.toString('latin1', 0, 1))

/** Looks at the first byte of every connection before TLS does. `timeout` ms is what a client has for it. */
const turnPlainClientsAway = (server: Server, timeout: number): void => {
  const speakTls = server.listeners('connection')
  server.removeAllListeners('connection')
  server.on('connection', (socket: Socket) => {
    const giveUp = () => socket.destroy()
    socket.setTimeout(timeout, giveUp).once('error', giveUp)
    socket.once('readable', () => {
      const start = socket.read() as Buffer | null
      if (start === null) giveUp()
      // What it still sends is read: a connection that closes over unread bytes takes the answer with it.
      else if (isPlainHttp(start)) socket.resume().end(answer)
      else {
        socket.unshift(start)
        socket.setTimeout(0, giveUp).off('error', giveUp)
        for (const listener of speakTls) listener.call(server, socket)
      }
    })
  })
}
