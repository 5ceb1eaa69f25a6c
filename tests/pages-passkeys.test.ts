import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { createAuthenticator } from './support/authenticator.ts'
import { changeClient, changePool } from './support/change-settings.ts'
import { everyFlow, type MadePool, makeClient } from './support/make-pool.ts'
import { makeUser, password } from './support/make-user.ts'
import { type OAuthServer, startOAuth } from './support/oauth-server.ts'
import { openBrowser, type PageBrowser, type SeenPage } from './support/page-browser.ts'
import { authorizeQuery, callback, makePagePool, pageClient } from './support/page-pool.ts'
import { choicesOf, claimsFor, isGranted, typeName, typePassword } from './support/page-steps.ts'
import { trackSessions } from './support/tracked-sessions.ts'

let server: OAuthServer
let made: MadePool

const Policies = { SignInPolicy: { AllowedFirstAuthFactors: ['PASSWORD' as const, 'WEB_AUTHN' as const] } }
const client = { ExplicitAuthFlows: [...(everyFlow ?? []), 'ALLOW_USER_AUTH' as const] }

beforeAll(async () => {
  server = await startOAuth()
  made = await makePagePool(server.harness, { Policies }, client)
})
afterAll(() => server.stop())
beforeEach(() => server.harness.clock.reset())

const open = () => openBrowser(server.url)
const bare = (pool: MadePool = made) => new URLSearchParams({ client_id: pool.ClientId, redirect_uri: callback }).toString()
const add = (query: string) => `/passkeys/add?${query}`
const optionsOn = ({ html }: SeenPage) =>
  JSON.parse((/data-options="([^"]*)"/.exec(html)?.[1] ?? expect.fail('no options')).replaceAll('&quot;', '"'))
const passkeysOf = async (username: string) => {
  const pool = await server.harness.store.pools.byId(made.UserPoolId)
  const user = await server.harness.store.users.byName(pool?.uid ?? '', username)
  return (await server.harness.store.passkeys.list(pool?.uid ?? '', user?.id ?? '', { limit: 20 })).rows
}

/** Somebody who signed in with a password in a browser of their own. */
const signedIn = async (username: string): Promise<PageBrowser> => {
  await makeUser(server.harness, made.UserPoolId, username)
  const browser = open()
  expect(isGranted(await typePassword(browser, made, username))).toBe(true)
  return browser
}

describe('/passkeys/add', () => {
  it('adds a passkey that signs in, and goes back to the application', async () => {
    const browser = await signedIn('adds')
    const page = await browser.get(add(bare()))
    expect([page.status, page.heading]).toEqual([200, 'Add a passkey'])
    const options = optionsOn(page)
    expect(options).toMatchObject({ rp: { id: 'localhost' }, user: { name: 'adds' }, excludeCredentials: [] })
    const authenticator = createAuthenticator()
    const done = await browser.submit(page, { credential: JSON.stringify(authenticator.create(options)) })
    expect([done.status, done.location]).toEqual([302, callback])
    expect(await passkeysOf('adds')).toMatchObject([{ credentialId: authenticator.credentialId, relyingPartyId: 'localhost' }])
    const other = open()
    const asked = await other.submit(await typeName(other, made, 'adds'), { answer: 'WEB_AUTHN' })
    const credential = JSON.stringify(authenticator.get(optionsOn(asked)))
    expect(await claimsFor(server, made, await other.submit(asked, { credential }))).toMatchObject({ username: 'adds', amr: ['swk'] })
  })

  it('goes back by way of the authorization endpoint where the application asks for a code', async () => {
    const browser = await signedIn('wants-code')
    const page = await browser.get(add(authorizeQuery(made, { prompt: 'login' })))
    const skipped = await browser.submit(page, {}, 1)
    expect(skipped.location).toMatch(/^\/oauth2\/authorize\?/)
    const granted = await browser.follow(skipped)
    expect(new URL(granted.location).searchParams.get('state')).toBe('a state')
    expect(await claimsFor(server, made, granted)).toMatchObject({ username: 'wants-code' })
    expect(await passkeysOf('wants-code')).toEqual([])
  })

  it.each([
    ['with a code for an application that wants one', () => authorizeQuery(made), true],
    ['without', () => bare(), false],
  ] as const)('has people sign in first, and comes back, %s', async (name, query, wantsCode) => {
    const username = `first ${name}`.replaceAll(' ', '-')
    await makeUser(server.harness, made.UserPoolId, username)
    const browser = open()
    const login = await browser.follow(await browser.get(add(query())))
    expect(login.heading).toBe('Sign in')
    const back = await browser.submit(await browser.submit(login, { username }), { password })
    expect(back.location).toMatch(/^\/passkeys\/add\?/)
    const page = await browser.get(back.location)
    expect(page.heading).toBe('Add a passkey')
    const done = await browser.submit(page, { credential: JSON.stringify(createAuthenticator().create(optionsOn(page))) })
    if (wantsCode) expect(isGranted(await browser.follow(done))).toBe(true)
    else expect(done.location).toBe(callback)
    expect(await passkeysOf(username)).toHaveLength(1)
  })

  it('comes back where codes need a PKCE challenge', async () => {
    const strict = await startOAuth({ requirePkce: 'all' })
    const pool = await makePagePool(strict.harness, { Policies }, client)
    await makeUser(strict.harness, pool.UserPoolId, 'strict')
    const browser = openBrowser(strict.url)
    const login = await browser.follow(await browser.get(add(bare(pool))))
    const back = await browser.submit(await browser.submit(login, { username: 'strict' }), { password })
    expect(back.location).toBe(add(bare(pool)))
    await strict.stop()
  })

  it('comes back from the question who goes on, too', async () => {
    const browser = await signedIn('goes-on')
    await changePool(server.harness, made.UserPoolId, { MfaConfiguration: 'OFF' })
    const login = await browser.get(`/login?${authorizeQuery(made)}&add_passkey=first`)
    expect(login.heading).toBe('Choose an account')
    expect((await browser.submit(login, { continue: 'yes' })).location).toMatch(/^\/passkeys\/add\?/)
  })

  it('says what went wrong, and lets people try again', async () => {
    const browser = await signedIn('fails')
    let page = await browser.get(add(bare()))
    const failed = 'The passkey didn’t work. Try again, or sign in another way.'
    const create = (lies = {}) => JSON.stringify(createAuthenticator().create(optionsOn(page), lies))
    for (const [credential, sentence] of [
      ['', failed],
      ['nonsense', failed],
      [create({ challenge: 'AAAA' }), failed],
      [create({ origin: 'https://evil.example' }), 'This browser or this address can’t use passkeys. Sign in another way.'],
    ] as const) {
      page = await browser.submit(page, { credential })
      expect([page.status, page.faults]).toEqual([200, [sentence]])
    }
    expect(await passkeysOf('fails')).toEqual([])
    expect((await browser.submit(page, { credential: create() })).location).toBe(callback)
  })

  it('says so when an account is full', async () => {
    const browser = await signedIn('full')
    for (let count = 0; count < 20; count += 1) {
      const page = await browser.get(add(bare()))
      await browser.submit(page, { credential: JSON.stringify(createAuthenticator().create(optionsOn(page))) })
    }
    const page = await browser.get(add(bare()))
    expect(page.faults).toEqual(['Your account has as many passkeys as it can have. Delete one before you add another.'])
    expect((await browser.submit(page, {})).location).toBe(callback)
  })

  it('has people sign in again whose last sign-in is some time ago, whatever login sessions the application takes', async () => {
    const pool = await makePagePool(server.harness, { Policies }, client)
    const { UserPoolId } = pool
    const impatient = await makeClient(server.harness, UserPoolId, { ...pageClient, ...client })
    const proud = await makeClient(server.harness, UserPoolId, { ...pageClient, ...client })
    await trackSessions(server.harness, pool)
    for (const [{ ClientId }, MaxValidityMinutes] of [
      [pool, 30 * 24 * 60],
      [impatient, 5],
      [proud, 0],
    ] as const) {
      await server.harness.ok('SetUserPoolClientSessionConfiguration', { UserPoolId, ClientId, SSOSession: { MaxValidityMinutes } })
    }
    await makeUser(server.harness, UserPoolId, 'lately')
    const browser = open()
    for (const [made, minutes] of [
      [pool, 15],
      [impatient, 5],
      [proud, 3],
    ] as const) {
      expect((await browser.follow(await browser.get(add(bare(made))))).heading).toBe('Sign in')
      const login = await browser.follow(await browser.get(add(bare(made))))
      const back = await browser.submit(await browser.submit(login, { username: 'lately' }), { password })
      server.harness.clock.advance(minutes * 60_000 - 1)
      const page = await browser.follow(back)
      expect(page.heading).toBe('Add a passkey')
      server.harness.clock.advance(1)
      // Nobody signs in again to add nothing.
      expect((await browser.submit(page, {}, 1)).location).toBe(callback)
      const late = await browser.submit(page, { credential: JSON.stringify(createAuthenticator().create(optionsOn(page))) })
      expect(late.location).toMatch(/^\/login\?/)
      // The question who goes on would lead in circles.
      const anew = await browser.get(late.location)
      expect(anew.heading).toBe('Sign in')
      expect((await browser.submit(anew, { continue: 'yes' })).heading).toBe('Sign in')
    }
  })

  it.each([
    ['another address to go back to', () => ({ redirect_uri: 'https://evil.example.com' }), 'redirect_mismatch'],
    ['no application', () => ({ client_id: undefined }), 'missing_client_id'],
    ['an unknown application', () => ({ client_id: 'nobody' }), 'client_mismatch'],
  ])('leads nowhere with %s', async (_, change, error) => {
    const browser = await signedIn(`lost-${error}`)
    const page = await browser.get(add(authorizeQuery(made, change())))
    expect(page.location).toMatch(new RegExp(`^/error\\?error=${error}`))
  })

  it('is not there on classic pages, in pools without passkeys, and for clients without the pool’s own users', async () => {
    const without = await makePagePool(server.harness)
    const lite = await makePagePool(server.harness, { UserPoolTier: 'LITE' })
    for (const pool of [without, lite]) {
      expect((await open().get(add(bare(pool)))).location).toMatch(/^\/error\?error=not_found/)
    }
    const federated = await makeClient(server.harness, made.UserPoolId, pageClient)
    await changeClient(server.harness, federated.ClientId, { SupportedIdentityProviders: ['Google'] })
    expect((await open().get(add(bare(federated)))).location).toMatch(/^\/error\?error=login_pages_unavailable/)
  })

  it('is at the domain that passkeys are made for', async () => {
    const moved = await makePagePool(server.harness, { Policies }, client)
    const host = 'moved.auth.us-east-1.localhost'
    await server.harness.ok('CreateUserPoolDomain', { UserPoolId: moved.UserPoolId, Domain: 'moved', ManagedLoginVersion: 2 })
    const atPrefix = openBrowser(server.url, `${host}:9339`)
    expect((await atPrefix.get(add(bare(moved)))).location).toBe(`http://localhost:9339/passkeys/add?${bare(moved)}`)
    await changePool(server.harness, moved.UserPoolId, { mfa: { smsEnabled: false, WebAuthnConfiguration: { RelyingPartyId: host } } })
    expect((await open().get(add(bare(moved)))).location).toBe(`http://${host}:9339/passkeys/add?${bare(moved)}`)
    await makeUser(server.harness, moved.UserPoolId, 'moved')
    expect(isGranted(await typePassword(atPrefix, moved, 'moved'))).toBe(true)
    const page = await atPrefix.get(add(bare(moved)))
    const authenticator = createAuthenticator({ origin: `http://${host}:9339` })
    expect(optionsOn(page).rp.id).toBe(host)
    expect((await atPrefix.submit(page, { credential: JSON.stringify(authenticator.create(optionsOn(page))) })).location).toBe(callback)
    expect(choicesOf(await typeName(atPrefix, moved, 'moved'))).toEqual(['PASSWORD', 'WEB_AUTHN'])
    // At the server's own address no browser would take the passkey.
    expect((await typeName(open(), moved, 'moved')).heading).toBe('Enter your password')
  })
})

describe('somebody who has just signed up', () => {
  const signUp = async (pool: MadePool, username: string, more = {}): Promise<[PageBrowser, SeenPage]> => {
    const browser = open()
    const page = await browser.get(`/signup?${authorizeQuery(pool, more)}`)
    const email = `${username}@example.org`
    const asked = await browser.submit(page, { username, password, 'requiredAttributes[email]': email })
    return [browser, await browser.submit(asked, { code: server.harness.codeSentTo(email) })]
  }

  it('is shown where to add a passkey, and goes on to the application from there', async () => {
    for (const [username, skips] of [
      ['new-with', false],
      ['new-without', true],
    ] as const) {
      const [browser, confirmed] = await signUp(made, username)
      const page = await browser.follow(confirmed)
      expect(page.heading).toBe('Add a passkey')
      const credential = JSON.stringify(createAuthenticator().create(optionsOn(page)))
      const left = skips ? await browser.submit(page, {}, 1) : await browser.submit(page, { credential })
      expect(await claimsFor(server, made, await browser.follow(left))).toMatchObject({ username })
      expect(await passkeysOf(username)).toHaveLength(skips ? 0 : 1)
    }
  })

  it('is not where passkeys sign nobody in', async () => {
    const without = await makePagePool(server.harness, {}, client)
    const [, confirmed] = await signUp(without, 'plain')
    expect(isGranted(confirmed)).toBe(true)
    const passwords = await makeClient(server.harness, made.UserPoolId, { ...pageClient, ExplicitAuthFlows: everyFlow ?? [] })
    const [, other] = await signUp(passwords, 'plain-too')
    expect(isGranted(other)).toBe(true)
  })
})

describe('who may add a passkey', () => {
  it('is nobody whose form comes from elsewhere', async () => {
    const browser = await signedIn('forged')
    const page = await browser.get(add(bare()))
    const credential = JSON.stringify(createAuthenticator().create(optionsOn(page)))
    expect((await browser.post(add(bare()), { credential })).status).toBe(403)
    const foreign = await browser.post(
      add(bare()),
      { credential, _csrf: browser.cookies.get('XSRF-TOKEN') ?? '' },
      { origin: 'https://evil.example' },
    )
    expect(foreign.status).toBe(403)
    expect(await passkeysOf('forged')).toEqual([])
  })

  it('is nobody with the challenge of another browser, sign-in or application', async () => {
    const [mine, theirs] = [await signedIn('mine'), await signedIn('theirs')]
    const page = await mine.get(add(bare()))
    const credential = JSON.stringify(createAuthenticator().create(optionsOn(page)))
    expect((await theirs.submit(await theirs.get(add(bare())), { credential })).faults).toHaveLength(1)
    const again = open()
    await typePassword(again, made, 'mine')
    expect((await again.submit(await again.get(add(bare())), { credential })).faults).toHaveLength(1)
    const other = await makeClient(server.harness, made.UserPoolId, { ...pageClient, ...client })
    expect((await mine.submit(await mine.get(add(bare(other))), { credential })).faults).toHaveLength(1)
    expect([...(await passkeysOf('mine')), ...(await passkeysOf('theirs'))]).toEqual([])
    expect((await mine.submit(page, { credential })).location).toBe(callback)
    expect((await mine.submit(page, { credential })).faults).toHaveLength(1)
  })

  it.each([
    ['was disabled', (username: string) => server.harness.ok('AdminDisableUser', { UserPoolId: made.UserPoolId, Username: username })],
    [
      'was signed out',
      (username: string) => server.harness.ok('AdminUserGlobalSignOut', { UserPoolId: made.UserPoolId, Username: username }),
    ],
    ['was deleted', (username: string) => server.harness.ok('AdminDeleteUser', { UserPoolId: made.UserPoolId, Username: username })],
    ['signed in too long ago', async () => server.harness.clock.advance(3_600_000)],
    ['must prove a second factor by now', () => changePool(server.harness, made.UserPoolId, { MfaConfiguration: 'ON' })],
  ] as const)('is nobody who %s', async (what, change) => {
    const username = what.replaceAll(' ', '-')
    const browser = await signedIn(username)
    const page = await browser.get(add(bare()))
    const credential = JSON.stringify(createAuthenticator().create(optionsOn(page)))
    await change(username)
    const answer = await browser.submit(page, { credential })
    await changePool(server.harness, made.UserPoolId, { MfaConfiguration: 'OFF' })
    expect(answer.location).toMatch(/^\/login\?/)
    expect(await passkeysOf(username)).toEqual([])
  })

  it('leaves their name in the audit trail', async () => {
    const browser = await signedIn('audited')
    const page = await browser.get(add(bare()))
    await browser.submit(page, { credential: JSON.stringify(createAuthenticator().create(optionsOn(page))) })
    const [passkey] = await passkeysOf('audited')
    const { rows } = await server.harness.store.audit.list(passkey?.poolUid ?? '', { limit: 1000 })
    const added = rows.filter(({ subject, outcome }) => subject === passkey?.userId && outcome.startsWith('passkey added'))
    expect(added).toMatchObject([{ actor: `user:${passkey?.userId}`, action: 'passkeys/add' }])
  })
})
