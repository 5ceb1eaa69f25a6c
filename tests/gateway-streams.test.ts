import { once } from 'node:events'
import { createServer, type IncomingMessage, request, type Server, type ServerResponse } from 'node:http'
import { type AddressInfo, connect } from 'node:net'
import { buffer, text } from 'node:stream/consumers'
import { setTimeout as sleep } from 'node:timers/promises'
import express from 'express'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { systemClock } from '../src/clock.ts'
import { createAuthorizeRequest } from '../src/guard/authorize-request.ts'
import { createGateway } from '../src/guard/create-gateway.ts'
import { readRoutes } from '../src/guard/read-routes.ts'

// Long enough for a machine that is busy with other tests.
const patienceMs = 1000
const megabyte = 1 << 20
const closing: Server[] = []
const faults: string[] = []
let gateway = ''
let dropped = 0

const listening = async (made: Server): Promise<string> => {
  closing.push(made)
  made.listen(0, '127.0.0.1')
  await once(made, 'listening')
  return `http://127.0.0.1:${(made.address() as AddressInfo).port}`
}

const upstreamApp = () => {
  const app = express()
  const counted = new WeakMap<object, number>()
  app.get('/events', async (_request, response) => {
    response.set('content-type', 'text/event-stream').flushHeaders()
    response.once('close', () => {
      dropped += 1
    })
    for (let n = 1; n <= 3; n++) {
      response.write(`data: ${n}\n\n`)
      await sleep(2 * patienceMs)
    }
    response.end()
  })
  app.get('/half', (_request, response) => {
    response.set('content-length', '100').write('half of it')
    setTimeout(() => response.socket?.destroy(), 50)
  })
  app.get('/half-chunked', (_request, response) => {
    response.write('half of it')
    setTimeout(() => response.socket?.destroy(), 50)
  })
  // As a server whose idle connections end just when a request comes.
  app.all('/stale', (incoming, response) => {
    const before = counted.get(incoming.socket) ?? 0
    counted.set(incoming.socket, before + 1)
    if (before > 0) return void incoming.socket.resetAndDestroy()
    response.json({ before })
  })
  app.post('/small', express.raw({ limit: megabyte, type: () => true }), (_request, response) => void response.json({}))
  app.post('/refuses', (_request, response) => void response.status(403).json({ refused: true }))
  app.post('/takes', async (incoming, response) => void response.json({ length: (await buffer(incoming)).length }))
  app.all('/method', (incoming, response) => void response.set('x-method', incoming.method).json({ method: incoming.method }))
  app.get('/nothing', (_request, response) => void response.status(204).end())
  return app
}

const strange: Record<string, string> = {
  '/status-99': 'HTTP/1.1 099 Odd\r\ncontent-length: 0\r\n\r\n',
  '/switches': 'HTTP/1.1 101 Switching Protocols\r\nconnection: upgrade\r\nupgrade: websocket\r\n\r\n',
  '/two-lengths': 'HTTP/1.1 200 OK\r\ncontent-length: 1\r\ncontent-length: 2\r\n\r\nab',
  '/early': 'HTTP/1.1 103 Early Hints\r\nlink: </a>\r\n\r\nHTTP/1.1 200 OK\r\ncontent-length: 2\r\n\r\nok',
  '/latin': 'HTTP/1.1 200 D\u00e9j\u00e0\r\nx-name: \u00e9\r\ncontent-length: 2\r\n\r\nok',
}

const start = async (upstream: string): Promise<string> => {
  const authorizers = { users: { userPoolId: 'us-east-1_EXAMPLE', jwksUrl: 'http://127.0.0.1:1/' } }
  const routes = [{ path: '/guarded' }, { path: '/{proxy+}', authorizer: 'NONE' }]
  const onFault = (sentence: string) => void faults.push(sentence)
  const authorize = createAuthorizeRequest(readRoutes({ authorizers, routes }), {
    clock: systemClock,
    fetchJson: async () => ({}),
    onFault,
  })
  return listening(createGateway({ api: 'REST', authorize, duty: { upstream: new URL(upstream), patienceMs }, onFault }))
}

beforeAll(async () => {
  const app = upstreamApp()
  const upstream = createServer((incoming: IncomingMessage, response: ServerResponse) => {
    const bytes = strange[incoming.url ?? '']
    if (bytes !== undefined) return void incoming.socket.end(bytes, 'latin1')
    app(incoming, response)
  })
  gateway = await start(await listening(upstream))
})
afterAll(() => {
  for (const made of closing) {
    made.close()
    made.closeAllConnections()
  }
})

const raw = async (bytes: string): Promise<string> => {
  const socket = connect(Number(new URL(gateway).port), '127.0.0.1')
  socket.setTimeout(15_000, () => socket.destroy(new Error('no answer within 15 seconds')))
  socket.write(bytes)
  return text(socket)
}
const status = async (path: string, init: RequestInit = {}) => {
  const answer = await fetch(gateway + path, init)
  return [answer.status, await answer.text()]
}
const failure = (message: string) => JSON.stringify({ message })

describe('answers that take their time', () => {
  it('come event by event, and may pause for longer than the upstream may be silent at first', async () => {
    const answer = await fetch(`${gateway}/events`)
    const times: number[] = []
    let all = ''
    for await (const chunk of answer.body ?? []) {
      times.push(performance.now())
      all += Buffer.from(chunk)
    }
    expect(all).toBe('data: 1\n\ndata: 2\n\ndata: 3\n\n')
    expect((times.at(-1) ?? 0) - (times[0] ?? 0)).toBeGreaterThan(2 * patienceMs)
  })

  it('are given up when the client goes', async () => {
    const before = dropped
    const stop = new AbortController()
    await fetch(`${gateway}/events`, { signal: stop.signal })
    stop.abort()
    await expect.poll(() => dropped).toBe(before + 1)
  })

  it('break off where the upstream died, so that half of one is not taken for the whole', async () => {
    for (const path of ['/half', '/half-chunked']) {
      const answer = await fetch(gateway + path)
      expect(answer.status).toBe(200)
      await expect(answer.text(), path).rejects.toThrow('terminated')
    }
  })
})

describe('uploads', () => {
  const body = Buffer.alloc(48 * megabyte, 7)

  it('go through whole', async () => {
    expect(await status('/takes', { method: 'POST', body })).toEqual([200, JSON.stringify({ length: body.length })])
  })

  it('may last longer than the upstream may be silent', async () => {
    const call = request(`${gateway}/takes`, { method: 'POST' })
    const answered = once(call, 'response') as Promise<[IncomingMessage]>
    for (let n = 0; n < 6; n++) {
      call.write('x'.repeat(1000))
      await sleep(patienceMs / 4)
    }
    call.end()
    expect(await text((await answered)[0])).toBe('{"length":6000}')
  })

  it('do not lose the answer that comes before they are sent', async () => {
    expect(await status('/guarded', { method: 'POST', body })).toEqual([401, failure('Unauthorized')])
    expect((await status('/small', { method: 'POST', body }))[0]).toBe(413)
    expect(await status('/refuses', { method: 'POST', body })).toEqual([403, '{"refused":true}'])
    expect(await status('/guarded%2f', { method: 'POST', body })).toEqual([400, failure('Bad Request')])
  })

  it('are asked for only when the request may pass', async () => {
    const asked = (path: string) =>
      raw(`POST ${path} HTTP/1.1\r\nhost: x\r\nconnection: close\r\nexpect: 100-continue\r\ncontent-length: 3\r\n\r\n`)
    expect(await asked('/guarded')).toMatch(/^HTTP\/1\.1 401/)
    const socket = connect(Number(new URL(gateway).port), '127.0.0.1')
    socket.write('POST /takes HTTP/1.1\r\nhost: x\r\nconnection: close\r\nexpect: 100-continue\r\ncontent-length: 3\r\n\r\n')
    expect(String((await once(socket, 'data'))[0])).toMatch(/^HTTP\/1\.1 100 Continue\r\n\r\n/)
    socket.write('abc')
    expect(await text(socket)).toMatch(/^HTTP\/1\.1 200[\s\S]*\{"length":3\}/)
  })
})

describe('what upstreams do', () => {
  it('is answered for when it is not HTTP, and ends nobody else', async () => {
    for (const path of ['/status-99', '/switches', '/two-lengths'])
      expect(await status(path), path).toEqual([502, failure('Internal server error')])
    expect(await status('/early')).toEqual([200, 'ok'])
    expect(await raw('GET /latin HTTP/1.0\r\n\r\n')).toMatch(/^HTTP\/1\.1 200 D/)
  })

  it('is not waited for where it has answered and would hear the rest of the request', async () => {
    const answer = 'HTTP/1.1 413 Payload Too Large\r\ncontent-length: 2\r\n\r\nno'
    // It goes on reading what nobody needs, unlike Node.js's own.
    const patient = createServer().removeAllListeners('connection')
    patient.on('connection', (socket) => {
      socket.on('error', () => undefined).on('end', () => socket.end())
      socket.once('data', () => socket.write(answer))
    })
    const server = await start(await listening(patient))
    const socket = connect(Number(new URL(server).port), '127.0.0.1')
    socket.write('POST /x HTTP/1.1\r\nhost: x\r\ncontent-length: 1000000\r\n\r\nbeginning')
    expect(String((await once(socket, 'data'))[0])).toMatch(/^HTTP\/1\.1 413/)
    const connections = () => new Promise((resolve) => patient.getConnections((_, count) => resolve(count)))
    await expect.poll(connections).toBe(0)
    socket.destroy()
  })

  it('with connections that were idle is no concern of clients', async () => {
    for (const method of ['GET', 'HEAD', 'DELETE'])
      for (let n = 0; n < 3; n++) expect((await status('/stale', { method }))[0], method).toBe(200)
    // Nobody knows whether the upstream has done something: a second time might be once too often.
    const posts = await Promise.all([1, 2, 3].map(async () => (await status('/stale', { method: 'POST', body: 'x' }))[0]))
    expect(posts.every((one) => one === 200 || one === 504)).toBe(true)
  })

  it('with HEAD and OPTIONS goes through', async () => {
    const head = await fetch(`${gateway}/method`, { method: 'HEAD' })
    expect([head.status, head.headers.get('x-method'), head.headers.get('content-length'), await head.text()]).toEqual([
      200,
      'HEAD',
      '17',
      '',
    ])
    expect(await status('/method', { method: 'OPTIONS' })).toEqual([200, '{"method":"OPTIONS"}'])
    expect(await status('/nothing')).toEqual([204, ''])
    const refused = await fetch(`${gateway}/guarded`, { method: 'HEAD' })
    expect([refused.status, await refused.text()]).toEqual([401, ''])
  })
})

describe('other protocols', () => {
  it('are WebSockets, which there are none', async () => {
    const bytes = 'GET /method HTTP/1.1\r\nhost: x\r\nconnection: upgrade\r\nupgrade: WebSocket\r\n\r\n'
    expect(await raw(bytes)).toMatch(/^HTTP\/1\.1 501[\s\S]*WebSockets are not supported/)
  })

  it('are left alone when they are only offered, as Java and curl do with h2c', async () => {
    const bytes =
      'GET /method HTTP/1.1\r\nhost: x\r\nconnection: Upgrade, HTTP2-Settings, close\r\nupgrade: h2c\r\nhttp2-settings: AAEAAEAAAAIAAAAAAAMAAAAAAAQBAAAAAAUAAEAAAAYABgAA\r\n\r\n'
    expect(await raw(bytes)).toMatch(/^HTTP\/1\.1 200[\s\S]*"method":"GET"/)
  })
})
