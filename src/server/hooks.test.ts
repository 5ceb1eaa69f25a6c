import type { Hono } from 'hono'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { createHarness, type Harness } from '../../tests/support/harness.ts'
import { makePool } from '../../tests/support/make-pool.ts'
import { makeUser } from '../../tests/support/make-user.ts'
import { codeChallenge, codeFor, pageSettings } from '../../tests/support/page-codes.ts'
import { codeRedeemer } from './code-redeemer.ts'
import { createHooks } from './hooks.ts'

let server: Harness
let hooks: Hono
let resets = 0

beforeEach(async () => {
  server = await createHarness()
  resets = 0
  if (server.mailbox === undefined) throw new Error('the harness keeps a mailbox')
  hooks = createHooks({
    mailbox: server.mailbox,
    clock: server.clock,
    triggers: server.triggers,
    metrics: server.meter,
    publicUrl: () => origin,
    reset: async () => {
      resets += 1
    },
    seed: async ({ pools }) => pools.map(({ name }) => ({ name, region: 'r', userPoolId: 'p', clients: [], users: [] })),
    redeemer: (code) => codeRedeemer(server, code),
  })
})
afterEach(() => server.close())

const origin = 'http://localhost:9339'
const post = (path: string, body: string, headers: Record<string, string> = {}) =>
  hooks.request(`${origin}${path}`, { method: 'POST', body, headers: { 'content-type': 'application/json', ...headers } })

describe('the test hooks', () => {
  it('list messages, newest first, all or those to one address', async () => {
    const message = { medium: 'EMAIL' as const, subject: 's', body: 'b', code: '123456' }
    await server.mailbox?.deliver({ ...message, destination: 'ana@example.org' })
    server.clock.advance(1000)
    await server.mailbox?.deliver({ ...message, destination: 'ben@example.org' })
    const all = (await (await hooks.request(`${origin}/messages`)).json()) as { destination: string }[]
    expect(all.map(({ destination }) => destination)).toEqual(['ben@example.org', 'ana@example.org'])
    const one = await (await hooks.request(`${origin}/messages?to=ana@example.org`)).json()
    expect(one).toEqual([{ ...message, destination: 'ana@example.org', sentAt: server.clock.now() - 1000 }])
  })

  it('show the metrics', async () => {
    await server.call('ListUserPools', { MaxResults: 1 })
    const reply = await hooks.request(`${origin}/metrics`)
    expect(reply.headers.get('content-type')).toBe('text/plain; version=0.0.4; charset=utf-8')
    expect(await reply.text()).toContain('poolhouse_requests_total{operation="ListUserPools",outcome="ok"} 1\n')
  })

  it('move the clock', async () => {
    const before = server.clock.now()
    expect(await (await post('/clock', '{"advance":5000}')).json()).toEqual({ now: before + 5000 })
    expect(await (await post('/clock', '{"set":"2030-01-01T00:00:00Z"}')).json()).toEqual({ now: Date.UTC(2030, 0, 1) })
    expect((await post('/clock', '{"set":"soon"}')).status).toBe(400)
    expect((await post('/clock', '{"advance":"1"}')).status).toBe(400)
  })

  it('reset and seed', async () => {
    expect((await post('/reset', '')).status).toBe(200)
    expect(resets).toBe(1)
    expect(await (await post('/seed', '{"pools":[{"name":"x"}]}')).json()).toMatchObject({ pools: [{ name: 'x' }] })
    expect((await post('/seed', '{"pools":[{}]}')).status).toBe(400)
    expect((await post('/seed', 'not JSON')).status).toBe(400)
  })

  it.each([
    ['another origin', { origin: 'http://evil.example' }],
    ['another site', { 'sec-fetch-site': 'cross-site' }],
    ['a form', { 'content-type': 'application/x-www-form-urlencoded' }],
    ['an opaque origin', { origin: 'null' }],
  ])('do not answer %s', async (_, headers) => {
    expect((await post('/reset', '{}', headers)).status).toBe(403)
    expect(resets).toBe(0)
  })

  it('answer the server’s own origin and never allow another one by CORS', async () => {
    const reply = await post('/reset', '{}', { origin })
    expect(reply.status).toBe(200)
    expect(reply.headers.get('access-control-allow-origin')).toBeNull()
  })
})

describe('the page that stands for an application', () => {
  const shown = async (query: string) => (await hooks.request(`${origin}/callback?${query}`)).text()

  it.each([
    ['without a secret', {}, {}, (id: string) => `-d client_id=${id}<`],
    ['with a secret', { GenerateSecret: true }, {}, (id: string) => `-u ${id}:CLIENT_SECRET<`],
    ['with PKCE', {}, { codeChallenge }, (id: string) => `-d client_id=${id} -d code_verifier=CODE_VERIFIER<`],
  ])('shows how the client that the code is for redeems it: one %s', async (_, client, more, end) => {
    await makePool(server)
    const pool = await makePool(server, {}, { ...pageSettings, ...client })
    await makeUser(server, pool.UserPoolId, 'ana')
    const code = await codeFor(server, pool, 'ana', more)
    for (const _ of ['once', 'and again, because it stays good']) {
      const page = await shown(`code=${code}`)
      expect(page).toContain(`curl -s ${origin}/oauth2/token -d grant_type=authorization_code -d code=${code} `)
      expect(page).toContain(end(pool.ClientId))
    }
  })

  it('repeats nothing that is no code', async () => {
    expect(await shown('code=a1b2c3d4-5678-90ab-cdef-000000000000')).toContain('Nothing came back')
    const hostile = await shown(`code=${encodeURIComponent('"><script>alert(1)</script>')}`)
    expect(hostile).not.toContain('alert(1)')
    expect(await shown(`error=${encodeURIComponent('<img src=x>')}`)).toContain('&lt;img src=x&gt;')
  })
})
