import { connect, createServer, type Socket } from 'node:net'

/** A TCP proxy on loopback that a test can cut. */
export interface CuttingProxy {
  readonly port: number
  /** Passes on what a client sends up to the first chunk that holds the text, then cuts that connection: what it said was heard, and no answer comes. */
  cutAfter(text: string): void
  close(): Promise<void>
}

/** Listens on a free port and passes everything on to `target` of this machine. */
export const openCuttingProxy = async (target: number): Promise<CuttingProxy> => {
  const sockets = new Set<Socket>()
  let fatal: string | undefined
  const server = createServer((client) => {
    const upstream = connect(target, '127.0.0.1')
    let isCut = false
    for (const socket of [client, upstream]) {
      sockets.add(socket)
      socket.on('error', () => undefined)
      socket.once('close', () => sockets.delete(socket))
    }
    client.on('data', (chunk: Buffer) => {
      if (fatal !== undefined && chunk.includes(fatal)) {
        fatal = undefined
        isCut = true
        // The server hears the whole request before the line ends.
        upstream.write(chunk, () => setTimeout(() => [client, upstream].map((socket) => socket.destroy()), 50))
        return
      }
      upstream.write(chunk)
    })
    upstream.on('data', (chunk: Buffer) => {
      if (!isCut) client.write(chunk)
    })
    client.once('close', () => upstream.destroy())
    upstream.once('close', () => client.destroy())
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return {
    port: (server.address() as { port: number }).port,
    cutAfter: (text) => {
      fatal = text
    },
    close: () => {
      for (const socket of sockets) socket.destroy()
      return new Promise((resolve) => server.close(() => resolve()))
    },
  }
}
