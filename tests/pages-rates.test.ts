import { afterEach, describe, expect, it } from 'vitest'
import { createRequestRates } from '../src/api/request-rates.ts'
import { type AdjustableClock, createAdjustableClock } from '../src/clock.ts'
import type { Rates } from '../src/domain/request-categories.ts'
import { type MadePool, makeClient } from './support/make-pool.ts'
import { makeUser, password } from './support/make-user.ts'
import { basic, type OAuthServer, startOAuth } from './support/oauth-server.ts'
import { openBrowser, type SeenPage } from './support/page-browser.ts'
import { authorizeQuery, makePagePool, pageClient } from './support/page-pool.ts'

let server: OAuthServer
let clock: AdjustableClock
let pool: MadePool

const begin = async (rates: Rates) => {
  clock = createAdjustableClock({ now: () => 1_000_000 })
  server = await startOAuth({ publicUrl: 'http://id.example.com' }, {}, { rates: createRequestRates(rates, clock) })
  pool = await makePagePool(server.harness)
}
afterEach(() => server.stop())

const statuses = (pages: readonly SeenPage[]) => pages.map(({ status }) => status)
const times = async <T>(count: number, ask: () => Promise<T>): Promise<T[]> => {
  const answers: T[] = []
  for (let n = 0; n < count; n += 1) answers.push(await ask())
  return answers
}

describe('requests to pages above a rate', () => {
  it('are answered by a page that says so, with status 429 and Retry-After', async () => {
    await begin({ RequestsFromSourceIp: 2 })
    const browser = openBrowser(server.url)
    const [, , third] = await times(3, () => browser.get(`/login?${authorizeQuery(pool)}`))
    expect([third?.status, third?.headers['retry-after'], third?.heading]).toEqual([429, '1', 'That didn’t work'])
    expect(third?.html).toContain('Wait a few seconds')
    expect(third?.headers['content-security-policy']).toContain("default-src 'none'")
    clock.advance(500)
    expect((await browser.get(`/login?${authorizeQuery(pool)}`)).status).toBe(200)
  })

  it('are counted for each source, and proxies are not believed', async () => {
    await begin({ RequestsFromSourceIp: 2 })
    const browser = openBrowser(server.url)
    const ask = (from: string) => browser.get('/error?error=not_found', { 'x-forwarded-for': from })
    const answers = await Promise.all(['192.0.2.1', '192.0.2.2', '192.0.2.3'].map(ask))
    expect(statuses(answers).sort()).toEqual([404, 404, 429])
  })

  it('are counted at each domain, for each app client', async () => {
    await begin({ RequestsToAppClient: 2, RequestsToDomain: 5 })
    const other = await makeClient(server.harness, pool.UserPoolId, pageClient)
    await server.harness.ok('CreateUserPoolDomain', { UserPoolId: pool.UserPoolId, Domain: 'shop', ManagedLoginVersion: 2 })
    const [own, shop] = [openBrowser(server.url), openBrowser(server.url, 'shop.auth.us-east-1.id.example.com')]
    const ask = (browser: typeof own, made: MadePool) => () => browser.get(`/login?${authorizeQuery(made)}`)
    expect(statuses(await times(3, ask(own, pool)))).toEqual([200, 200, 429])
    expect(statuses(await times(3, ask(own, other)))).toEqual([200, 200, 429])
    expect(statuses(await times(3, ask(shop, pool)))).toEqual([200, 200, 429])
    expect(statuses(await times(3, ask(shop, other)))).toEqual([200, 200, 429])
    expect(statuses(await times(2, () => shop.get('/error?error=not_found')))).toEqual([404, 429])
    expect(statuses(await times(9, () => own.get('/error?error=not_found')))).toEqual(Array(9).fill(404))
  })

  it('are not counted for sheets, scripts and pictures', async () => {
    await begin({ RequestsFromSourceIp: 1 })
    const browser = openBrowser(server.url)
    const page = await browser.get(`/login?${authorizeQuery(pool)}`)
    const sheet = /href="(\/assets\/[^"]+\.css)"/.exec(page.html)?.[1] ?? ''
    expect(statuses(await times(5, () => browser.get(sheet)))).toEqual([200, 200, 200, 200, 200])
  })

  it('count whatever is wrong with them', async () => {
    await begin({ RequestsFromSourceIp: 1 })
    const browser = openBrowser(server.url)
    const asks = [() => browser.get('/login?a=1&a=2'), () => browser.post('/login', 'x'), () => browser.post('/oauth2/authorize', 'x')]
    for (const ask of asks) {
      clock.advance(1000)
      expect((await ask()).status).not.toBe(429)
      expect((await ask()).status).toBe(429)
    }
  })

  it('reach the OAuth endpoints from the same source no more either', async () => {
    await begin({ RequestsFromSourceIp: 2 })
    const confidential = await makeClient(server.harness, pool.UserPoolId, { ...pageClient, GenerateSecret: true })
    const ask = () => server.post('token', { grant_type: 'authorization_code', code: 'x' }, basic(confidential))
    const answers = await times(3, ask)
    expect(answers.map(({ status }) => status)).toEqual([400, 400, 429])
    expect([answers[2]?.body, answers[2]?.headers.get('retry-after')]).toEqual([{ error: 'temporarily_unavailable' }, '1'])
    // What asks whether the endpoint may be called at all is no call of it.
    expect((await server.send('/oauth2/token', { method: 'OPTIONS' })).status).toBeLessThan(300)
  })

  it('are counted by the operators’ meter', async () => {
    await begin({ RequestsFromSourceIp: 1 })
    const browser = openBrowser(server.url)
    await times(3, () => browser.get('/error?error=not_found'))
    const text = server.harness.meter.text()
    expect(text).toContain('poolhouse_throttled_requests_total{category="RequestsFromSourceIp"} 2')
  })
})

describe('forms of pages count as the operations that they stand for', () => {
  const pages: readonly (readonly [path: string, category: keyof Rates])[] = [
    ['login', 'UserAuthentication'],
    ['signup', 'UserCreation'],
    ['confirm', 'UserCreation'],
    ['resendcode', 'UserResourceRead'],
    ['forgotPassword', 'UserAccountRecovery'],
    ['confirmforgotPassword', 'UserAccountRecovery'],
    ['passkeys/add', 'UserResourceUpdate'],
    ['feedback', 'UserResourceUpdate'],
  ]

  it.each(pages)('/%s: %s', async (path, category) => {
    await begin({ [category]: 1 })
    const browser = openBrowser(server.url)
    const address = `/${path}?${authorizeQuery(pool)}`
    // To look at a page costs nothing.
    for (const status of statuses(await times(3, () => browser.get(address)))) expect(status).not.toBe(429)
    const [first, second] = statuses(await times(2, () => browser.post(address, { _csrf: 'x' })))
    expect(first).not.toBe(429)
    expect(second).toBe(429)
    expect((await server.harness.call('ListUsers', { UserPoolId: pool.UserPoolId })).status).toBe(200)
  })

  it('/confirmUser is a page that does something when it is opened', async () => {
    await begin({ UserCreation: 1 })
    const ask = () => openBrowser(server.url).get(`/confirmUser?client_id=${pool.ClientId}&user_name=ana&confirmation_code=1`)
    expect(statuses(await times(2, ask))).toEqual([200, 429])
  })

  it('a sign-in with a name and a password counts each step, and nothing is tried beyond the rate', async () => {
    await begin({ UserAuthentication: 2 })
    await makeUser(server.harness, pool.UserPoolId, 'ana')
    const browser = openBrowser(server.url)
    const name = await browser.submit(await browser.get(`/login?${authorizeQuery(pool)}`), { username: 'ana' })
    const wrong = await browser.submit(name, { username: 'ana', password: 'wrong' })
    expect([wrong.status, wrong.faults.length > 0]).toEqual([200, true])
    expect((await browser.submit(name, { username: 'ana', password })).status).toBe(429)
    clock.advance(500)
    expect((await browser.submit(name, { username: 'ana', password })).status).toBe(302)
  })

  it('in the region of the pool', async () => {
    await begin({ UserAuthentication: 1 })
    const region = 'eu-west-1'
    const made = await server.harness.ok('CreateUserPool', { PoolName: 'elsewhere' }, { region })
    const client = { ...pageClient, UserPoolId: made.UserPool.Id, ClientName: 'app' }
    const { UserPoolClient } = await server.harness.ok('CreateUserPoolClient', client, { region })
    const browser = openBrowser(server.url)
    const ask = (ClientId: string) => () => browser.post(`/login?${authorizeQuery({ ClientId })}`, { _csrf: 'x' })
    expect(statuses(await times(2, ask(pool.ClientId)))[1]).toBe(429)
    expect(statuses(await times(2, ask(UserPoolClient.ClientId)))).toEqual([403, 429])
  })

  it('redeeming codes has a rate of its own, beside that of sign-ins', async () => {
    await begin({ UserAuthentication: 1, CodeRedemption: 1 })
    const browser = openBrowser(server.url)
    await browser.post(`/login?${authorizeQuery(pool)}`, { _csrf: 'x' })
    const ask = () => server.post('token', { grant_type: 'authorization_code', client_id: pool.ClientId, code: 'x', redirect_uri: 'x' })
    expect((await times(2, ask)).map(({ status }) => status)).toEqual([400, 429])
  })
})
