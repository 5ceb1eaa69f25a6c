import type { IncomingMessage } from 'node:http'

/** What became of a request's body: its bytes, too many of them, or a client that went away. */
export type Body = Uint8Array | 'too large' | 'aborted'

const none = new Uint8Array(0)

/** The raw body, as long as it has at most `limit` bytes; stops reading at once when it has more. */
export const readBody = (incoming: IncomingMessage, limit: number): Promise<Body> => {
  const announced = Number(incoming.headers['content-length'] ?? 0)
  if (announced > limit) return Promise.resolve('too large')
  return new Promise((resolve) => {
    const chunks: Buffer[] = []
    let size = 0
    incoming.on('data', (chunk: Buffer) => {
      size += chunk.length
      if (size <= limit) chunks.push(chunk)
      else {
        incoming.pause()
        resolve('too large')
      }
    })
    incoming.on('end', () => resolve(chunks.length === 1 ? (chunks[0] ?? none) : Buffer.concat(chunks, size)))
    incoming.on('error', () => resolve('aborted'))
    incoming.on('close', () => resolve('aborted'))
  })
}
