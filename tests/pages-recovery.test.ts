import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import type { MadePool } from './support/make-pool.ts'
import { makeUser, password } from './support/make-user.ts'
import { type OAuthServer, startOAuth } from './support/oauth-server.ts'
import { formsOf, openBrowser, type PageBrowser, type SeenPage } from './support/page-browser.ts'
import { fieldsOf, notesOf } from './support/page-notes.ts'
import { authorizeQuery, makePagePool } from './support/page-pool.ts'
import { signUpUser } from './support/sign-up-user.ts'

const newPassword = 'Brand-New-Horse-8'
const versions = { 1: 'LITE', 2: 'ESSENTIALS' } as const
const hour = 3_600_000

let server: OAuthServer
const pools = new Map<1 | 2, MadePool>()
let pool: MadePool

beforeAll(async () => {
  server = await startOAuth()
  for (const version of [1, 2] as const) {
    pools.set(version, await makePagePool(server.harness, { UserPoolTier: versions[version] }))
  }
  pool = pools.get(2) as MadePool
})
afterAll(() => server.stop())
beforeEach(() => server.harness.clock.reset())

const mailOf = (username: string) => `${username}@example.org`
const makeAna = (username: string, made = pool) =>
  makeUser(server.harness, made.UserPoolId, username, { email: mailOf(username), email_verified: 'true' })
const codeOf = (username: string) => server.harness.codeSentTo(mailOf(username))
const otherThan = (code: string) => String((Number(code) + 1) % 1_000_000).padStart(6, '0')

const visit = async (path: string, made = pool): Promise<[PageBrowser, SeenPage]> => {
  const browser = openBrowser(server.url)
  return [browser, await browser.get(`/${path}?${authorizeQuery(made)}`)]
}

/** Asks for a code; answers the browser and the page that asks for it. */
const forget = async (username: string, made = pool): Promise<[PageBrowser, SeenPage]> => {
  const [browser, page] = await visit('forgotPassword', made)
  return [browser, await browser.submit(page, { username })]
}

/** Signs in, on whichever pages the pool has; answers the page or the redirect that comes then. */
const signIn = async (browser: PageBrowser, page: SeenPage, username: string, typed: string): Promise<SeenPage> =>
  'password' in fieldsOf(page)
    ? browser.submit(page, { username, password: typed })
    : browser.submit(await browser.submit(page, { username }), { password: typed })

describe.each([1, 2] as const)('a forgotten password, version %i', (version) => {
  const made = () => pools.get(version) as MadePool

  it('is replaced with a code, from the sign-in page back to it', async () => {
    await makeAna('whole', made())
    const browser = openBrowser(server.url)
    const login = await browser.get(`/login?${authorizeQuery(made())}`)
    const asksPassword = 'password' in fieldsOf(login) ? login : await browser.submit(login, { username: 'whole' })
    const link = /href="(\/forgotPassword\?[^"]*)"/.exec(asksPassword.html)?.[1]?.replaceAll('&amp;', '&') ?? expect.fail('no link')
    const asked = await browser.get(link)
    expect([asked.heading, Object.keys(fieldsOf(asked))]).toEqual(['Forgot your password?', ['username']])
    const sent = await browser.submit(asked, { username: ' whole ' })
    expect(sent.html).toContain('w***@e***')
    expect(Object.keys(fieldsOf(sent))).toEqual(['code', 'password'])
    expect(sent.html).toContain('At least 8 characters')
    const done = await browser.submit(sent, { code: codeOf('whole'), password: newPassword })
    expect([done.heading, notesOf(done)]).toEqual(['Sign in', ['Your new password is saved. Sign in with it now.']])
    // Nobody is signed in by that.
    expect((await browser.get(`/oauth2/authorize?${authorizeQuery(made())}`)).location).toMatch(/^\/login/)
    expect((await signIn(browser, done, 'whole', newPassword)).location).toContain('code=')
  })

  it('is where who must set a new one comes from the sign-in', async () => {
    const { UserPoolId } = made()
    await makeAna('must', made())
    await server.harness.ok('AdminResetUserPassword', { UserPoolId, Username: 'must' })
    const [browser, page] = await visit('login', made())
    const asked = await signIn(browser, page, 'must', password)
    expect([asked.heading, notesOf(asked)]).toEqual(['Set a new password', ['You need a new password before you can sign in.']])
    const done = await browser.submit(asked, { code: codeOf('must'), password: newPassword })
    expect(notesOf(done)).toHaveLength(1)
    expect((await signIn(browser, done, 'must', newPassword)).location).toContain('code=')
  })
})

describe('the page that sends a code', () => {
  it('says what it needs and whom it does not know, where the client may tell', async () => {
    const [browser, page] = await visit('forgotPassword')
    expect((await browser.submit(page, {})).faults).toContain('Please fill this in.')
    const unknown = await browser.submit(page, { username: 'nobody"><b>' })
    expect(unknown.faults[1]).toBe('We don’t know this name. Check it and try again.')
    expect(unknown.html).toContain('value="nobody&quot;&gt;&lt;b&gt;"')
    await makeUser(server.harness, pool.UserPoolId, 'unreachable')
    expect((await browser.submit(page, { username: 'unreachable' })).faults).toEqual([
      'We have no address to which we could send a code. Ask the people who run the application.',
    ])
  })

  it('is closed where only administrators set passwords', async () => {
    const AccountRecoverySetting = { RecoveryMechanisms: [{ Name: 'admin_only' as const, Priority: 1 }] }
    const closed = await makePagePool(server.harness, { AccountRecoverySetting, UserPoolTier: 'LITE' })
    await makeAna('ana', closed)
    const [browser, page] = await visit('forgotPassword', closed)
    expect([page.faults, fieldsOf(page)]).toEqual([
      ['You can’t set a new password here yourself. Ask the people who run the application.'],
      {},
    ])
    const [, login] = await visit('login', closed)
    expect(login.html).not.toContain('/forgotPassword')
    const form = { username: 'ana', _csrf: browser.cookies.get('XSRF-TOKEN') ?? '' }
    expect((await browser.post(`/forgotPassword?${authorizeQuery(closed)}`, form)).faults).toEqual(page.faults)
    expect(server.harness.mailbox?.messages(mailOf('ana'))?.filter(({ userPoolId }) => userPoolId === closed.UserPoolId)).toEqual([])
  })

  it('stops after as many codes as the API sends', async () => {
    await makeAna('greedy')
    const [browser, page] = await visit('forgotPassword')
    let last = page
    for (let time = 1; time <= 21; time += 1) last = await browser.submit(page, { username: 'greedy' })
    expect(last.faults).toEqual(['We have sent you many codes in a short time. Wait a while before you ask for another.'])
  })

  it('takes no form that is not its own', async () => {
    await makeAna('forged')
    const path = `/forgotPassword?${authorizeQuery(pool)}`
    const browser = openBrowser(server.url)
    const { hidden } = formsOf(await browser.get(path))[0] ?? expect.fail('no form')
    expect((await browser.post(path, { username: 'forged' })).status).toBe(403)
    expect((await browser.post(path, { ...hidden, username: 'forged' }, { 'sec-fetch-site': 'cross-site' })).status).toBe(403)
    expect((await browser.post(path, `${new URLSearchParams({ ...hidden, username: 'forged' })}&username=ana`)).location).toBe(
      '/error?error=invalid_request',
    )
    expect((await browser.post(path, { ...hidden, username: 'x'.repeat(70_000) })).location).toBe('/error?error=invalid_request')
    expect((await browser.post(path, { ...hidden, username: 'x'.repeat(60_000) })).status).toBe(200)
    expect(server.harness.mailbox?.messages(mailOf('forged')) ?? []).toEqual([])
  })
})

describe('the page of the new password', () => {
  it('says what is missing or wrong, at its field, and never shows the password', async () => {
    await makeAna('picky')
    const [browser, page] = await forget('picky')
    expect((await browser.submit(page, {})).faults.slice(1)).toEqual(['Enter the code.', 'Enter your password.'])
    const weak = await browser.submit(page, { code: codeOf('picky'), password: 'weak-horse' })
    expect(weak.faults[1]).toBe('This password doesn’t follow all the rules below.')
    expect(weak.html).not.toContain('weak-horse')
    const wrong = await browser.submit(weak, { code: otherThan(codeOf('picky')), password: newPassword })
    expect(wrong.faults[1]).toBe('That code is not right. Check the newest message and try again.')
    expect(wrong.html).not.toContain(newPassword)
    server.harness.clock.advance(hour)
    expect((await browser.submit(wrong, { code: codeOf('picky'), password: newPassword })).faults[1]).toBe(
      'That code is too old. Ask for a new one.',
    )
    const resent = await browser.submit(wrong, {}, 1)
    expect(notesOf(await browser.submit(resent, { code: codeOf('picky'), password: newPassword }))).toHaveLength(1)
  })

  it('takes a code once, and guesses only so often', async () => {
    await makeAna('once')
    const [browser, page] = await forget('once')
    const code = codeOf('once')
    expect((await browser.submit(page, { code, password: newPassword })).heading).toBe('Sign in')
    const replayed = await browser.submit(page, { code, password: 'Another-Horse-9' })
    expect(replayed.faults[1]).toBe('That code is too old. Ask for a new one.')

    await makeAna('guessed')
    const [other, form] = await forget('guessed')
    let last = form
    for (let guess = 1; guess <= 16; guess += 1)
      last = await other.submit(form, { code: otherThan(codeOf('guessed')), password: newPassword })
    expect(last.faults).toEqual(['Too many tries. Wait a few minutes, then try again.'])
    expect((await other.submit(form, { code: codeOf('guessed'), password: newPassword })).faults).toHaveLength(1)
  })

  it('keeps what the form carries to the browser that it was made for', async () => {
    await makeAna('carried')
    const [, page] = await forget('carried')
    const { sent = '' } = formsOf(page)[0]?.hidden ?? {}
    const [thief, own] = await visit('confirmforgotPassword')
    for (const forged of [sent, 'x', `${sent.slice(0, -4)}AAAA`]) {
      const refused = await thief.submit(own, { sent: forged, code: codeOf('carried'), password: newPassword })
      expect(refused.faults).toEqual(['This page was out of date, so nothing was sent. Please try again.'])
    }
    const { ClientId } = pool
    const AuthParameters = { USERNAME: 'carried', PASSWORD: password }
    await server.harness.ok('InitiateAuth', { ClientId, AuthFlow: 'USER_PASSWORD_AUTH', AuthParameters })
  })

  it('asks for the name too where somebody comes by themselves', async () => {
    await makeAna('alone')
    await forget('alone')
    const [browser, page] = await visit('confirmforgotPassword')
    expect(Object.keys(fieldsOf(page))).toEqual(['username', 'code', 'password'])
    expect((await browser.submit(page, { code: '123456', password: newPassword })).faults).toContain('Please fill this in.')
    const done = await browser.submit(page, { username: 'alone', code: codeOf('alone'), password: newPassword })
    expect(notesOf(done)).toEqual(['Your new password is saved. Sign in with it now.'])
  })

  it('leads who never confirmed to the confirmation', async () => {
    await signUpUser(server.harness, pool, 'never', { email: mailOf('never') })
    const [browser, page] = await visit('confirmforgotPassword')
    const next = await browser.submit(page, { username: 'never', code: '123456', password: newPassword })
    expect([next.heading, notesOf(next)]).toEqual([
      'Confirm your account',
      ['This account isn’t confirmed yet. Enter the code that we sent you.'],
    ])
  })
})

describe('the page that a link in a risk notification leads to', () => {
  it('asks before it sends, and takes one answer', async () => {
    const made = await makePagePool(server.harness, {
      UserPoolTier: 'PLUS',
      UserPoolAddOns: { AdvancedSecurityMode: 'ENFORCED' },
    })
    const { UserPoolId, ClientId } = made
    await makeAna('ana', made)
    await server.harness.ok('SetRiskConfiguration', {
      UserPoolId,
      AccountTakeoverRiskConfiguration: {
        Actions: { LowAction: { EventAction: 'NO_ACTION', Notify: true } },
        NotifyConfiguration: {
          SourceArn: 'arn:aws:ses:us-east-1:000000000000:identity/security@example.org',
          NoActionEmail: { Subject: 'New', TextBody: 'no: {one-click-link-invalid}\nyes: {one-click-link-valid}\n' },
        },
      },
    })
    const from = (ip: string, system: string) =>
      server.harness.ok('AdminInitiateAuth', {
        UserPoolId,
        ClientId,
        AuthFlow: 'ADMIN_USER_PASSWORD_AUTH',
        AuthParameters: { USERNAME: 'ana', PASSWORD: password },
        ContextData: {
          IpAddress: ip,
          ServerName: 's',
          ServerPath: '/',
          HttpHeaders: [{ headerName: 'User-Agent', headerValue: `Mozilla/5.0 (${system}) Chrome/125.0 Safari/537.36` }],
        },
      })
    await from('192.0.2.1', 'Windows NT 10.0')
    server.harness.clock.advance(1000)
    server.harness.mailbox?.clear()
    await from('203.0.113.9', 'X11; Linux x86_64')
    await expect.poll(() => server.harness.mailbox?.messages('ana@example.org')).toHaveLength(1)
    const text = server.harness.mailbox?.messages('ana@example.org')[0]?.text ?? ''
    const [no = '', yes = ''] = [...text.matchAll(/: (\S+)/g)].map(([, link = '']) => new URL(link).pathname + new URL(link).search)
    const event = async () => {
      const { AuthEvents } = await server.harness.ok('AdminListUserAuthEvents', { UserPoolId, Username: 'ana' })
      return AuthEvents[0].EventFeedback?.FeedbackValue
    }

    const browser = openBrowser(server.url)
    const page = await browser.get(no)
    expect([page.status, page.heading]).toEqual([200, 'Was this you?'])
    await browser.get(no)
    expect(await event()).toBeUndefined()
    expect((await browser.post(no, {})).status).toBe(403)
    expect(await event()).toBeUndefined()
    expect(notesOf(await browser.submit(page, {}))[0]).toContain('set a new one now')
    expect(await event()).toBe('Invalid')
    expect((await browser.submit(await browser.get(yes), {})).faults).toEqual(['This link was used already or is too old.'])
    expect(await event()).toBe('Invalid')
    expect((await browser.get(no.replace('Invalid', 'Perhaps'))).location).toContain('error=invalid_link')
  })
})
