import { once } from 'node:events'
import { createServer, type Server } from 'node:http'
import { type AddressInfo, connect } from 'node:net'
import { text } from 'node:stream/consumers'
import express from 'express'
import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { systemClock } from '../src/clock.ts'
import { createAuthorizeRequest } from '../src/guard/authorize-request.ts'
import { createGateway } from '../src/guard/create-gateway.ts'
import { createRouter } from '../src/guard/create-router.ts'
import { readRoutes } from '../src/guard/read-routes.ts'

const authorizers = { users: { userPoolId: 'us-east-1_EXAMPLE', jwksUrl: 'http://127.0.0.1:1/', audience: ['shop'] } }
const scoped = { path: '/admin/keys', authorizer: 'users', scopes: ['admin'] }
/** An open API with guarded corners: where another spelling is worth most. */
const routesOf = (api: 'REST' | 'HTTP') =>
  readRoutes({
    api,
    authorizers,
    routes: [
      { path: '/admin', methods: ['GET'], authorizer: 'users' },
      scoped,
      { path: '/admin/{id}', authorizer: 'users' },
      { path: '/{proxy+}', authorizer: 'NONE' },
      { path: '/', authorizer: 'NONE' },
    ],
  })

describe.each(['REST', 'HTTP'] as const)('routes of a %s API', (api) => {
  const routeOf = createRouter(routesOf(api))
  const demand = (method: string, path: string) => {
    const route = routeOf(method, path)
    return typeof route === 'string' ? route : (route.authorizer ?? 'open')
  }

  it('are found by the spellings that all servers read alike', () => {
    for (const path of ['/admin', '/admin/7', '/admin/keys', '/admin/a%20b', '/admin/%C3%A9', '/admin/100%25'])
      expect(demand('GET', path), path).toBe('users')
    // To an HTTP API a path with a slash at the end is another one, to most upstreams it is not.
    for (const path of ['/admin/', '/admin/7/']) expect(demand('GET', path), path).toBe(api === 'REST' ? 'users' : 'bad-request')
    for (const path of ['/', '/health', '/health/', '/Health', '/caf%C3%A9', '/a;b=1', '/x/admin', '/a/%2541'])
      expect(demand('GET', path), path).toBe('open')
  })

  it.each([
    ['/Admin', '/ADMIN/', '/aDmin/7', '/admin/Keys', '/%41dmin', '/%2541dmin', '/Admin;x', '/%41DMIN;x=1'],
    [
      '/%61dmin',
      '/%61%64%6d%69%6e',
      '/admin%3Bx',
      '/admin;x=1',
      '/admin;/7',
      '/admin/keys;a',
      '/admin;x=1/7',
      '/%2561dmin',
      '/%25%36%31dmin',
    ],
    ['//admin', '/./admin', '/x/../admin', '/x/%2e%2e/admin', '/x/.%2E/admin', '/x/..;/admin', '/x/..%3b/admin', '/admin//7', '/admin%2f7'],
    [
      '/x%2f..%2fadmin',
      '/x\\..\\admin',
      '/x%5c..%5cadmin',
      '/x/%252e%252e/admin',
      '/x/%252e%252e%252fadmin',
      '/admin%252f7',
      '/x/%25%32%65%25%32%65/admin',
    ],
    [
      '/admin%00',
      '/admin%0a',
      '/admin%',
      '/admin%zz',
      '/admin%c0%ae',
      '/%c0%af',
      'admin',
      '',
      '*',
      'http://x/admin',
      '/admin#x',
      '/admin%09',
    ],
  ])('are not gone round by %s or its like', (...paths) => {
    for (const path of paths) expect(demand('GET', path), path).not.toBe('open')
    // Nor does another spelling ask for an ID token where the route asks for a scope.
    for (const path of paths.filter((one) => /keys/i.test(one))) expect(demand('GET', path), path).toBe('bad-request')
  })

  it('tell a path from one with a slash at the end where API Gateway does', () => {
    const routes = [
      { path: '/health', authorizer: 'NONE' },
      { path: '/orders/{id}' },
      { path: '/files', authorizer: 'NONE' },
      { path: '/files/{proxy+}', authorizer: 'NONE' },
      { path: '/' },
    ]
    const own = createRouter(readRoutes({ api, authorizers, routes }))
    const isRest = api === 'REST'
    expect(own('GET', '/health')).toMatchObject({ path: '/health' })
    expect(own('GET', '/health/')).toEqual(isRest ? expect.objectContaining({ path: '/health' }) : 'no-route')
    expect(own('GET', '/orders/')).toBe('no-route')
    expect(own('GET', '/orders/7/')).toEqual(isRest ? expect.objectContaining({ path: '/orders/{id}' }) : 'no-route')
    expect(own('GET', '/files/')).toMatchObject({ path: isRest ? '/files' : '/files/{proxy+}' })
    expect(own('GET', '/')).toMatchObject({ path: '/' })
    const closed = createRouter(readRoutes({ api, authorizers, routes: [{ path: '/health', authorizer: 'NONE' }, { path: '$default' }] }))
    expect(closed('GET', '/health/')).toMatchObject(isRest ? { authorizer: undefined } : { authorizer: 'users' })
  })

  it('are not gone round by a slash at the end, also where the spelling is another one besides', () => {
    const own = createRouter(
      readRoutes({
        api,
        authorizers,
        routes: [{ path: '/a/{proxy+}' }, { path: '/a', scopes: ['x'] }, { path: '/{proxy+}', authorizer: 'NONE' }],
      }),
    )
    for (const path of ['/A/', '/%61;x/', '/A/b/', '/a;x/', '/%2561/'])
      expect(own('GET', path), path).not.toMatchObject({ authorizer: undefined })
  })

  it('take HEAD for GET where the upstream might', () => {
    expect(demand('HEAD', '/admin')).toBe(api === 'REST' ? 'no-route' : 'bad-request')
    expect(demand('HEAD', '/health')).toBe('open')
    const own = createRouter(
      readRoutes({
        api,
        authorizers,
        routes: [
          { path: '/admin', methods: ['GET'] },
          { path: '/admin', methods: ['HEAD'], authorizer: 'NONE' },
        ],
      }),
    )
    expect(own('HEAD', '/admin')).toMatchObject({ authorizer: undefined })
  })

  it('let a preflight through where they have a route for it', () => {
    const preflight = { path: '/{proxy+}', methods: ['OPTIONS'], authorizer: 'NONE' }
    const own = createRouter(
      readRoutes({ api, authorizers, routes: [preflight, { path: '/orders', methods: ['GET'] }, { path: '/{proxy+}' }] }),
    )
    expect(own('OPTIONS', '/things/7')).toMatchObject({ authorizer: undefined })
    // Of a REST API the closest path alone counts, as with API Gateway.
    expect(own('OPTIONS', '/orders')).toEqual(api === 'REST' ? 'no-route' : expect.objectContaining({ authorizer: undefined }))
    expect(own('GET', '/things/7')).toMatchObject({ authorizer: 'users' })
  })
})

describe('Express behind the gateway', () => {
  let upstream: Server
  let gateway: Server
  let reached: string[] = []

  beforeAll(async () => {
    const app = express()
    const touch = (request: { originalUrl: string }, response: { json(value: object): unknown }) => {
      reached.push(request.originalUrl)
      response.json({})
    }
    // Ignores case and a slash at the end, as Express does unless it is told otherwise.
    app.all('/admin', touch).all('/admin/:id', touch).all('/admin/:id/more', touch)
    app.use((_request, response) => void response.json({ open: true }))
    upstream = createServer(app).listen(0, '127.0.0.1')
    await once(upstream, 'listening')
    const { port } = upstream.address() as AddressInfo
    const onFault = () => undefined
    const authorize = createAuthorizeRequest(routesOf('REST'), { clock: systemClock, fetchJson: async () => ({ keys: [] }), onFault })
    gateway = createGateway({ api: 'REST', authorize, duty: { upstream: new URL(`http://127.0.0.1:${port}`), patienceMs: 5000 }, onFault })
    gateway.listen(0, '127.0.0.1')
    await once(gateway, 'listening')
  })
  afterAll(() => {
    for (const server of [gateway, upstream]) {
      server?.close()
      server?.closeAllConnections()
    }
  })

  const raw = async (bytes: string): Promise<string> => {
    const socket = connect((gateway.address() as AddressInfo).port, '127.0.0.1')
    socket.setTimeout(15_000, () => socket.destroy(new Error('no answer within 15 seconds')))
    socket.write(bytes)
    return text(socket)
  }
  const at = (target: string, method = 'GET', more = '') =>
    raw(`${method} ${target} HTTP/1.1\r\nhost: x\r\nconnection: close\r\n${more}\r\n`)

  it('is not reached without a token by any spelling made of those pieces', { timeout: 60_000 }, async () => {
    const letter = (plain: string) =>
      fc.constantFrom(
        plain,
        plain,
        plain,
        plain.toUpperCase(),
        `%${plain.charCodeAt(0).toString(16)}`,
        `%25${plain.charCodeAt(0).toString(16)}`,
      )
    const word = fc.tuple(...[...'admin'].map(letter)).map((parts) => parts.join(''))
    const piece = fc.oneof(
      word,
      fc.constantFrom(
        '',
        '.',
        '..',
        '%2e%2e',
        '%252e',
        ';',
        ';x=1',
        '%3b',
        'x',
        '7',
        '%2f',
        '%5c',
        '\\',
        '%00',
        '?',
        '#',
        '%',
        '%c0%af',
        '%ef%bc%8f',
      ),
    )
    const joint = fc.constantFrom('/', '/', '/', '//', '', '%2f', '\\')
    const target = fc
      .array(fc.tuple(joint, piece), { minLength: 1, maxLength: 5 })
      .map((parts) => `/${parts.flat().join('').replace(/^\//, '')}`)
    await fc.assert(
      fc.asyncProperty(target, fc.constantFrom('GET', 'HEAD', 'POST', 'OPTIONS'), async (path, method) => {
        reached = []
        await at(path, method)
        expect(reached).toEqual([])
      }),
      { numRuns: 400 },
    )
    expect(await at('/x')).toContain('"open":true')
  })

  it('is not reached by a second request in the body of the first one, nor by strange frames', async () => {
    reached = []
    const inner = 'GET /admin HTTP/1.1\r\nhost: x\r\n\r\n'
    const hex = inner.length.toString(16)
    const tricks = [
      `content-length: ${inner.length}\r\ntransfer-encoding: chunked\r\n\r\n0\r\n\r\n${inner}`,
      `content-length: 5\r\ncontent-length: ${inner.length}\r\n\r\n${inner}`,
      `content-length: +${inner.length}\r\n\r\n${inner}`,
      `transfer-encoding: xchunked\r\n\r\n0\r\n\r\n${inner}`,
      `transfer-encoding: gzip, chunked\r\n\r\n${hex}\r\n${inner}\r\n0\r\n\r\n`,
      `transfer-encoding: chunked, identity\r\n\r\n0\r\n\r\n${inner}`,
      `transfer-encoding:\tchunked\r\ncontent-length: 0\r\n\r\n${inner}`,
      `transfer-encoding: chunked\r\nconnection: transfer-encoding\r\n\r\n${hex}\r\n${inner}\r\n0\r\n\r\n`,
      `content-length: ${inner.length}\r\nconnection: content-length\r\n\r\n${inner}`,
      `transfer-encoding : chunked\r\n\r\n0\r\n\r\n${inner}`,
      `x: y\n content-length: 0\r\n\r\n${inner}`,
    ]
    for (const trick of tricks) {
      const answer = await raw(`POST /x HTTP/1.1\r\nhost: x\r\n${trick.replace('\r\n\r\n', '\r\nconnection: close\r\n\r\n')}`)
      expect(answer, trick).toMatch(/^HTTP\/1\.1 (?:400|200)/)
      expect(answer.match(/HTTP\/1\.1/g), trick).toHaveLength(1)
    }
    expect(reached).toEqual([])
    expect(await at('/x', 'POST', 'transfer-encoding: gzip, chunked\r\n')).toMatch(/^HTTP\/1\.1 400/)
  })

  it('gets no address that is none, and no second host', async () => {
    expect(await at('/a\u00e9')).toMatch(/^HTTP\/1\.1 400/)
    expect(await at('/a b')).toMatch(/^HTTP\/1\.1 400/)
    expect(await at('*', 'OPTIONS')).toMatch(/^HTTP\/1\.1 400/)
    expect(await raw('GET /x HTTP/1.1\r\nconnection: close\r\n\r\n')).toMatch(/^HTTP\/1\.1 400/)
    expect(await raw('CONNECT 127.0.0.1:80 HTTP/1.1\r\nhost: x\r\n\r\n')).toBe('')
  })
})
