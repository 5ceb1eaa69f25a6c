import { generateKeyPairSync, sign } from 'node:crypto'
import { once } from 'node:events'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { systemClock } from '../src/clock.ts'
import { createAuthorizeRequest } from '../src/guard/authorize-request.ts'
import { createGateway } from '../src/guard/create-gateway.ts'
import { readRoutes } from '../src/guard/read-routes.ts'

const issuer = 'http://issuer/us-east-1_Shop'
const kid = 'k1'
const { privateKey, publicKey } = generateKeyPairSync('rsa', { modulusLength: 2048 })
const part = (value: object): string => Buffer.from(JSON.stringify(value)).toString('base64url')
const tokenWith = (claims: object): string => {
  const now = Math.floor(Date.now() / 1000)
  const all = { sub: 'ana', iss: issuer, aud: 'shop', token_use: 'id', auth_time: now, iat: now, exp: now + 3600, ...claims }
  const input = `${part({ alg: 'RS256', kid })}.${part(all)}`
  return `${input}.${sign('sha256', Buffer.from(input), privateKey).toString('base64url')}`
}

const closing: Server[] = []
const faults: string[] = []
const listening = async (made: Server): Promise<string> => {
  closing.push(made)
  made.listen(0, '127.0.0.1')
  await once(made, 'listening')
  return `http://127.0.0.1:${(made.address() as AddressInfo).port}`
}
const gateways: Record<string, string> = {}

beforeAll(async () => {
  // The 16 kB of Node.js, which its servers have unless they are told otherwise.
  const upstream = await listening(
    createServer({ maxHeaderSize: 16_384 }, (incoming, response) => response.end(JSON.stringify(incoming.headers))),
  )
  for (const api of ['REST', 'HTTP'] as const) {
    const routes = readRoutes({ api, authorizers: { users: { issuer, audience: ['shop'] } }, routes: [{ path: '/{proxy+}' }] })
    const jwks = { keys: [{ ...publicKey.export({ format: 'jwk' }), kid }] }
    const fetchJson = async (url: string) => (url.endsWith('/jwks') ? jwks : { issuer, jwks_uri: `${issuer}/jwks` })
    const onFault = (sentence: string) => void faults.push(sentence)
    const authorize = createAuthorizeRequest(routes, { clock: systemClock, fetchJson, onFault })
    gateways[api] = await listening(createGateway({ api, authorize, duty: { upstream: new URL(upstream), patienceMs: 5000 }, onFault }))
  }
})
afterAll(() => {
  for (const made of closing) {
    made.close()
    made.closeAllConnections()
  }
})

const headersOf = async (api: 'REST' | 'HTTP', authorization: string) => {
  const answer = await fetch(`${gateways[api]}/orders`, { headers: { authorization } })
  const body = await answer.text()
  return { status: answer.status, headers: (answer.ok ? JSON.parse(body) : {}) as Record<string, string> }
}

describe('claims reach the upstream', () => {
  const claims = {
    exp: Date.UTC(2095, 8, 1, 23, 8, 6) / 1000,
    iat: Date.UTC(2025, 8, 11, 22, 58, 16) / 1000,
    auth_time: 1_757_631_496,
    email_verified: true,
    'cognito:groups': ['staff', 'admins'],
    identities: [{ userId: '7', providerName: 'Google', issuer: null, primary: 'true' }],
  }

  it('of a REST API as Lambda functions behind one get them: exp and iat as dates, the rest as text', async () => {
    const { headers } = await headersOf('REST', tokenWith(claims))
    expect(JSON.parse(headers['x-authorizer-claims'] ?? '')).toEqual({
      sub: 'ana',
      iss: issuer,
      aud: 'shop',
      token_use: 'id',
      exp: 'Thu Sep 01 23:08:06 UTC 2095',
      iat: 'Thu Sep 11 22:58:16 UTC 2025',
      auth_time: '1757631496',
      email_verified: 'true',
      'cognito:groups': 'staff,admins',
      identities: '{"userId":"7","providerName":"Google","issuer":null,"primary":"true"}',
    })
    expect([headers['x-claim-iat'], headers['x-claim-auth-time']]).toEqual(['Thu Sep 11 22:58:16 UTC 2025', '1757631496'])
  })

  it('of an HTTP API with times as numbers and lists in brackets', async () => {
    const { headers } = await headersOf('HTTP', tokenWith(claims))
    expect(JSON.parse(headers['x-authorizer-claims'] ?? '')).toMatchObject({
      exp: String(claims.exp),
      iat: '1757631496',
      auth_time: '1757631496',
      email_verified: 'true',
      'cognito:groups': '[staff admins]',
    })
  })
})

describe('a large token', () => {
  const ofGroups = (count: number) =>
    tokenWith({ 'cognito:groups': Array.from({ length: count }, (_, n) => `department-${String(n).padStart(4, '0')}`) })

  it('of 7,000 characters fits into the headers of an upstream that takes 16 kB, by what docs/gateway.md says', async () => {
    const token = ofGroups(270)
    expect(token.length).toBeGreaterThan(7000)
    const { status, headers } = await headersOf('REST', token)
    expect([status, headers['x-claim-cognito-groups']?.split(',').length]).toEqual([200, 270])
    expect(faults).toEqual([])
  })

  it("is the upstream's to refuse, and the gateway says why", async () => {
    expect((await headersOf('REST', ofGroups(290))).status).toBe(431)
    expect(faults).toEqual([expect.stringMatching(/^http:\/\/127\.0\.0\.1:\d+ refuses headers of 17\d{3} bytes/)])
  })
})
