import { once } from 'node:events'
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import { type AddressInfo, connect, type Socket } from 'node:net'
import { setTimeout as sleep } from 'node:timers/promises'
import { afterEach, describe, expect, it } from 'vitest'
import { systemClock } from '../src/clock.ts'
import { createAuthorizeRequest } from '../src/guard/authorize-request.ts'
import { type ClientLimits, createGateway } from '../src/guard/create-gateway.ts'
import { readRoutes } from '../src/guard/read-routes.ts'

const megabyte = 1 << 20
const head = (path: string) => `GET ${path} HTTP/1.1\r\nhost: x\r\n`
const closing: (Server | Socket)[] = []

const listening = async (made: Server): Promise<number> => {
  closing.push(made)
  made.listen(0, '127.0.0.1')
  await once(made, 'listening')
  return (made.address() as AddressInfo).port
}

const answerUpstream = (incoming: IncomingMessage, response: ServerResponse): void => {
  if (incoming.url === '/large') return void response.end(Buffer.alloc(32 * megabyte))
  if (incoming.url === '/small') return void response.end(Buffer.alloc(megabyte / 4))
  response.write('first;')
  setTimeout(() => response.end('last;'), 1200)
}

/** A gateway in which everybody may do everything, but not for long. */
const start = async (limits: Partial<ClientLimits>) => {
  const upstream = new URL(`http://127.0.0.1:${await listening(createServer(answerUpstream))}`)
  const read = readRoutes({ authorizers: {}, routes: [{ path: '/{proxy+}', authorizer: 'NONE' }] })
  const onFault = () => undefined
  const authorize = createAuthorizeRequest(read, { clock: systemClock, fetchJson: async () => ({}), onFault })
  const server = createGateway({ api: 'REST', authorize, duty: { upstream, patienceMs: 5000 }, onFault, limits })
  const port = await listening(server)
  return {
    /** A client that reads nothing unless told, and never closes its side. */
    client: async (text: string): Promise<Socket> => {
      const socket = connect({ port, host: '127.0.0.1', allowHalfOpen: true })
      closing.push(socket)
      socket.on('error', () => undefined).write(text)
      await once(server, 'connection')
      return socket
    },
    connections: () => new Promise<number>((resolve) => server.getConnections((_error, count) => resolve(count))),
  }
}

afterEach(() => {
  for (const made of closing.splice(0)) {
    if ('closeAllConnections' in made) made.close().closeAllConnections()
    else made.destroy()
  }
})

const patient = { timeout: 5000 }

describe('a connection of the gateway', () => {
  it.each([
    ['that sends nothing', ''],
    ['that sends half a header', head('/small')],
    ['that sends half a header after a request', `${head('/unknown')}\r\n${head('/small')}`],
  ])('%s is closed', async (_what, text) => {
    const { client, connections } = await start({ headersMs: 200 })
    await client(text)
    expect(await connections()).toBe(1)
    await expect.poll(connections, patient).toBe(0)
  })

  it.each([
    ['one large answer', `${head('/large')}\r\n`],
    ['the answers to many requests', `${head('/small')}\r\n`.repeat(200)],
  ])('is closed when nobody reads %s', async (_what, text) => {
    const { client, connections } = await start({ unreadMs: 200 })
    const socket = await client(text)
    await sleep(100)
    expect(await connections()).toBe(1)
    await expect.poll(connections, patient).toBe(0)
    expect(socket.bytesRead).toBeLessThan(megabyte)
  })

  it('stays while an answer has nothing to say, for longer than one may stay unread', async () => {
    const { client } = await start({ headersMs: 200, unreadMs: 200 })
    const socket = await client(`${head('/events')}\r\n`)
    let heard = ''
    socket.on('data', (chunk) => {
      heard += chunk
    })
    await expect.poll(() => heard, patient).toContain('last;')
  })

  it('is closed when the client stops reading after a silence', async () => {
    const { client, connections } = await start({ unreadMs: 200 })
    await client(`${head('/events')}\r\n${head('/large')}\r\n`)
    await sleep(600)
    expect(await connections()).toBe(1)
    await expect.poll(connections, patient).toBe(0)
  })

  it('stays while the client reads slowly', async () => {
    const { client } = await start({ unreadMs: 800 })
    const socket = await client(`${head('/large')}\r\n`)
    let length = 0
    socket.on('data', (chunk) => {
      length += chunk.length
      socket.pause()
      setTimeout(() => socket.resume(), 4)
    })
    await expect.poll(() => length, { timeout: 30_000 }).toBeGreaterThan(32 * megabyte)
  }, 40_000)

  it('that asked for a WebSocket is closed when the client does not close it, whatever it sent already', async () => {
    const { client, connections } = await start({ leaveMs: 200 })
    await client(`${head('/events')}connection: upgrade\r\nupgrade: websocket\r\n\r\n`)
    await client(`${head('/events')}connection: upgrade\r\nupgrade: websocket\r\n\r\n\x81\x01x`)
    expect(await connections()).toBe(2)
    await expect.poll(connections, patient).toBe(0)
  })
})
