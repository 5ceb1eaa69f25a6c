import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import type { Log } from '../src/context.ts'
import type { MadePool } from './support/make-pool.ts'
import { makeUser, password } from './support/make-user.ts'
import { type OAuthServer, startOAuth } from './support/oauth-server.ts'
import { openBrowser } from './support/page-browser.ts'
import { authorizeQuery, makePagePool } from './support/page-pool.ts'

const wrong = 'Wrong-Horse-7'

let server: OAuthServer
let pool: MadePool
const lines: Readonly<Record<string, unknown>>[] = []

beforeAll(async () => {
  const write = (fields: Readonly<Record<string, unknown>>, message: string) => void lines.push({ ...fields, message })
  const log: Log = { debug: write, info: write, warn: write, error: write }
  server = await startOAuth({}, {}, { through: (harness) => ({ ...harness, log }) })
  pool = await makePagePool(server.harness)
  await makeUser(server.harness, pool.UserPoolId, 'ana', { email: 'ana@example.org', email_verified: 'true' })
})
afterAll(() => server.stop())
afterEach(() => void lines.splice(0))

const counted = async (operation: string, outcome: string): Promise<number> => {
  const start = `poolhouse_requests_total{operation="${operation}",outcome="${outcome}"} `
  const line = (await server.harness.meter.text()).split('\n').find((each) => each.startsWith(start))
  return line === undefined ? 0 : Number(line.slice(start.length))
}

const atPassword = async () => {
  const browser = openBrowser(server.url)
  return { browser, page: await browser.submit(await browser.get(`/login?${authorizeQuery(pool)}`), { username: 'ana' }) }
}

describe('how a request for a page ended', () => {
  it('is the refusal where a sign-in fails, findable by the request id of the answer, and no secret is told', async () => {
    const before = [await counted('login', 'NotAuthorizedException'), await counted('login', 'ok')]
    const { browser, page } = await atPassword()
    const refused = await browser.submit(page, { password: wrong })
    expect(refused.faults).not.toEqual([])
    const requestId = refused.headers['x-amz-cognito-request-id']
    expect(lines).toContainEqual({ requestId, operation: 'login', code: 'NotAuthorizedException', message: 'refused' })
    expect([await counted('login', 'NotAuthorizedException'), await counted('login', 'ok')]).toEqual([
      (before[0] ?? 0) + 1,
      (before[1] ?? 0) + 2,
    ])
    expect(JSON.stringify(lines)).not.toContain(wrong)
  })

  it('is ok where it goes on, and writes nothing', async () => {
    const { browser, page } = await atPassword()
    expect((await browser.submit(page, { password })).status).toBe(302)
    expect(lines).toEqual([])
  })

  it.each(['confirm', 'resendcode', 'forgotPassword', 'confirmforgotPassword'])(
    'is the refusal at /%s for a name that nobody has',
    async (path) => {
      const outcome = 'UserNotFoundException'
      const open = await makePagePool(server.harness, {}, { PreventUserExistenceErrors: 'LEGACY' })
      const browser = openBrowser(server.url)
      const before = await counted(path, outcome)
      const page = await browser.get(`/${path}?${authorizeQuery(open)}`)
      await browser.submit(page, { username: 'nobody', code: '123456', password: 'Brand-New-Horse-8' })
      expect(lines.map(({ code }) => code)).toEqual([outcome])
      expect(await counted(path, outcome)).toBe(before + 1)
    },
  )

  it.each([
    ['a parameter that comes twice', (path: string) => fetch(`${path}?lang=en&lang=de`), 'invalid_request'],
    ['a method that the page does not take', (path: string) => fetch(path, { method: 'PUT' }), 'invalid_request'],
    ['a client that nobody knows', (path: string) => fetch(`${path}?client_id=none`, { redirect: 'manual' }), 'client_mismatch'],
  ])('is the refusal for %s', async (_, ask, outcome) => {
    const before = await counted('login', outcome)
    await ask(`${server.url}/login`)
    expect(await counted('login', outcome)).toBe(before + 1)
    expect(lines).toContainEqual(expect.objectContaining({ operation: 'login', code: outcome, message: 'refused' }))
  })
})
