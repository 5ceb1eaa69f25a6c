import { request } from 'node:http'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type ServerOnFolder, startOnFolder } from '../support/start-on-folder.ts'

let server: ServerOnFolder

beforeAll(async () => {
  server = await startOnFolder('--trusted-proxies', '127.0.0.1', '--allowed-host', 'box.lan')
})
afterAll(() => server?.stop())

interface Answer {
  readonly status: number | undefined
  readonly headers: Readonly<Record<string, unknown>>
  readonly body: string
}

/** A request by a client that may write any header. */
const send = (method: string, path: string, headers: Readonly<Record<string, string>>, body = ''): Promise<Answer> =>
  new Promise((resolve, reject) => {
    const { port } = new URL(server.url)
    const outgoing = request(
      { host: '127.0.0.1', port, method, path, headers: { 'content-length': Buffer.byteLength(body), ...headers } },
      (reply) => {
        let text = ''
        reply.setEncoding('utf8').on('data', (chunk: string) => {
          text += chunk
        })
        reply.on('end', () => resolve({ status: reply.statusCode, headers: reply.headers, body: text }))
      },
    )
    outgoing.once('error', reject).end(body)
  })

const list = (host: string, changed: Readonly<Record<string, string>> = {}) =>
  send(
    'POST',
    '/console/api',
    {
      host,
      origin: `http://${host}`,
      'sec-fetch-site': 'same-origin',
      'content-type': 'application/x-amz-json-1.1',
      'x-amz-target': 'AWSCognitoIdentityProviderService.ListUserPools',
      'x-poolhouse-console': '1',
      ...changed,
    },
    '{"MaxResults":5}',
  )

const ownHost = () => new URL(server.url).host

describe('the console of a development server', () => {
  it('lets its own page rule without a password, under every name that the server answers for', async () => {
    for (const host of [ownHost(), 'box.lan']) {
      expect(await list(host)).toMatchObject({ status: 200, body: '{"UserPools":[]}' })
    }
  })

  it('must-not-happen 42: obeys no page of another origin, and tells no browser that one may ask', async () => {
    const foreign = [
      { origin: 'https://evil.example' },
      { origin: 'http://localhost:3000' },
      { 'sec-fetch-site': 'cross-site' },
      { 'sec-fetch-site': 'same-site' },
    ]
    for (const changed of foreign) expect(await list(ownHost(), changed)).toMatchObject({ status: 403 })
    const preflight = await send('OPTIONS', '/console/api', {
      host: ownHost(),
      origin: 'https://evil.example',
      'access-control-request-method': 'POST',
      'access-control-request-headers': 'x-poolhouse-console,x-amz-target',
    })
    expect(preflight.status).toBe(403)
    for (const reply of [preflight, await list(ownHost())]) {
      expect(Object.keys(reply.headers).filter((name) => name.startsWith('access-control'))).toEqual([])
    }
  })

  it('does not answer under a foreign name, so that no page can point its own name here', async () => {
    expect(await list('evil.example')).toMatchObject({ status: 403 })
    expect(await send('GET', '/console/', { host: 'evil.example' })).toMatchObject({ status: 403 })
  })

  it('is open only to browsers on its own machine', async () => {
    expect(await list(ownHost(), { 'x-forwarded-for': '203.0.113.9' })).toMatchObject({ status: 403 })
    const page = await send('GET', '/console/', { host: ownHost(), 'x-forwarded-for': '203.0.113.9' })
    expect(page).toMatchObject({ status: 403, body: expect.stringContaining('only to browsers on its own machine') })
  })

  it('counts only below /console/api: elsewhere administrative calls still want a signature', async () => {
    const headers = {
      host: ownHost(),
      'content-type': 'application/x-amz-json-1.1',
      'x-amz-target': 'AWSCognitoIdentityProviderService.ListUserPools',
    }
    const reply = await send('POST', '/', { ...headers, 'x-poolhouse-console': '1', origin: `http://${ownHost()}` }, '{"MaxResults":5}')
    expect(reply).toMatchObject({ status: 400, body: expect.stringContaining('MissingAuthenticationTokenException') })
  })
})
