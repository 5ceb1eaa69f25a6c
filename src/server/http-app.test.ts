import { once } from 'node:events'
import { request } from 'node:http'
import { connect, type Socket } from 'node:net'
import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'
import { Hono } from 'hono'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { createHarness, type Harness } from '../../tests/support/harness.ts'
import type { ApiRequest } from '../api/api-request.ts'
import { trustedProxies } from './client-address.ts'
import { createHooksListener } from './hooks-listener.ts'
import { createHttpApp, type HttpAppOptions } from './http-app.ts'
import { type Listener, listen } from './listen.ts'

let harness: Harness
const listeners: Listener[] = []

beforeAll(async () => {
  harness = await createHarness()
})
afterAll(() => harness.close())
afterEach(async () => {
  await Promise.all(listeners.splice(0).map((listener) => listener.stop(0)))
})

/** A listening server whose dispatcher keeps what reaches it and answers `{}`. */
const start = async (options: Partial<HttpAppOptions> = {}) => {
  const seen: ApiRequest[] = []
  const dispatch: HttpAppOptions['dispatch'] = async (received) => {
    seen.push(received)
    return { status: 200, headers: { 'content-type': 'application/x-amz-json-1.1' }, body: '{"é":1}' }
  }
  const handle = createHttpApp({
    services: harness,
    dispatch,
    allowedHosts: [],
    trustedProxies: trustedProxies([]),
    oauth: { defaultRegion: 'us-east-1' },
    ...options,
  })
  const listener = await listen({ handle, host: '127.0.0.1', port: 0 })
  listeners.push(listener)
  return { url: `http://127.0.0.1:${listener.port}`, port: listener.port, seen }
}

describe('GET /', () => {
  it('leads to the console where there is one', async () => {
    const [alone, withConsole] = [await start(), await start({ console: () => Promise.reject(new Error('nobody asks it')) })]
    expect((await fetch(alone.url)).status).toBe(404)
    const reply = await fetch(withConsole.url, { redirect: 'manual' })
    expect([reply.status, reply.headers.get('location')]).toEqual([302, 'console/'])
  })
})

describe('POST /', () => {
  it('hands the raw bytes and headers to the dispatcher, and its answer back', async () => {
    const { url, seen } = await start()
    const body = Buffer.from('{"b": 1,\r\n "a":"é"}')
    const response = await fetch(`${url}/?a=b%20c`, { method: 'POST', body, headers: { 'X-Amz-Target': 'T.Op' } })
    expect(response.status).toBe(200)
    expect(await response.json()).toEqual({ é: 1 })
    expect(seen).toMatchObject([
      { method: 'POST', path: '/', query: 'a=b%20c', headers: { 'x-amz-target': 'T.Op' }, remoteAddress: '127.0.0.1' },
    ])
    expect(Buffer.from(seen[0]?.body ?? [])).toEqual(body)
  })

  it('joins a body that comes in pieces, and takes one that does not come', async () => {
    const { port, url, seen } = await start()
    await new Promise<void>((resolve) => {
      const outgoing = request({ port, method: 'POST', path: '/' }, (response) => response.resume().on('end', resolve))
      outgoing.write('{"a":')
      setTimeout(() => outgoing.end('1}'), 20)
    })
    await fetch(url, { method: 'POST' })
    expect(seen.map(({ body }) => Buffer.from(body).toString())).toEqual(['{"a":1}', ''])
  })

  it('holds a body that comes in very small pieces in little more memory than it has bytes', async () => {
    const { port, seen } = await start()
    const text = Array.from({ length: 400_000 }, (_, n) => String(n % 10)).join('')
    setFlagsFromString('--expose-gc')
    const collect = runInNewContext('gc') as () => void
    const held = () => {
      collect()
      return process.memoryUsage().heapUsed + process.memoryUsage().arrayBuffers
    }
    const socket = connect(port, '127.0.0.1')
    await once(socket, 'connect')
    const before = held()
    socket.write('POST / HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\nTransfer-Encoding: chunked\r\n\r\n')
    for (let at = 0; at < text.length; at += 10_000) {
      const pieces = text.slice(at, at + 10_000).replace(/./g, '1\r\n$&\r\n')
      await new Promise((resolve) => socket.write(pieces, resolve))
    }
    // The last of them is on its way to the server, in this process, which still waits for the end.
    await new Promise((resolve) => setTimeout(resolve, 100))
    const waiting = held()
    socket.end('0\r\n\r\n')
    await once(socket.resume(), 'end')
    expect(Buffer.from(seen[0]?.body ?? []).toString()).toBe(text)
    expect(waiting - before).toBeLessThan(3_000_000)
  })

  it('lets the event loop turn during a burst, and answers all of it but those who left', async () => {
    let turns = 0
    const countTurns = () => {
      turns += 1
      timer = setImmediate(countTurns)
    }
    let timer = setImmediate(countTurns)
    let turnOf: number[] = []
    let waits: number[] = []
    const { port } = await start({
      dispatch: async ({ waited = Number.NaN }) => {
        turnOf.push(turns)
        waits.push(waited)
        for (const until = performance.now() + 5; performance.now() < until; );
        return { status: 200, headers: {}, body: '{}' }
      },
    })
    const sockets = await Promise.all(
      Array.from({ length: 12 }, async () => {
        const socket = connect(port, '127.0.0.1')
        await once(socket, 'connect')
        return socket
      }),
    )
    const ask = async (socket: Socket): Promise<string> => {
      socket.write('POST / HTTP/1.1\r\nhost: localhost\r\ncontent-length: 2\r\n\r\n{}')
      return String(await once(socket, 'data'))
    }
    // Once in turn, so that the server has taken all connections before all ask at once.
    for (const socket of sockets) await ask(socket)
    turnOf = []
    waits = []
    const answers = sockets.slice(1).map(ask)
    const leaving = sockets[0] as Socket
    void ask(leaving).catch(() => undefined)
    leaving.resetAndDestroy()
    for (const answer of await Promise.all(answers)) expect(answer).toMatch(/^HTTP\/1\.1 200 /)
    clearImmediate(timer)
    for (const socket of sockets) socket.destroy()
    expect(turnOf).toHaveLength(11)
    const perTurn = Map.groupBy(turnOf, (turn) => turn)
    expect(Math.max(...[...perTurn.values()].map(({ length }) => length))).toBeLessThanOrEqual(3)
    // Each was told how long it stood in line, the last one longer than any that was begun before it took.
    expect(waits.every((wait) => wait >= 0)).toBe(true)
    expect(Math.max(...waits)).toBeGreaterThan(5)
  })

  it('answers others beside one who sends thousands of requests without waiting for answers, and him as well', async () => {
    const { url, port } = await start()
    const count = 20_000
    const eager = connect(port, '127.0.0.1')
    let received = 0
    let rest = ''
    const all = new Promise<void>((resolve) => {
      eager.on('data', (data) => {
        const parts = (rest + data.toString('latin1')).split('HTTP/1.1 404 ')
        received += parts.length - 1
        rest = (parts.at(-1) ?? '').slice(-20)
        if (received === count) resolve()
      })
    })
    eager.write('GET /nothing HTTP/1.1\r\nhost: localhost\r\n\r\n'.repeat(count))
    expect((await fetch(`${url}/health`)).status).toBe(200)
    expect((await fetch(url, { method: 'POST', body: '{}' })).status).toBe(200)
    expect(received).toBeLessThan(count)
    // Others keep being answered while thousands of his requests are under way.
    for (let n = 0; n < 10; n++) expect((await fetch(url, { method: 'POST', body: '{}' })).status).toBe(200)
    await all
    eager.destroy()
  }, 30_000)

  it('refuses more than the limit with 413, announced or not', async () => {
    const { port, seen } = await start({ maxBody: 1000 })
    const post = (headers: Record<string, string | number>, chunks: number) =>
      new Promise<{ status: number | undefined; body: string }>((resolve, reject) => {
        const outgoing = request({ port, method: 'POST', path: '/', headers }, (response) => {
          let body = ''
          response.on('data', (chunk) => {
            body += chunk
          })
          response.on('end', () => resolve({ status: response.statusCode, body }))
        })
        outgoing.on('error', reject)
        for (let sent = 0; sent < chunks; sent++) outgoing.write('x'.repeat(600))
        outgoing.end()
      })
    const refusal = {
      status: 413,
      body: '{"__type":"RequestEntityTooLargeException","message":"The request body is larger than 1000 bytes."}',
    }
    expect(await post({ 'content-length': 1200 }, 2)).toEqual(refusal)
    expect(await post({ 'transfer-encoding': 'chunked' }, 2)).toEqual(refusal)
    expect(await post({ 'content-length': 600 }, 1)).toMatchObject({ status: 200 })
    expect(seen).toHaveLength(1)
  })

  it('tells a client of a body of several megabytes, too', async () => {
    const { url, seen } = await start()
    const response = await fetch(url, { method: 'POST', body: 'x'.repeat(5_000_000) })
    expect(response.status).toBe(413)
    expect(seen).toEqual([])
  })

  it('survives a client that goes away in the middle', async () => {
    const { port, url, seen } = await start()
    const outgoing = request({ port, method: 'POST', path: '/', headers: { 'content-length': 100 } })
    outgoing.on('error', () => undefined)
    outgoing.write('{')
    await new Promise((resolve) => setTimeout(resolve, 50))
    outgoing.destroy()
    await fetch(url, { method: 'POST', body: '{}' })
    expect(seen).toHaveLength(1)
  })

  it('must-not-happen 17: believes X-Forwarded-For of trusted proxies only', async () => {
    const headers = { 'x-forwarded-for': '198.51.100.1' }
    const direct = await start()
    await fetch(direct.url, { method: 'POST', headers })
    expect(direct.seen[0]?.remoteAddress).toBe('127.0.0.1')
    const behind = await start({ trustedProxies: trustedProxies(['127.0.0.0/8']) })
    await fetch(behind.url, { method: 'POST', headers })
    expect(behind.seen[0]?.remoteAddress).toBe('198.51.100.1')
  })
})

describe('the Host header', () => {
  const withHost = (port: number, host: string, path: string) =>
    new Promise<{ status: number | undefined; body: string }>((resolve, reject) => {
      const outgoing = request({ port, path, headers: { host }, method: path === '/' ? 'POST' : 'GET' }, (response) => {
        let body = ''
        response.on('data', (chunk) => {
          body += chunk
        })
        response.on('end', () => resolve({ status: response.statusCode, body }))
      })
      outgoing.on('error', reject)
      outgoing.end()
    })

  it('must be a loopback name or an allowed one in development', async () => {
    const { port, seen } = await start({ allowedHosts: ['box.lan'] })
    for (const path of ['/', '/health']) {
      for (const host of [`localhost:${port}`, `pool.localhost:${port}`, 'box.lan'])
        expect(await withHost(port, host, path)).toMatchObject({ status: 200 })
      expect(await withHost(port, 'evil.example', path)).toEqual({
        status: 403,
        body: 'This development server does not answer for that host name. Start it with --allowed-host NAME to allow it.\n',
      })
    }
    expect(seen).toHaveLength(3)
  })

  it('may be any name otherwise', async () => {
    const { port } = await start({ allowedHosts: undefined })
    expect(await withHost(port, 'auth.example', '/health')).toMatchObject({ status: 200 })
  })
})

describe('everything else', () => {
  it('must-not-happen 42: answers pre-flights for the API and for documents, and for nothing else', async () => {
    const hooks = new Hono().post('/clock', (c) => c.json({}))
    const { url } = await start({ openHooks: async () => createHooksListener(hooks, { services: harness, maxBody: 1000 }) })
    const headers = { origin: 'https://app.example', 'access-control-request-method': 'POST' }
    const api = await fetch(url, { method: 'OPTIONS', headers })
    expect([api.status, api.headers.get('access-control-allow-origin')]).toEqual([200, '*'])
    expect(api.headers.get('access-control-allow-credentials')).toBeNull()
    const keys = await fetch(`${url}/us-east-1_Pool/.well-known/jwks.json`, { method: 'OPTIONS', headers })
    expect([keys.status, keys.headers.get('access-control-allow-origin')]).toEqual([200, '*'])
    expect((await fetch(`${url}/_poolhouse/clock`, { method: 'OPTIONS', headers })).ok).toBe(false)
    const hook = await fetch(`${url}/_poolhouse/clock`, { method: 'POST', headers })
    expect([hook.status, hook.headers.get('access-control-allow-origin')]).toEqual([200, null])
  })

  it('says that it is there', async () => {
    const { url } = await start()
    const response = await fetch(`${url}/health`)
    expect([response.status, await response.text()]).toEqual([200, '{"status":"ok"}'])
    expect((await fetch(`${url}/health`, { method: 'HEAD' })).status).toBe(200)
  })

  it('does not understand other paths and methods, and says so in AWS’s form with safe headers', async () => {
    const { url, seen } = await start()
    for (const [method, path] of [
      ['GET', '/'],
      ['PUT', '/'],
      ['POST', '/x'],
      ['GET', '/_poolhouse/messages'],
      ['GET', '/%ff%00'],
      ['GET', '/../../etc/passwd'],
      ['GET', '//evil.example/'],
    ]) {
      const response = await fetch(`${url}${path}`, { method: method ?? '' })
      expect(response.status, `${method} ${path}`).toBe(404)
      expect(await response.json()).toMatchObject({ code: 'BadRequest', type: 'client' })
      expect(response.headers.get('x-content-type-options')).toBe('nosniff')
      expect(response.headers.get('content-security-policy')).toContain("default-src 'none'")
    }
    expect(seen).toEqual([])
  })

  it('takes a target with scheme and authority, and hides what goes wrong in documents', async () => {
    const { port, url } = await start()
    const status = (path: string) =>
      new Promise((resolve) => void request({ port, path }, (response) => resolve(response.resume().statusCode)).end())
    expect(await status('http://localhost/health')).toBe(200)
    expect(await status('http://localhost/nothing')).toBe(404)
    const pools = { ...harness.store.pools, byId: () => Promise.reject(new Error('SELECT secret')) }
    const broken = await start({ services: { ...harness, store: { ...harness.store, pools } } })
    const fault = await fetch(`${broken.url}/us-east-1_Abc/.well-known/jwks.json`)
    expect([fault.status, (await fault.text()).includes('SELECT')]).toEqual([500, false])
    expect(fault.headers.get('content-security-policy')).toContain("default-src 'none'")
    expect((await fetch(`${url}/health`)).headers.get('x-content-type-options')).toBe('nosniff')
  })

  it('mounts the hooks under /_poolhouse and hides what goes wrong in them', async () => {
    const hooks = new Hono()
    hooks.get('/messages', (c) => c.json([]))
    hooks.get('/broken', () => {
      throw new Error('SELECT secret')
    })
    hooks.post('/clock', async (c) => c.json(await c.req.json()))
    const { url } = await start({ openHooks: async () => createHooksListener(hooks, { services: harness, maxBody: 1000 }) })
    expect(await (await fetch(`${url}/_poolhouse/messages`)).json()).toEqual([])
    const broken = await fetch(`${url}/_poolhouse/broken`)
    expect([broken.status, (await broken.text()).includes('SELECT')]).toEqual([500, false])
    expect(await (await fetch(`${url}/_poolhouse/clock`, { method: 'POST', body: '{"at":1}' })).json()).toEqual({ at: 1 })
    expect((await fetch(`${url}/_poolhouse/clock`, { method: 'POST', body: `{"at":"${'1'.repeat(2000)}"}` })).status).toBe(413)
  })
})
