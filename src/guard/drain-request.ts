import type { IncomingMessage } from 'node:http'

const patienceMs = 10_000

/**
 * Reads on what nobody wants of a request that was answered, for ten seconds at most: were its connection closed at once, the client
 * would lose the answer while it still sends (RFC 9112 section 9.6).
 */
export const drainRequest = (incoming: IncomingMessage): void => {
  if (incoming.complete || incoming.destroyed) return
  incoming.unpipe()
  incoming.on('error', () => undefined).resume()
  const timer = setTimeout(() => incoming.destroy(), patienceMs).unref()
  incoming.once('close', () => clearTimeout(timer))
}
