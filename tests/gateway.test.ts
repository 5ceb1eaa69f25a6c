import { createHmac, generateKeyPairSync, sign } from 'node:crypto'
import { once } from 'node:events'
import { createServer, type IncomingMessage, request, type Server, type ServerResponse } from 'node:http'
import { type AddressInfo, connect } from 'node:net'
import { text } from 'node:stream/consumers'
import { Hono } from 'hono'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createAdjustableClock } from '../src/clock.ts'
import { createAuthorizeRequest } from '../src/guard/authorize-request.ts'
import { createGateway, type GatewayDuty } from '../src/guard/create-gateway.ts'
import { fetchJson } from '../src/guard/fetch-json.ts'
import type { AskingProxy } from '../src/guard/forwarded-question.ts'
import { readRoutes } from '../src/guard/read-routes.ts'
import { createGuard, createGuardOn } from '../src/guard.ts'
import { type Poolhouse, startPoolhouse } from '../src/lib.ts'
import { password } from './support/start-app.ts'
import { tokenParts } from './support/token-parts.ts'

const callback = 'https://app.example.com/callback'
const clientSettings = {
  ExplicitAuthFlows: ['ALLOW_USER_PASSWORD_AUTH' as const],
  AllowedOAuthFlows: ['client_credentials' as const],
  AllowedOAuthFlowsUserPoolClient: true,
  AllowedOAuthScopes: ['shop/read', 'shop/write'],
}
const pool = (id: string, client: string) => ({
  id,
  name: id,
  settings: { AutoVerifiedAttributes: ['email' as const] },
  resourceServers: [
    {
      Identifier: 'shop',
      Name: 'Shop',
      Scopes: [
        { ScopeName: 'read', ScopeDescription: 'reads' },
        { ScopeName: 'write', ScopeDescription: 'writes' },
      ],
    },
  ],
  groups: [{ GroupName: 'admins' }, { GroupName: 'staff' }],
  clients: [
    { id: client, name: 'Web', settings: { ExplicitAuthFlows: clientSettings.ExplicitAuthFlows, CallbackURLs: [callback] } },
    { id: `${client}machine`, name: 'Machine', secret: 'SecretOfTheMachine0123456789', settings: clientSettings },
  ],
  users: [
    {
      username: 'ana',
      password,
      groups: ['admins', 'staff'],
      attributes: { email: 'ana@example.org', email_verified: 'true', name: 'Añá 100%' },
    },
  ],
})

let server: Poolhouse
let issuer = ''
const clock = createAdjustableClock()
const closing: Server[] = []
let fetched: string[] = []
const counted = async (url: string) => {
  fetched.push(url)
  return fetchJson(url)
}

interface Tokens {
  readonly id: string
  readonly access: string
}
let tokens: Tokens
let foreign: Tokens
let readToken = ''

const signIn = async (ClientId: string): Promise<Tokens> => {
  const answer = await fetch(server.url, {
    method: 'POST',
    headers: { 'content-type': 'application/x-amz-json-1.1', 'x-amz-target': 'AWSCognitoIdentityProviderService.InitiateAuth' },
    body: JSON.stringify({ ClientId, AuthFlow: 'USER_PASSWORD_AUTH', AuthParameters: { USERNAME: 'ana', PASSWORD: password } }),
  })
  const { AuthenticationResult } = (await answer.json()) as { AuthenticationResult: { IdToken: string; AccessToken: string } }
  return { id: AuthenticationResult.IdToken, access: AuthenticationResult.AccessToken }
}

const machineToken = async (scope: string): Promise<string> => {
  const answer = await fetch(`${server.url}/oauth2/token`, {
    method: 'POST',
    headers: { authorization: `Basic ${Buffer.from('shopmachine:SecretOfTheMachine0123456789').toString('base64')}` },
    body: new URLSearchParams({ grant_type: 'client_credentials', scope }),
  })
  return ((await answer.json()) as { access_token: string }).access_token
}

const listening = async (made: Server): Promise<string> => {
  closing.push(made)
  made.listen(0, '127.0.0.1')
  await once(made, 'listening')
  return `http://127.0.0.1:${(made.address() as AddressInfo).port}`
}

const echo = async (incoming: IncomingMessage, response: ServerResponse) => {
  if (incoming.url === '/hang') return
  if (incoming.url === '/die') return void incoming.socket.destroy()
  if (incoming.url === '/babble') return void incoming.socket.end('this is not HTTP\r\n\r\n')
  if (incoming.url === '/big') return void incoming.pipe(response)
  const body = await text(incoming)
  response.writeHead(201, { 'content-type': 'application/json', 'set-cookie': ['a=1', 'b=2'], connection: 'x-secret', 'x-secret': '1' })
  response.end(JSON.stringify({ method: incoming.method, url: incoming.url, headers: incoming.headers, body }))
}

let upstream = ''
let rest = ''
let http = ''
const restRoutes = () => ({
  authorizers: { users: { issuer } },
  routes: [
    { path: '/health', authorizer: 'NONE' },
    { path: '/orders', methods: ['GET'] },
    { path: '/orders/{id}', scopes: ['shop/read', 'shop/admin'] },
    { path: '/{proxy+}' },
  ],
})
const httpRoutes = () => ({
  api: 'HTTP',
  authorizers: { users: { issuer, audience: ['shop', 'shopmachine'], identitySource: '$request.header.X-Token' } },
  routes: [{ path: '/orders', methods: ['GET'], scopes: ['shop/read'] }, { path: '/{proxy+}' }],
})

const gateway = (routes: unknown, duty: GatewayDuty = { upstream: new URL(`${upstream}/`), patienceMs: 700 }): Promise<string> => {
  const read = readRoutes(routes)
  const authorize = createAuthorizeRequest(read, { clock, fetchJson: counted, onFault: () => undefined })
  return listening(createGateway({ api: read.api, authorize, duty, onFault: () => undefined }))
}

beforeAll(async () => {
  server = await startPoolhouse({ seed: { pools: [pool('us-east-1_Shop00001', 'shop'), pool('us-east-1_Other0001', 'other')] } })
  issuer = `${server.url}/us-east-1_Shop00001`
  tokens = await signIn('shop')
  foreign = await signIn('other')
  readToken = await machineToken('shop/read')
  upstream = await listening(createServer(echo))
  rest = await gateway(restRoutes())
  http = await gateway(httpRoutes())
})

afterAll(async () => {
  for (const made of closing) {
    made.close()
    made.closeAllConnections()
  }
  await server?.stop()
})

const get = async (url: string, headers: Record<string, string> = {}) => {
  const answer = await fetch(url, { headers })
  return { status: answer.status, body: await answer.json(), challenge: answer.headers.get('www-authenticate') }
}
const refused = (status: number, message: string) => expect.objectContaining({ status, body: { message } })
const part = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url')

const forged = (header: object, change: object, seal: (input: string) => Buffer): string => {
  const input = `${part(header)}.${part({ ...tokenParts(tokens.id).payload, ...change })}`
  return `${input}.${seal(input).toString('base64url')}`
}

describe('a gateway of a REST API', () => {
  it('takes an ID token, bare and after Bearer, and tells the upstream its claims', async () => {
    for (const authorization of [tokens.id, `Bearer ${tokens.id}`, `bearer ${tokens.id}`]) {
      const { status, body } = await get(`${rest}/orders?x=1`, { authorization })
      expect(status).toBe(201)
      expect(body).toMatchObject({ method: 'GET', url: '/orders?x=1' })
      const headers = (body as { headers: Record<string, string> }).headers
      expect(headers['x-claim-email']).toBe('ana@example.org')
      expect(headers['x-claim-cognito-groups']?.split(',').sort()).toEqual(['admins', 'staff'])
      const claims = JSON.parse(headers['x-authorizer-claims'] ?? '')
      expect(claims).toMatchObject({ sub: tokenParts(tokens.id).payload['sub'], token_use: 'id', name: 'Añá 100%', email_verified: 'true' })
      expect(decodeURIComponent(headers['x-claim-name'] ?? '')).toBe('Añá 100%')
    }
  })

  it('takes an access token where a route has scopes, and no other', async () => {
    const at = (token: string) => get(`${rest}/orders/7`, { authorization: token })
    expect(await at(readToken)).toMatchObject({ status: 201 })
    expect(await at(await machineToken('shop/write'))).toEqual(refused(403, 'Forbidden'))
    expect(await at(tokens.access)).toEqual(refused(403, 'Forbidden'))
    expect(await at(tokens.id)).toEqual(refused(401, 'Unauthorized'))
    expect(await get(`${rest}/orders`, { authorization: tokens.access })).toEqual(refused(401, 'Unauthorized'))
  })

  it('refuses what is missing, broken, foreign or forged', async () => {
    const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 })
    const { kid } = tokenParts(tokens.id).header
    const jwks = (await (await fetch(`${issuer}/.well-known/jwks.json`)).json()) as { keys: { n: string }[] }
    const [own, , signature = ''] = [...tokens.id.split('.')]
    const bad = [
      '',
      'Bearer',
      'nonsense',
      `Basic ${Buffer.from('ana:x').toString('base64')}`,
      `${tokens.id}x`,
      tokens.id.slice(0, -4),
      `${own}.${part({ ...tokenParts(tokens.id).payload, email: 'boss@example.org' })}.${signature}`,
      foreign.id,
      forged({ alg: 'none', kid }, {}, () => Buffer.alloc(0)),
      forged({ alg: 'HS256', kid }, {}, (input) =>
        createHmac('sha256', jwks.keys[0]?.n ?? '')
          .update(input)
          .digest(),
      ),
      forged({ alg: 'RS256', kid }, {}, (input) => sign('sha256', Buffer.from(input), privateKey)),
      forged({ alg: 'RS256', kid: 'mine' }, {}, (input) => sign('sha256', Buffer.from(input), privateKey)),
      forged({ alg: 'RS256' }, {}, (input) => sign('sha256', Buffer.from(input), privateKey)),
    ]
    for (const authorization of bad)
      expect(await get(`${rest}/orders`, { authorization }), authorization).toEqual(refused(401, 'Unauthorized'))
  })

  it('says so when a token has expired', async () => {
    clock.advance(2 * 3_600_000)
    expect(await get(`${rest}/orders`, { authorization: tokens.id })).toEqual(refused(401, 'The incoming token has expired'))
    clock.reset()
    clock.advance(-3_600_000)
    expect(await get(`${rest}/orders`, { authorization: tokens.id })).toEqual(refused(401, 'Unauthorized'))
    clock.reset()
  })

  it('takes claims from nobody else', async () => {
    const disguised = {
      x_claim_sub: 'boss',
      'x.claim.sub': 'boss',
      'X-Claim_Sub': 'boss',
      X_Authorizer_Claims: 'boss',
      "x'claim'sub": 'boss',
    }
    const spoofed = { 'x-claim-sub': 'boss', 'X-Authorizer-Claims': '{"sub":"boss"}', 'x-claim-role': 'admin', ...disguised }
    for (const path of ['/health', '/orders']) {
      const { body } = await get(rest + path, { authorization: tokens.id, ...spoofed })
      expect(JSON.stringify(body)).not.toMatch(/boss|"x-claim-role"/)
    }
    const { body } = await get(`${rest}/health`)
    expect((body as { headers: Record<string, string> }).headers['x-authorizer-claims']).toBe('{}')
  })

  it('takes no token that is one of two: the upstream might read the other one', async () => {
    const [own, , signature = ''] = tokens.id.split('.')
    const made = `${own}.${part({ ...tokenParts(tokens.id).payload, email: 'boss@example.org' })}.${signature}`
    const twice = (a: string, b: string) =>
      `GET /orders HTTP/1.1\r\nhost: x\r\nauthorization: ${a}\r\nAuthorization: ${b}\r\nconnection: close\r\n\r\n`
    for (const bytes of [twice(tokens.id, made), twice(made, tokens.id), twice(tokens.id, tokens.id)])
      expect(await raw(rest, bytes)).toMatch(/^HTTP\/1\.1 401/)
    const users = { issuer, identitySource: '$request.querystring.auth' }
    const byQuery = await gateway({ authorizers: { users }, routes: [{ path: '/{proxy+}' }] })
    expect(await get(`${byQuery}/orders?auth=${tokens.id}`)).toMatchObject({ status: 201 })
    expect(await get(`${byQuery}/orders?auth=${tokens.id}&auth=${made}`)).toEqual(refused(401, 'Unauthorized'))
    expect(await get(`${byQuery}/orders?AUTH=${tokens.id}`)).toEqual(refused(401, 'Unauthorized'))
  })

  it('takes no path that an upstream could read as another one', async () => {
    for (const path of ['/health/..;/orders', '/health/%2e%2e/orders', '//orders', '/health%2f..%2forders', '/health\\orders', '/%zz']) {
      expect(await raw(rest, `GET ${path} HTTP/1.1\r\nhost: x\r\nconnection: close\r\n\r\n`), path).toMatch(/^HTTP\/1\.1 400/)
    }
  })

  it('knows a path with another method no more than an unknown one', async () => {
    const answer = await fetch(`${rest}/orders`, { method: 'POST', headers: { authorization: tokens.id } })
    expect([answer.status, await answer.json()]).toEqual([403, { message: 'Missing Authentication Token' }])
    expect(await get(`${rest}/`, { authorization: tokens.id })).toEqual(refused(403, 'Missing Authentication Token'))
  })

  it('asks for keys once, and for made-up ones at most every ten seconds', async () => {
    const own = await gateway(restRoutes())
    fetched = []
    for (let n = 0; n < 3; n++) await get(`${own}/orders`, { authorization: tokens.id })
    expect(fetched).toHaveLength(2)
    const flood = Array.from({ length: 40 }, (_, n) => forged({ alg: 'RS256', kid: `k${n}` }, {}, () => Buffer.alloc(256)))
    await Promise.all(flood.map((authorization) => get(`${own}/orders`, { authorization })))
    expect(fetched).toHaveLength(2)
    clock.advance(11_000)
    await Promise.all(flood.map((authorization) => get(`${own}/orders`, { authorization })))
    expect(fetched).toHaveLength(4)
    clock.reset()
  })

  it('lets nobody in while keys can not be read', async () => {
    const own = await gateway({ ...restRoutes(), authorizers: { users: { issuer, jwksUrl: 'http://127.0.0.1:1/jwks' } } })
    expect(await get(`${own}/orders`, { authorization: tokens.id })).toEqual(refused(500, 'Internal server error'))
  })
})

describe('x-amzn-errortype', () => {
  const typeOf = async (url: string, headers: Record<string, string> = {}) => {
    const answer = await fetch(url, { headers })
    return [answer.status, answer.headers.get('x-amzn-errortype')]
  }

  it('names what went wrong in front of a REST API', async () => {
    const authorization = tokens.id
    expect(await typeOf(`${rest}/orders`)).toEqual([401, 'UnauthorizedException'])
    expect(await typeOf(`${rest}/`)).toEqual([403, 'MissingAuthenticationTokenException'])
    expect(await typeOf(`${rest}//orders`)).toEqual([400, 'BadRequestException'])
    expect(await typeOf(`${rest}/babble`, { authorization })).toEqual([502, 'InternalServerErrorException'])
    expect(await typeOf(`${rest}/die`, { authorization })).toEqual([504, 'InternalServerErrorException'])
    const keyless = await gateway({ ...restRoutes(), authorizers: { users: { issuer, jwksUrl: 'http://127.0.0.1:1/jwks' } } })
    expect(await typeOf(`${keyless}/orders`, { authorization })).toEqual([500, 'AuthorizerConfigurationException'])
  })

  it('is not there in front of an HTTP API', async () => {
    expect(await typeOf(`${http}/`)).toEqual([404, null])
    expect(await typeOf(`${http}/babble`, { 'x-token': tokens.id })).toEqual([502, null])
  })
})

describe('a gateway of an HTTP API', () => {
  it('takes tokens by audience and scopes, from its own header', async () => {
    expect(await get(`${http}/orders`, { 'x-token': readToken })).toMatchObject({ status: 201 })
    expect(await get(`${http}/other`, { 'x-token': `Bearer ${tokens.access}` })).toMatchObject({ status: 201 })
    const { status, body } = await get(`${http}/other`, { 'x-token': tokens.id })
    expect(status).toBe(201)
    expect((body as { headers: Record<string, string> }).headers['x-claim-cognito-groups']).toMatch(/^\[\w+ \w+\]$/)
  })

  it('says in www-authenticate why it refuses', async () => {
    const unauthorized = (challenge: string) => ({ status: 401, body: { message: 'Unauthorized' }, challenge })
    expect(await get(`${http}/other`, { authorization: tokens.id })).toEqual(unauthorized('Bearer'))
    const invalid = (why: string) => unauthorized(`Bearer scope="" error="invalid_token" error_description="${why}"`)
    expect(await get(`${http}/other`, { 'x-token': 'x' })).toEqual(invalid('token contains an invalid number of segments'))
    // Three segments, of which one can't be read.
    expect(await get(`${http}/other`, { 'x-token': `${tokens.id}x` })).toEqual(invalid('token is malformed'))
    expect(await get(`${http}/other`, { 'x-token': `x${tokens.id}` })).toEqual(invalid('token is malformed'))
    expect(await get(`${http}/other`, { 'x-token': foreign.id })).toEqual(invalid('the token does not have a valid issuer'))
    clock.advance(2 * 3_600_000)
    expect(await get(`${http}/other`, { 'x-token': tokens.id })).toEqual(invalid('the token has expired'))
    clock.reset()
    const narrow = await gateway({ ...httpRoutes(), authorizers: { users: { issuer, audience: ['somebody'] } } })
    expect(await get(`${narrow}/other`, { authorization: tokens.id })).toEqual(invalid('the token does not have a valid audience'))
    expect(await get(`${narrow}/other`, { authorization: tokens.access })).toEqual(invalid('the token does not have a valid audience'))
    expect(await get(`${http}/orders`, { 'x-token': tokens.access })).toEqual({
      status: 403,
      body: { message: 'Forbidden' },
      challenge: 'Bearer scope="shop/read" error="insufficient_scope" error_description="the token does not have a valid scope"',
    })
    expect(await get(`${http}/`)).toEqual(refused(404, 'Not Found'))
  })
})

/** Bytes to a server, and all that it answers. */
const raw = async (url: string, bytes: string): Promise<string> => {
  const socket = connect(Number(new URL(url).port), '127.0.0.1')
  socket.end(bytes)
  return text(socket)
}

describe('the proxy', () => {
  it('passes bodies on as they come, of any size', async () => {
    const call = request(`${rest}/big`, { method: 'POST', headers: { authorization: tokens.id } })
    const chunk = Buffer.alloc(1 << 20, 7)
    const answered = once(call, 'response') as Promise<[IncomingMessage]>
    call.write(chunk)
    const [answer] = await answered
    // The answer has begun while the request goes on: nothing is collected.
    let size = 0
    answer.on('data', (data: Buffer) => {
      size += data.length
    })
    for (let n = 0; n < 31; n++) if (!call.write(chunk)) await once(call, 'drain')
    call.end()
    await once(answer, 'end')
    expect(size).toBe(32 << 20)
  })

  it('keeps hop-by-hop headers to itself', async () => {
    const answer = await new Promise<IncomingMessage>((resolve, reject) => {
      const headers = { authorization: tokens.id, connection: 'close, x-hop', 'x-hop': '1', te: 'trailers', 'x-forwarded-for': '9.9.9.9' }
      request(`${rest}/x`, { headers }).once('response', resolve).once('error', reject).end()
    })
    const { headers } = JSON.parse(await text(answer)) as { headers: Record<string, string> }
    expect(headers['x-hop'] ?? headers['te']).toBeUndefined()
    expect(headers).toMatchObject({ 'x-forwarded-for': '9.9.9.9, 127.0.0.1', host: new URL(upstream).host, authorization: tokens.id })
    expect(answer.headers['set-cookie']).toEqual(['a=1', 'b=2'])
    expect(answer.headers['x-secret']).toBeUndefined()
  })

  it('answers for an upstream that hangs, dies, talks nonsense or is not there', async () => {
    const authorization = tokens.id
    expect(await get(`${rest}/hang`, { authorization })).toEqual(refused(504, 'Endpoint request timed out'))
    expect(await get(`${rest}/die`, { authorization })).toEqual(refused(504, 'Network error communicating with endpoint'))
    expect(await get(`${rest}/babble`, { authorization })).toEqual(refused(502, 'Internal server error'))
    const nowhere: GatewayDuty = { upstream: new URL('http://127.0.0.1:1'), patienceMs: 700 }
    expect(await get(`${await gateway(restRoutes(), nowhere)}/x`, { authorization })).toEqual(
      refused(504, 'Network error communicating with endpoint'),
    )
    expect(await get(`${await gateway(httpRoutes(), nowhere)}/x`, { 'x-token': tokens.id })).toEqual(refused(503, 'Service Unavailable'))
  })

  it('says that it has no WebSockets', async () => {
    const bytes = 'GET /health HTTP/1.1\r\nhost: x\r\nconnection: upgrade\r\nupgrade: websocket\r\n\r\n'
    expect(await raw(rest, bytes)).toMatch(/^HTTP\/1\.1 501[\s\S]*WebSockets are not supported/)
  })
})

describe('forward-auth', () => {
  const asked = (asking: AskingProxy) => gateway(restRoutes(), { asking })

  it('answers each proxy by its own headers alone', async () => {
    const [nginx, traefik, envoy] = await Promise.all((['nginx', 'traefik', 'envoy'] as const).map(asked))
    const open = { 'x-original-method': 'GET', 'x-original-uri': '/health' }
    const status = async (url: string | undefined, headers: Record<string, string>) => (await fetch(url ?? '', { headers })).status
    expect(await status(nginx, open)).toBe(200)
    expect(await status(nginx, { ...open, 'x-original-uri': '/orders' })).toBe(401)
    expect(await status(traefik, open)).toBe(500)
    const orders = { 'x-forwarded-method': 'GET', 'x-forwarded-uri': '/orders?a=1' }
    expect(await status(traefik, { ...open, ...orders })).toBe(401)
    const allowed = await fetch(traefik ?? '', { headers: { ...orders, authorization: tokens.id } })
    expect([allowed.status, allowed.headers.get('x-claim-email')]).toEqual([200, 'ana@example.org'])
    const repeated = { 'x-original-method': 'GET', 'x-original-uri': '/health, /orders' }
    expect(await status(nginx, repeated)).toBe(403)
    expect(await status(envoy, open)).toBe(403)
    expect(await status(`${envoy}/orders/7`, { authorization: readToken })).toBe(200)
    expect(await status(`${envoy}/orders/7`, { authorization: tokens.access })).toBe(403)
  })
})

describe('forward-auth by a proxy that does not say what it asks about', () => {
  it.each(['nginx', 'traefik'] as const)('%s: can not be judged, and is heard of', async (asking) => {
    const heard: string[] = []
    const read = readRoutes(restRoutes())
    const onFault = (sentence: string) => void heard.push(sentence)
    const authorize = createAuthorizeRequest(read, { clock, fetchJson: counted, onFault })
    const url = await listening(createGateway({ api: read.api, authorize, duty: { asking }, onFault }))
    for (const headers of [{}, { 'x-original-method': 'GET' }, { 'x-forwarded-uri': '/health' }])
      expect(await get(url, { ...headers, authorization: tokens.id })).toEqual(refused(500, 'Internal server error'))
    expect(heard).toHaveLength(3)
    expect(heard[0]).toContain(`${asking} does not say which request it asks about`)
  })
})

describe('routes.yaml', () => {
  it.each([
    [{}, /routes must be a list/],
    [{ api: 'SOAP' }, /api is "SOAP". It must be REST or HTTP/],
    [{ rutes: [] }, /rutes is unknown/],
    [{ authorizers: { a: {} }, routes: [{ path: '/' }] }, /authorizers.a must have either issuer or userPoolId/],
    [{ api: 'HTTP', authorizers: { a: { userPoolId: 'us-east-1_A' } }, routes: [{ path: '/' }] }, /authorizers.a.audience is missing/],
    [{ routes: [{ path: '/' }] }, /routes\[0\].authorizer is missing/],
    [{ routes: [{ path: 'x', authorizer: 'NONE' }] }, /routes\[0\].path is "x"/],
    [{ routes: [{ path: '/x', authorizer: 'NONE', scopes: ['a'] }] }, /has scopes, but no authorizer/],
    [{ routes: [{ path: '/x', authorizer: 'NONE', methods: ['GRAB'] }] }, /methods has GRAB/],
    // What YAML makes of a key with nothing behind it.
    [{ routes: [{ path: '/x', authorizer: 'NONE', methods: null }] }, /methods must be a list of texts/],
    [{ authorizers: { a: { userPoolId: 'us-east-1_A' } }, routes: [{ path: '/x', scopes: null }] }, /scopes must be a list of texts/],
    [
      {
        routes: [
          { path: '/{a}', authorizer: 'NONE' },
          { path: '/{b}', authorizer: 'NONE' },
        ],
      },
      /routes\[0\] and routes\[1\] are both ANY/,
    ],
  ])('%j is refused with a reason', (document, reason) => {
    expect(() => readRoutes(document)).toThrow(reason)
  })
})

describe('a guard in the application', () => {
  it('guards Hono', async () => {
    const guard = createGuard({ issuer })
    const app = new Hono<{ Variables: { authorizer: { claims: Readonly<Record<string, unknown>> } } }>()
    app.use('/orders', guard.hono({ scopes: ['shop/read'] }))
    app.get('/orders', (context) => context.json(context.get('authorizer').claims['client_id']))
    const at = (authorization: string) => app.request('/orders', { headers: { authorization } })
    const allowed = await at(`Bearer ${readToken}`)
    expect([allowed.status, await allowed.json()]).toEqual([200, 'shopmachine'])
    const denied = await at(tokens.access)
    expect([denied.status, await denied.json()]).toEqual([403, { message: 'Forbidden' }])
  })

  it('guards node:http, and Express, which hands over the same objects', async () => {
    const guard = createGuardOn(clock, { issuer, api: 'HTTP', audience: 'shop', tokenUse: 'id' })
    const middleware = guard.express()
    const own = await listening(
      createServer((incoming, response) => {
        void middleware(incoming, response, () => {
          response.end(JSON.stringify((incoming as unknown as { authorizer: { claims: object } }).authorizer.claims))
        })
      }),
    )
    expect(await get(own, { authorization: tokens.id })).toMatchObject({ status: 200, body: { email: 'ana@example.org' } })
    expect(await get(own, { authorization: tokens.access })).toEqual(refused(401, 'Unauthorized'))
  })

  it('guards by the documented shape of a Fastify hook', async () => {
    const hook = createGuard({ issuer }).fastify()
    const sent: unknown[] = []
    const reply = {
      code: (status: number) => sent.push(status),
      headers: (values: Record<string, string>) => sent.push(values['content-type']),
      send: (body: string) => sent.push(body),
    }
    const incoming = { headers: { authorization: tokens.id } }
    expect(await hook(incoming, reply)).toBeUndefined()
    expect(incoming).toMatchObject({ authorizer: { claims: { token_use: 'id' } } })
    expect(await hook({ headers: {} }, reply)).toBe(reply)
    expect(sent).toEqual([401, 'application/json', '{"message":"Unauthorized"}'])
  })
})

describe('a guard that can not be obeyed', () => {
  type Made = { readonly [name in 'express' | 'fastify' | 'hono' | 'check']: (...given: unknown[]) => unknown }
  const guardOf = () => createGuard({ issuer }) as unknown as Made
  const wrong: [unknown, RegExp][] = [
    [{ scope: ['shop/read'] }, /scope is unknown; there are scopes/],
    [{ scopes: undefined }, /scopes must be a list of texts/],
    [{ scopes: ['shop/read', undefined] }, /scopes must be a list of texts/],
    [{ scopes: 'shop/read shop/write' }, /"shop\/read shop\/write", which is no scope/],
    [['shop/read'], /takes nothing, or what the route asks for/],
    ['shop/read', /takes nothing, or what the route asks for/],
    [null, /takes nothing, or what the route asks for/],
  ]

  it.each(wrong)('is not made: %j', async (need, reason) => {
    const guard = guardOf()
    for (const name of ['express', 'fastify', 'hono'] as const) expect(() => guard[name](need), name).toThrow(reason)
    await expect(guard.check(tokens.id, need)).rejects.toThrow(reason)
  })

  it('takes one scope as a text, too', async () => {
    const guard = createGuard({ issuer })
    expect(await guard.check(readToken, { scopes: 'shop/read' })).toMatchObject({ allowed: true })
    expect(await guard.check(readToken, { scopes: 'shop/write' })).toMatchObject({ allowed: false, status: 403 })
  })

  it('takes what is no text for no token', async () => {
    const guard = guardOf()
    for (const authorization of [undefined, null, 7, [tokens.id], { toString: () => tokens.id }])
      expect(await guard.check(authorization)).toMatchObject({ allowed: false, status: 401 })
  })

  it('hands an error of its own to next, once', async () => {
    const middleware = createGuard({ issuer }).express()
    const handed: unknown[] = []
    const setHeader = () => {
      throw new Error('headers are sent')
    }
    const response = { statusCode: 0, setHeader, end: () => undefined }
    await middleware({ headers: {} }, response, (error) => handed.push(error))
    expect(handed).toEqual([expect.objectContaining({ message: 'headers are sent' })])
    const failing = middleware({ headers: { authorization: tokens.id } }, response, (error) => {
      handed.push(error)
      throw new Error('of a handler')
    })
    await expect(failing).rejects.toThrow('of a handler')
    expect(handed).toEqual([expect.anything(), undefined])
  })

  it('is not made with an identitySource, nor with an audience that is undefined', () => {
    const make = (options: object) => () => createGuard({ issuer, ...options })
    expect(make({ identitySource: 'X-Token' })).toThrow(/identitySource is for the gateway/)
    expect(make({ audience: undefined })).toThrow(/audience is undefined/)
    expect(make({ api: 'HTTP', audience: 'shop', tokenUse: undefined })).toThrow(/tokenUse is undefined/)
    expect(make({ jwksUrl: undefined })).not.toThrow()
  })
})

it.each([
  ['eu-central-1_Ab1', 'https://cognito-idp.eu-central-1.amazonaws.com/eu-central-1_Ab1'],
  ['cn-north-1_Ab1', 'https://cognito-idp.cn-north-1.amazonaws.com.cn/cn-north-1_Ab1'],
  ['us-gov-west-1_Ab1', 'https://cognito-idp.us-gov-west-1.amazonaws.com/us-gov-west-1_Ab1'],
  ['eusc-de-east-1_Ab1', 'https://cognito-idp.eusc-de-east-1.amazonaws.eu/eusc-de-east-1_Ab1'],
])('tokens of the pool %s are of %s', (userPoolId, expected) => {
  const { authorizers } = readRoutes({ authorizers: { a: { userPoolId } }, routes: [{ path: '/' }] })
  expect(authorizers.get('a')?.rules.issuer).toBe(expected)
})
