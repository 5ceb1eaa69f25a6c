import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Log, Services } from '../../src/context.ts'
import type { Harness } from '../support/harness.ts'
import type { MadePool } from '../support/make-pool.ts'
import { basic, type OAuthServer, startOAuth } from '../support/oauth-server.ts'
import { formsOf, openBrowser, type PageBrowser, type SeenPage } from '../support/page-browser.ts'
import { authorizeQuery, callback, makePagePool } from '../support/page-pool.ts'
import { typeName, typePassword } from '../support/page-steps.ts'
import { totpCode } from '../support/totp-code.ts'

let server: OAuthServer
let made: MadePool
/** Whether the store has gone. */
let isBroken = false

const logged: string[] = []
const note = (fields: object, text: string) =>
  void logged.push(
    JSON.stringify({ ...fields, text }, (_, value) =>
      // An error's own members do not stand in JSON by themselves.
      value instanceof Error ? { ...value, name: value.name, message: value.message, stack: value.stack, cause: value.cause } : value,
    ),
  )
const recording: Log = { debug: note, info: note, warn: note, error: note }

const passwords = { first: 'Canary-First-Password-1', second: 'Canary-Second-Password-2', wrong: 'Canary-Wrong-Password-3' }
const verifier = 'canary-verifier-of-forty-three-characters-or-more'
const state = 'canary-state-of-an-application'
const secrets = new Map<string, string>()

const keep = (name: string, value: unknown) => {
  secrets.set(name, String(value))
  return String(value)
}
/** Six digits alone may stand anywhere by chance. */
const keepCode = (name: string): string => {
  const code = server.harness.codeSentTo('ana@example.org')
  keep(name, `"${code}"`)
  return code
}
const keepMembers = (name: string, body: Readonly<Record<string, unknown>>) => {
  for (const [member, value] of Object.entries(body)) if (/_token$|_secret$/.test(member)) keep(`${name}: ${member}`, value)
}
const keepBrowser = (name: string, browser: PageBrowser, page: SeenPage) => {
  for (const [cookie, value] of browser.cookies) keep(`${name}: the cookie ${cookie}`, value)
  for (const { hidden } of formsOf(page))
    for (const [field, value] of Object.entries(hidden)) if (value.length > 30) keep(`${name}: ${field}`, value)
  for (const [, member = '', value = ''] of page.location.matchAll(/[?#&](code|access_token|id_token)=([^&]+)/g))
    keep(`${name}: ${member}`, value)
  return page
}

const failing = <Verbs extends object>(verbs: Verbs): Verbs =>
  new Proxy(verbs, {
    get: (target, name) => {
      if (isBroken) throw new Error('the disk is gone')
      return Reflect.get(target, name)
    },
  })
const through = ({ store, ...harness }: Harness): Services => ({
  ...harness,
  log: recording,
  store: { ...store, users: failing(store.users), authorizationCodes: failing(store.authorizationCodes) },
})

const signUp = async (browser: PageBrowser) => {
  const fields = { username: 'ana', 'requiredAttributes[email]': 'ana@example.org' }
  const page = await browser.get(`/signup?${authorizeQuery(made, { state })}`)
  await browser.submit(page, { ...fields, password: 'canaryweakpassword' })
  const sent = keepBrowser('sign-up', browser, await browser.submit(page, { ...fields, password: passwords.first }))
  await browser.submit(sent, { code: '000000' })
  return keepBrowser('confirmed', browser, await browser.submit(sent, { code: keepCode('the sign-up code') }))
}

const redeem = async (code: string) =>
  server.post('token', { grant_type: 'authorization_code', code, redirect_uri: callback, code_verifier: verifier }, basic(made))

const live = async () => {
  const browser = openBrowser(server.url)
  await signUp(browser)
  await typePassword(openBrowser(server.url), made, 'ana', passwords.wrong)
  const challenge = { state, code_challenge: '3S3S6AyaUHnGbrlK0b9vwTbvwCk9Wx4Lr5iZnPCpJ9Y', code_challenge_method: 'S256' }
  keepBrowser('silent', browser, await browser.get(`/oauth2/authorize?${authorizeQuery(made, challenge)}`))
  keepBrowser('implicit', browser, await browser.get(`/oauth2/authorize?${authorizeQuery(made, { state, response_type: 'token' })}`))
  const plain = keepBrowser('plain', browser, await browser.get(`/oauth2/authorize?${authorizeQuery(made)}`))
  const form = { grant_type: 'authorization_code', code: new URL(plain.location).searchParams.get('code') ?? '', redirect_uri: callback }
  const { body } = await server.post('token', form, basic(made))
  keepMembers('tokens', body)
  await server.post('token', form, basic(made))
  await redeem(form.code)
  keepMembers(
    'refreshed',
    (await server.post('token', { grant_type: 'refresh_token', refresh_token: body.refresh_token }, basic(made))).body,
  )
  await server.userInfo(body.access_token)
  await server.userInfo(`${body.access_token}x`)
  await server.post('introspect', { token: body.access_token }, basic(made))
  await server.post('revoke', { token: body.refresh_token }, basic(made))
  await server.post('token', form, basic({ ...made, ClientSecret: keep('a wrong client secret', 'canarywrongclientsecret') }))

  const forgot = await browser.get(`/forgotPassword?${authorizeQuery(made)}`)
  const asked = keepBrowser('forgot', browser, await browser.submit(forgot, { username: 'ana' }))
  const code = keepCode('the reset code')
  await browser.submit(asked, { code, password: passwords.second })

  await server.harness.ok('SetUserPoolMfaConfig', {
    UserPoolId: made.UserPoolId,
    MfaConfiguration: 'ON',
    SoftwareTokenMfaConfiguration: { Enabled: true },
  })
  const other = openBrowser(server.url)
  const setUp = keepBrowser('set-up', other, await typePassword(other, made, 'ana', passwords.second))
  const seed = keep('the seed', /data-copy="([A-Z2-7]+)"/.exec(setUp.html)?.[1])
  await other.submit(setUp, { code: '000000' })
  const granted = keepBrowser('by app', other, await other.submit(setUp, { code: totpCode(seed, server.harness.clock.now()) }))
  const { body: registered } = await server.send(`/${made.UserPoolId}/oauth2/register`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ redirect_uris: [callback] }),
  })
  keepMembers('registered', registered)

  // Whatever breaks must not spill what it was given.
  const name = await typeName(other, made, 'ana')
  isBroken = true
  const broken = [
    await other.submit(name, { password: passwords.second }),
    await other.get(granted.path),
    await other.get(`/confirmUser?${new URLSearchParams({ client_id: made.ClientId, user_name: 'ana', confirmation_code: '271828' })}`),
    await redeem(new URL(granted.location).searchParams.get('code') ?? ''),
  ]
  isBroken = false
  expect(broken.map(({ status }) => status)).toEqual(expect.arrayContaining([500]))
  await other.get(`/logout?client_id=${made.ClientId}&logout_uri=https://app.example.com/bye`)
}

beforeAll(async () => {
  server = await startOAuth({ introspection: true }, {}, { through })
  made = await makePagePool(server.harness, { DcrConfiguration: { OpenDcrEnabled: true } }, { GenerateSecret: true })
  for (const [name, value] of Object.entries({ ...passwords, verifier, state, secret: made.ClientSecret })) keep(name, value)
  await live()
})
afterAll(() => server.stop())

describe('must-not-happen 29: a secret that went over a page or an OAuth endpoint', () => {
  it('was there to be found', () => {
    expect(secrets.size).toBeGreaterThan(30)
    for (const [name, value] of secrets) expect(value.length, name).toBeGreaterThan(5)
    expect(logged.some((line) => line.includes('the disk is gone'))).toBe(true)
    expect([...secrets.keys()]).toEqual(
      expect.arrayContaining([
        'implicit: access_token',
        'plain: code',
        'tokens: refresh_token',
        'registered: client_secret',
        'sign-up: sent',
        'set-up: step',
      ]),
    )
  })

  it('stands in no line of the log, on any level', () => {
    const found = [...secrets].filter(([, value]) => logged.some((line) => line.includes(value)))
    expect(found.map(([name]) => name)).toEqual([])
  })

  it('stands in no line of the audit trail', async () => {
    const { rows: pools } = await server.harness.store.pools.list(undefined, { limit: 10 })
    const trails = await Promise.all(pools.map(({ uid }) => server.harness.store.audit.list(uid, { limit: 1000 })))
    const text = JSON.stringify(trails)
    expect(text).toContain('authorization code redeemed')
    expect([...secrets].filter(([, value]) => text.includes(value)).map(([name]) => name)).toEqual([])
  })
})
