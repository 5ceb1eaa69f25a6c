import { createServer, request } from 'node:http'
import type { AddressInfo } from 'node:net'

/** A proxy that serves a server below a path of its host, and nothing else. */
export interface PathProxy {
  readonly url: string
  stop(): Promise<void>
}

/** Starts a proxy that takes `path` off what it hands to the server at `url`, and answers 418 for everything outside of it. */
export const startPathProxy = async (url: string, path: string): Promise<PathProxy> => {
  const { hostname, port } = new URL(url)
  const proxy = createServer((incoming, outgoing) => {
    const { method, headers } = incoming
    if (!incoming.url?.startsWith(`${path}/`)) {
      outgoing.writeHead(418).end()
      return
    }
    const onwards = request({ hostname, port, method, headers, path: incoming.url.slice(path.length) }, (answer) => {
      outgoing.writeHead(answer.statusCode ?? 502, answer.headers)
      answer.pipe(outgoing)
    })
    incoming.pipe(onwards)
  })
  await new Promise<void>((resolve) => proxy.listen(0, '127.0.0.1', resolve))
  return {
    url: `http://127.0.0.1:${(proxy.address() as AddressInfo).port}`,
    stop: () => new Promise((resolve) => proxy.close(() => resolve())),
  }
}
