import type { IncomingMessage } from 'node:http'

/** What became of a request's body: its bytes, too many of them, or a client that went away. */
export type Body = Uint8Array | 'too large' | 'aborted'

const none = new Uint8Array(0)

/** The raw body, as long as it has at most `limit` bytes; stops reading at once when it has more. */
export const readBody = (incoming: IncomingMessage, limit: number): Promise<Body> => {
  const announced = Number(incoming.headers['content-length'] ?? 0)
  if (announced > limit) return Promise.resolve('too large')
  return new Promise((resolve) => {
    let whole: Uint8Array = none
    let size = 0
    // What may be written behind `size`; nothing while `whole` is a piece as it came.
    let room = 0
    incoming.on('data', (chunk: Buffer) => {
      const end = size + chunk.length
      if (end > limit) {
        incoming.pause()
        resolve('too large')
        return
      }
      // Most bodies come in one piece. Others are put together at once: millions of pieces of a byte each would take a hundred times their size.
      if (size === 0) whole = chunk
      else {
        if (end > room) {
          room = Math.min(limit, 2 * end)
          const larger = Buffer.allocUnsafe(room)
          larger.set(whole.subarray(0, size))
          whole = larger
        }
        whole.set(chunk, size)
      }
      size = end
    })
    incoming.on('end', () => resolve(whole.subarray(0, size)))
    incoming.on('error', () => resolve('aborted'))
    incoming.on('close', () => resolve('aborted'))
  })
}
