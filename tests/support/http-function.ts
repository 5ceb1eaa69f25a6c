import { once } from 'node:events'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'

/** A request as it came. */
export interface Received {
  readonly method: string
  readonly path: string
  readonly headers: Readonly<Record<string, string>>
  readonly body: string
}

/** An HTTP endpoint that stands for a function. */
export interface HttpFunction {
  readonly url: string
  /** What came, oldest first. */
  readonly received: Received[]
  /** How many connections were made. */
  readonly connections: () => number
  close(): Promise<void>
}

const read = async (incoming: IncomingMessage): Promise<Received> => {
  const chunks: Buffer[] = []
  for await (const chunk of incoming) chunks.push(chunk as Buffer)
  return {
    method: incoming.method ?? '',
    path: incoming.url ?? '',
    headers: Object.fromEntries(Object.entries(incoming.headers).map(([name, value]) => [name, String(value)])),
    body: Buffer.concat(chunks).toString('utf8'),
  }
}

/** Starts an endpoint on loopback that answers as told. */
export const startHttpFunction = async (
  answer: (request: Received, reply: ServerResponse, count: number) => void | Promise<void>,
): Promise<HttpFunction> => {
  const received: Received[] = []
  let connections = 0
  const server = createServer(async (incoming, reply) => {
    const request = await read(incoming)
    received.push(request)
    await answer(request, reply, received.length)
  })
  server.on('connection', () => (connections += 1))
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    received,
    connections: () => connections,
    close: async () => {
      server.closeAllConnections()
      server.close()
      await once(server, 'close')
    },
  }
}
