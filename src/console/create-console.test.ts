import { describe, expect, it } from 'vitest'
import type { ApiRequest } from '../api/api-request.ts'
import { systemRandom } from '../random.ts'
import { silentLog } from '../server/log.ts'
import type { BuiltFiles } from './built-files.ts'
import type { ConsoleRequest } from './console-request.ts'
import { type ConsoleOptions, createConsole } from './create-console.ts'
import { everybodyIsOperator } from './operator.ts'

const files: BuiltFiles = {
  page: async () => '<base href="/console/" /><p>page</p>',
  file: async (name) => (name === 'assets/a.js' ? { status: 200, headers: { 'content-type': 'text/javascript' }, body: 'a' } : undefined),
}

const open = (options: Partial<ConsoleOptions> = {}) => {
  const seen: ApiRequest[] = []
  const answer = createConsole({
    dispatch: async (request) => {
      seen.push(request)
      return { status: 200, headers: { 'access-control-allow-origin': '*', 'x-amzn-requestid': '1' }, body: '{}' }
    },
    findOperator: everybodyIsOperator,
    facts: { mode: 'dev', accountId: '000000000000', regions: undefined, defaultRegion: 'us-east-1', operations: ['SignUp'] },
    refuse: () => undefined,
    publicUrl: () => 'http://localhost:9339',
    faults: { log: silentLog, random: systemRandom },
    files,
    ...options,
  })
  const get = (path: string, more: Partial<ConsoleRequest> = {}) =>
    answer({ method: 'GET', path, headers: { 'x-poolhouse-console': '1' }, body: new Uint8Array(), remoteAddress: '127.0.0.1', ...more })
  return { seen, get }
}

const own = { host: 'localhost:9339', origin: 'http://localhost:9339', 'sec-fetch-site': 'same-origin', 'x-poolhouse-console': '1' }

describe('the console', () => {
  it.each(['/console', '/console/', '/console/user-pools/x/users/%2F', '/console/api2', '/console/sessions'])(
    'shows its page at every address of it: %s',
    async (path) => {
      const reply = await open().get(path)
      expect([reply.status, reply.headers['cache-control']]).toEqual([200, 'no-cache'])
      expect(reply.body).toContain('page')
    },
  )

  it('allows no inline scripts and styles, no frame around it and no other origin, in every answer', async () => {
    const { get } = open()
    const api = { method: 'POST', headers: own }
    const replies = [
      get('/console/'),
      get('/console/assets/a.js'),
      get('/console/assets/b.js'),
      get('/console/session'),
      get('/console/api', api),
      get('/console/api'),
      get('/console/', { method: 'POST' }),
      open({ files: { ...files, page: async () => undefined } }).get('/console/'),
      open({ refuse: () => 'No.' }).get('/console/'),
    ]
    for (const { status, headers } of await Promise.all(replies)) {
      const policy = headers['content-security-policy']
      expect(policy, String(status)).toContain("default-src 'none'; script-src 'self'; style-src 'self'")
      expect(policy).not.toContain('unsafe')
      expect(policy).toContain("frame-ancestors 'none'")
      expect(headers['x-content-type-options']).toBe('nosniff')
      expect(Object.keys(headers).filter((name) => name.startsWith('access-control'))).toEqual([])
    }
  })

  it('hands calls of its own page to the dispatcher, and no others', async () => {
    const { get, seen } = open()
    const body = new Uint8Array([123, 125])
    expect(await get('/console/api', { method: 'POST', headers: own, body })).toMatchObject({
      status: 200,
      headers: { 'x-amzn-requestid': '1' },
      body: '{}',
    })
    expect(seen).toEqual([{ method: 'POST', path: '/', query: '', headers: own, body, remoteAddress: '127.0.0.1' }])
    for (const headers of [{ ...own, origin: 'http://localhost:3000' }, { ...own, 'sec-fetch-site': 'cross-site' }, {}]) {
      expect(await get('/console/api', { method: 'POST', headers })).toMatchObject({ status: 403 })
    }
    for (const method of ['GET', 'OPTIONS', 'PUT', 'HEAD'])
      expect(await get('/console/api', { method, headers: own })).toMatchObject({ status: 403 })
    expect(seen).toHaveLength(1)
  })

  it('tells its own page where it is, and only who is signed in', async () => {
    expect(JSON.parse(String((await open().get('/console/session')).body))).toEqual({
      mode: 'dev',
      accountId: '000000000000',
      defaultRegion: 'us-east-1',
      operations: ['SignUp'],
      publicUrl: 'http://localhost:9339',
      operator: 'console',
      may: { metrics: false, mailbox: false, operators: false, audit: false },
    })
    expect((await open().get('/console/session', { headers: { 'sec-fetch-site': 'cross-site' } })).status).toBe(403)
    const nobody = await open({ findOperator: async () => undefined }).get('/console/session')
    expect([nobody.status, nobody.body]).toEqual([401, '{"mode":"dev"}'])
  })

  it('tells its own page alone what no operation tells of a pool', async () => {
    const views = { keys: async (poolId: string) => (poolId === 'us-east-1_a' ? { keys: [poolId] } : undefined) }
    const headers = { 'x-poolhouse-console': '1', 'sec-fetch-site': 'same-origin' }
    const status = async (path: string, more: object = {}, options: Partial<ConsoleOptions> = {}) =>
      (await open({ views, ...options }).get(`/console/views/${path}`, { headers: { ...headers, ...more } })).status
    expect((await open({ views }).get('/console/views/keys/us-east-1_a', { headers })).body).toBe('{"keys":["us-east-1_a"]}')
    expect(await Promise.all([status('keys/us-east-1_b'), status('toString/us-east-1_a')])).toEqual([404, 404])
    expect(await status('keys/us-east-1_a', { 'sec-fetch-site': 'same-site' })).toBe(403)
    expect((await open({ views }).get('/console/views/keys/us-east-1_a', { headers: {} })).status).toBe(403)
    const asked: unknown[] = []
    const paged = {
      paged: async (_: string, { after }: { after: string | undefined }) => {
        asked.push(after)
        return {}
      },
    }
    for (const path of ['paged/p/1%20a', 'paged/p', 'paged/p/%E0%A4%A']) await status(path, {}, { views: paged })
    expect(asked).toEqual(['1 a', undefined, '%E0%A4%A'])
    expect(await status('secret/p', {}, { views: { secret: async () => 'denied' as const } })).toBe(403)
    expect(await status('keys/us-east-1_a', {}, { findOperator: async () => undefined })).toBe(401)
  })

  it('tells its own page of mailbox and metrics, where it has them', async () => {
    const live = { messages: undefined, metrics: () => 'poolhouse_requests_total 1', history: () => [] }
    const { get } = open({ live })
    expect(await get('/console/live/metrics', { headers: { 'sec-fetch-site': 'same-origin', 'x-poolhouse-console': '1' } })).toMatchObject({
      status: 200,
      body: live.metrics(),
      headers: { 'content-security-policy': expect.stringContaining("default-src 'none'") },
    })
    expect((await get('/console/live/metrics', { headers: { 'sec-fetch-site': 'cross-site' } })).status).toBe(403)
    expect((await open({ live, findOperator: async () => undefined }).get('/console/live/metrics')).status).toBe(401)
    expect((await get('/console/live/metrics', { headers: { 'sec-fetch-site': 'same-origin' } })).status).toBe(403)
    expect((await get('/console/live/other')).status).toBe(404)
    expect((await open().get('/console/live/metrics')).status).toBe(404)
  })

  it('answers nothing at all to whom it is not open', async () => {
    const { get, seen } = open({ refuse: ({ remoteAddress }) => (remoteAddress === '127.0.0.1' ? undefined : 'Not to you.') })
    for (const path of ['/console/', '/console/session', '/console/assets/a.js']) {
      expect(await get(path, { remoteAddress: '203.0.113.9' })).toMatchObject({ status: 403, body: expect.stringContaining('Not to you.') })
    }
    expect(await get('/console/api', { method: 'POST', headers: own, remoteAddress: '203.0.113.9' })).toMatchObject({ status: 403 })
    expect(seen).toEqual([])
  })

  it('has no endpoints for signing in where everybody is the operator, only pages of the same names', async () => {
    const { get } = open()
    for (const path of ['sign-in', 'sign-out', 'set-up', 'set-up/begin', 'account/password', 'operators', 'operators/remove']) {
      const reply = await get(`/console/${path}`, { method: 'POST', headers: own })
      expect([reply.status, reply.headers['content-type']]).toEqual([404, 'application/json'])
    }
    expect((await get('/console/account', { headers: { 'x-poolhouse-console': '1' } })).status).toBe(404)
    expect((await get('/console/account', { headers: {} })).body).toContain('page')
  })

  it('lets the page ask the origins that it is told, and its own', async () => {
    const policyOf = async (options: Partial<ConsoleOptions>) => (await open(options).get('/console/')).headers['content-security-policy']
    expect(await policyOf({})).toContain("connect-src 'self';")
    expect(await policyOf({ connect: ['https://id.example.com'] })).toContain("connect-src 'self' https://id.example.com;")
  })

  it('says how it is built where it is not', async () => {
    const reply = await open({ files: { ...files, page: async () => undefined } }).get('/console/user-pools')
    expect([reply.status, String(reply.body).includes('npm run build')]).toEqual([503, true])
  })

  it('knows the path that a proxy puts before it', async () => {
    expect((await open({ publicUrl: () => 'https://example.com/auth/' }).get('/console/')).body).toContain('<base href="/auth/console/"')
  })

  it('tells a fault of a view in the log, and whoever asked where to find it', async () => {
    const logged: string[] = []
    const note = (fields: object, text: string) => void logged.push(`${text} ${JSON.stringify(fields)}`)
    const { get } = open({
      views: { audit: () => Promise.reject(new Error('the store is away')) },
      faults: { log: { debug: note, info: note, warn: note, error: note }, random: { ...systemRandom, uuid: () => 'request-1' } },
    })
    const reply = await get('/console/views/audit/server')
    expect([reply.status, String(reply.body)]).toEqual([500, expect.stringContaining('at request-1')])
    expect(logged.join()).toContain('request-1')
  })
})
