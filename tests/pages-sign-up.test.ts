import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { userOf } from './support/attributes.ts'
import { type MadePool, makeClient } from './support/make-pool.ts'
import { makeUser, password } from './support/make-user.ts'
import { type OAuthServer, startOAuth } from './support/oauth-server.ts'
import { formsOf, openBrowser, type PageBrowser, type SeenPage } from './support/page-browser.ts'
import { fieldsOf, notesOf } from './support/page-notes.ts'
import { authorizeQuery, callback, makePagePool, pageClient } from './support/page-pool.ts'
import { createTriggerRecorder } from './support/trigger-recorder.ts'

const recorder = createTriggerRecorder()
const versions = { 1: 'LITE', 2: 'ESSENTIALS' } as const
const minute = 60_000

let server: OAuthServer
const pools = new Map<1 | 2, MadePool>()
let pool: MadePool

beforeAll(async () => {
  server = await startOAuth({}, recorder.functions)
  for (const version of [1, 2] as const) {
    pools.set(version, await makePagePool(server.harness, { UserPoolTier: versions[version] }))
  }
  pool = pools.get(2) as MadePool
})
afterAll(() => server.stop())
beforeEach(() => {
  server.harness.clock.reset()
  recorder.answer((event) => event)
})

const visit = async (path: string, made = pool, more: Record<string, string> = {}): Promise<[PageBrowser, SeenPage]> => {
  const browser = openBrowser(server.url)
  return [browser, await browser.get(`/${path}?${authorizeQuery(made, more)}`)]
}
const email = 'requiredAttributes[email]'
const mailOf = (username: string) => `${username}@example.org`

/** Signs somebody up; answers the browser and the page that comes then. */
const signUp = async (username: string, made = pool, fields: Record<string, string> = {}): Promise<[PageBrowser, SeenPage]> => {
  const [browser, page] = await visit('signup', made)
  return [browser, await browser.submit(page, { username, password, [email]: mailOf(username), ...fields })]
}
const otherThan = (code: string) => String((Number(code) + 1) % 1_000_000).padStart(6, '0')
const codeOf = (username: string) => server.harness.codeSentTo(mailOf(username))
const statusOf = async (username: string, made = pool) =>
  (await server.harness.ok('AdminGetUser', { UserPoolId: made.UserPoolId, Username: username })).UserStatus

describe.each([1, 2] as const)('the sign-up page, version %i', (version) => {
  const made = () => pools.get(version) as MadePool

  it('asks for the name, an address and a password', async () => {
    const [, page] = await visit('signup', made())
    expect([page.status, page.heading]).toEqual([200, 'Create an account'])
    expect(fieldsOf(page)).toEqual({
      username: { type: 'text', autocomplete: 'username', required: true, value: '' },
      [email]: { type: 'email', autocomplete: 'email', required: true, value: '' },
      password: { type: 'password', autocomplete: 'new-password', required: true, value: '' },
    })
    expect(page.html).toContain('At least 8 characters')
    expect(page.html).toContain(`data-version="${version}"`)
  })

  it('leads from the sign-in page over the code into the application, with no second password', async () => {
    const name = `whole-${version}`
    const browser = openBrowser(server.url)
    const login = await browser.follow(await browser.get(`/oauth2/authorize?${authorizeQuery(made())}`))
    const link = /href="(\/signup\?[^"]*)"/.exec(login.html)?.[1]?.replaceAll('&amp;', '&') ?? expect.fail('no link to the sign-up')
    const asked = await browser.submit(await browser.get(link), { username: name, password, [email]: mailOf(name) })
    expect([asked.heading, asked.faults]).toEqual(['Check your email', []])
    expect(asked.html).toContain('w***@e***')
    const { location } = await browser.submit(asked, { code: ` ${codeOf(name).slice(0, 3)} ${codeOf(name).slice(3)} ` })
    expect(location).toMatch(new RegExp(`^${callback}\\?code=[0-9a-f-]{36}&state=a\\+state$`))
    expect(await statusOf(name, made())).toBe('CONFIRMED')
    // Signed in as after any sign-in.
    expect((await browser.get(`/oauth2/authorize?${authorizeQuery(made())}`)).location).toContain(`${callback}?code=`)
  })

  it('says at each field what is wrong, and keeps what was typed, the password aside', async () => {
    const [browser, page] = await visit('signup', made())
    const again = await browser.submit(page, { username: 'with space', password: 'Short-7', [email]: 'ana.example.org' })
    expect(again.status).toBe(200)
    expect(again.faults).toEqual([
      expect.stringContaining('This name can’t be used'),
      expect.stringContaining('This name can’t be used'),
      expect.stringContaining('This is not an email address'),
      expect.stringContaining('doesn’t follow all the rules'),
    ])
    expect(fieldsOf(again)).toMatchObject({
      username: { value: 'with space' },
      [email]: { value: 'ana.example.org' },
      password: { value: '' },
    })
    expect(again.html).not.toContain('Short-7')
    const empty = await browser.submit(page, {})
    expect(empty.faults[0]).toContain('Email: Please fill this in.')
    expect(empty.faults.slice(1)).toEqual(['Please fill this in.', 'Please fill this in.', 'Enter your password.'])
    expect((await browser.submit(page, { username: 'x'.repeat(129), password, [email]: mailOf('x') })).faults).toContain(
      'This is too long. Use at most 128 characters.',
    )
  })

  it('says that a name is taken, also where existence is hidden', async () => {
    await makeUser(server.harness, made().UserPoolId, 'taken')
    const hiding = await makeClient(server.harness, made().UserPoolId, { ...pageClient, PreventUserExistenceErrors: 'ENABLED' })
    const [, page] = await signUp('taken', hiding, { [email]: mailOf('other') })
    expect(page.faults[1]).toBe('There is an account with this name already. Sign in, or choose another name.')
  })
})

describe('the sign-up page', () => {
  it('escapes what was typed', async () => {
    const [browser, page] = await visit('signup')
    const again = await browser.submit(page, { username: '"><script>alert(1)</script>', password, [email]: '' })
    expect(again.html).not.toContain('<script>alert')
    expect(again.html).toContain('&quot;&gt;&lt;script&gt;')
  })

  it('asks for what the schema requires, each in a field that browsers know how to fill in', async () => {
    const names = ['given_name', 'birthdate', 'phone_number', 'website', 'updated_at']
    const made = await makePagePool(server.harness, { Schema: names.map((Name) => ({ Name, Required: true })) })
    const [browser, page] = await visit('signup', made)
    const field = (name: string) => `requiredAttributes[${name}]`
    expect(Object.entries(fieldsOf(page)).map(([name, { type, autocomplete }]) => [name, type, autocomplete])).toEqual([
      ['username', 'text', 'username'],
      [email, 'email', 'email'],
      [field('phone_number'), 'tel', 'tel'],
      [field('given_name'), 'text', 'given-name'],
      [field('website'), expect.any(String), 'url'],
      [field('birthdate'), 'date', 'bday'],
      ['password', 'password', 'new-password'],
    ])
    const typed = {
      username: 'schema',
      password,
      [email]: mailOf('schema'),
      [field('phone_number')]: '+1 (555) 123-4567',
      [field('given_name')]: ' Ana ',
      [field('website')]: 'https://example.org',
      [field('birthdate')]: '1990-12-31',
    }
    expect((await browser.submit(page, { ...typed, [field('birthdate')]: '31.12.90' })).faults[1]).toContain('This is not a date.')
    expect((await browser.submit(page, { ...typed, [field('phone_number')]: '555' })).faults[1]).toContain('not a phone number')
    expect((await browser.submit(page, typed)).heading).toBe('Check your email')
    expect((await userOf(server.harness, made, 'schema')).attributes).toMatchObject({
      phone_number: '+15551234567',
      given_name: 'Ana',
      birthdate: '1990-12-31',
      updated_at: String(Date.UTC(2026, 0, 15, 12) / 1000),
    })
  })

  it('takes nothing that it did not ask for', async () => {
    const [, page] = await signUp('sneaky', pool, { 'requiredAttributes[email_verified]': 'true', 'requiredAttributes[name]': 'Ana' })
    expect(page.heading).toBe('Check your email')
    expect((await userOf(server.harness, pool, 'sneaky')).attributes).toMatchObject({ email_verified: 'false' })
    expect((await userOf(server.harness, pool, 'sneaky')).attributes).not.toHaveProperty('name')
  })

  it('takes the address that is the name once', async () => {
    const made = await makePagePool(server.harness, { UsernameAttributes: ['email'], Schema: [{ Name: 'email', Required: true }] })
    const [browser, page] = await visit('signup', made)
    expect(Object.keys(fieldsOf(page))).toEqual(['username', 'password'])
    expect((await browser.submit(page, { username: 'ana', password })).faults).toContain(
      'This is not an email address. It should look like name@example.com.',
    )
    const asked = await browser.submit(page, { username: ' ana@example.org ', password })
    expect(asked.heading).toBe('Check your email')
    const code = server.harness.codeSentTo('ana@example.org')
    expect((await browser.submit(asked, { code })).location).toContain('code=')
    const [another, form] = await visit('signup', made)
    const taken = await another.submit(form, { username: 'ana@example.org', password })
    expect(taken.faults).toContain('There is an account with this email already. Sign in, or use another email.')
  })

  it('wants one of two addresses where the name may be either, or the pool verifies both', async () => {
    const SmsConfiguration = { SnsCallerArn: 'arn:aws:iam::000000000000:role/sms' }
    const both = { AutoVerifiedAttributes: ['email' as const, 'phone_number' as const], SmsConfiguration }
    const named = await makePagePool(server.harness, { ...both, UsernameAttributes: ['email', 'phone_number'] })
    const [browser, page] = await visit('signup', named)
    const asked = await browser.submit(page, { username: '+1 555 765 4321', password })
    expect(asked.heading).toBe('Check your phone')
    expect((await browser.submit(asked, { code: server.harness.codeSentTo('+15557654321') })).location).toContain('code=')
    // And the same spelling signs in.
    const again = openBrowser(server.url)
    const identified = await again.submit(await again.get(`/login?${authorizeQuery(named)}`), { username: '+1 555 765 4321' })
    expect((await again.submit(identified, { password })).location).toContain('code=')

    const free = await makePagePool(server.harness, both)
    expect((await signUp('either', free, { [email]: '' }))[1].faults).toContain('Please fill this in.')
    expect((await signUp('either', free))[1].heading).toBe('Check your email')
  })

  it('is closed where only administrators make users', async () => {
    const closed = await makePagePool(server.harness, { AdminCreateUserConfig: { AllowAdminCreateUserOnly: true } })
    const [browser, page] = await visit('signup', closed)
    expect([page.faults, fieldsOf(page)]).toEqual([
      ['You can’t create an account here yourself. Ask the people who run the application.'],
      {},
    ])
    const [, login] = await visit('login', closed)
    expect(login.html).not.toContain('/signup')
    const form = { ...formsOf(login)[0]?.hidden, username: 'nobody', password, _csrf: browser.cookies.get('XSRF-TOKEN') ?? '' }
    expect((await browser.post(`/signup?${authorizeQuery(closed)}`, form)).faults).toHaveLength(1)
    expect(await server.harness.refused('AdminGetUser', { UserPoolId: closed.UserPoolId, Username: 'nobody' })).toContain(
      'UserNotFoundException',
    )
  })

  it('shows the terms on managed login, when both documents exist', async () => {
    const made = await makePagePool(server.harness)
    const { UserPoolId, ClientId } = made
    const create = (TermsName: string) =>
      server.harness.ok('CreateTerms', {
        UserPoolId,
        ClientId,
        TermsName,
        TermsSource: 'LINK',
        Enforcement: 'NONE',
        Links: { 'cognito:default': `https://example.org/${TermsName}` },
      })
    await create('terms-of-use')
    expect((await visit('signup', made))[1].html).not.toContain('https://example.org/')
    await create('privacy-policy')
    expect((await visit('signup', made))[1].html).toMatch(/you agree to our .*terms-of-use.*privacy-policy/)
    await server.harness.ok('CreateUserPoolDomain', { UserPoolId, Domain: 'classic-terms', ManagedLoginVersion: 1 })
    expect((await visit('signup', made))[1].html).not.toContain('https://example.org/')
  })

  it('says what a function has against the sign-up, and signs in at once whom one confirms', async () => {
    const made = await makePagePool(server.harness, { LambdaConfig: recorder.config('PreSignUp') })
    recorder.answer(() => {
      throw new Error('only for members')
    })
    const [browser, page] = await signUp('member', made)
    expect(page.faults).toEqual(['The application didn’t accept this: only for members.'])
    recorder.answer((event) => ({ ...event, response: { autoConfirmUser: true } }))
    expect((await browser.submit(page, { username: 'member', password, [email]: mailOf('member') })).location).toContain(
      `${callback}?code=`,
    )
  })

  it.each([
    ['CustomMessage', 'UNCONFIRMED', 'Confirm your account'],
    ['PostConfirmation', 'CONFIRMED', 'Sign in'],
  ] as const)('goes on with an account that is stored where %s answers nothing', async (trigger, status, heading) => {
    const made = await makePagePool(server.harness, { LambdaConfig: recorder.config('PreSignUp', trigger) })
    recorder.answer((event) => {
      if (!event.triggerSource.startsWith('PreSignUp')) return 7
      return { ...event, response: { autoConfirmUser: status === 'CONFIRMED' } }
    })
    const [, page] = await signUp('kept', made)
    expect([page.heading, await statusOf('kept', made)]).toEqual([heading, status])
    expect(page.faults).toHaveLength(1)
  })

  it('makes the account also where nothing can be sent, and says who confirms it', async () => {
    const made = await makePagePool(server.harness, { AutoVerifiedAttributes: [] })
    const [browser, page] = await signUp('waiting', made)
    expect([page.heading, notesOf(page)]).toEqual(['Sign in', [expect.stringContaining('have to confirm it before you can sign in')]])
    await server.harness.ok('AdminConfirmSignUp', { UserPoolId: made.UserPoolId, Username: 'waiting' })
    const identified = await browser.submit(page, { username: 'waiting' })
    expect((await browser.submit(identified, { password })).location).toContain('code=')
  })

  it('still asks the second factor that the pool demands', async () => {
    const made = await makePagePool(server.harness)
    const { UserPoolId } = made
    const [browser, page] = await signUp('careful', made)
    await server.harness.ok('SetUserPoolMfaConfig', {
      UserPoolId,
      MfaConfiguration: 'ON',
      SoftwareTokenMfaConfiguration: { Enabled: true },
    })
    const next = await browser.submit(page, { code: codeOf('careful') })
    expect([next.status, next.location]).toEqual([200, ''])
  })

  it('takes no form that is not its own', async () => {
    const path = `/signup?${authorizeQuery(pool)}`
    const fields = { username: 'forged', password, [email]: mailOf('forged') }
    const browser = openBrowser(server.url)
    const { hidden } = formsOf(await browser.get(path))[0] ?? expect.fail('no form')
    for (const _csrf of ['', 'x'.repeat(36)]) expect((await browser.post(path, { ...fields, _csrf })).status).toBe(403)
    expect((await browser.post(path, { ...fields, ...hidden }, { origin: 'https://evil.example' })).status).toBe(403)
    expect((await openBrowser(server.url).post(path, { ...fields, ...hidden })).status).toBe(403)
    const doubled = `${new URLSearchParams({ ...hidden, ...fields })}&username=twice`
    expect((await browser.post(path, doubled)).location).toBe('/error?error=invalid_request')
    expect((await browser.post(path, { ...fields, ...hidden, junk: 'x'.repeat(70_000) })).location).toBe('/error?error=invalid_request')
    expect((await browser.get('/signup')).location).toBe('/error?error=missing_client_id')
    expect(await server.harness.refused('AdminGetUser', { UserPoolId: pool.UserPoolId, Username: 'forged' })).toContain(
      'UserNotFoundException',
    )
  })
})

describe('the page of the confirmation code', () => {
  it('says what is wrong with a code, and goes on asking', async () => {
    const [browser, page] = await signUp('codes')
    expect((await browser.submit(page, {})).faults).toContain('Enter the code.')
    const wrong = await browser.submit(page, { code: otherThan(codeOf('codes')) })
    expect([wrong.heading, wrong.faults[1]]).toEqual([
      'Check your email',
      'That code is not right. Check the newest message and try again.',
    ])
    server.harness.clock.advance(24 * 60 * minute)
    const old = await browser.submit(wrong, { code: codeOf('codes') })
    expect(old.faults[1]).toBe('That code is too old. Ask for a new one.')
    const resent = await browser.submit(old, {}, 1)
    expect(notesOf(resent)).toEqual(['We sent a new code to c***@e*** . Only the newest one works.'])
    // By then the browser's own proof is too old, so the password is asked for.
    const done = await browser.submit(resent, { code: codeOf('codes') })
    expect([done.heading, notesOf(done)]).toEqual(['Sign in', ['Your account is confirmed. You can sign in now.']])
  })

  it('stops who tries too often', async () => {
    const [browser, page] = await signUp('often')
    const wrong = otherThan(codeOf('often'))
    let last = page
    for (let guess = 1; guess <= 16; guess += 1) last = await browser.submit(page, { code: wrong })
    expect(last.faults).toEqual(['Too many tries. Wait a few minutes, then try again.'])
    expect((await browser.submit(page, { code: codeOf('often') })).location).toBe('')
    expect(await statusOf('often')).toBe('UNCONFIRMED')
  })

  it('signs in once: the form that comes again only leads to the sign-in', async () => {
    const [browser, page] = await signUp('replay')
    const code = codeOf('replay')
    expect((await browser.submit(page, { code })).location).toContain('code=')
    // The sign-in gave the browser another form token, so the old form is no longer its own.
    expect((await browser.submit(page, { code })).status).toBe(403)
  })

  it('keeps what the form carries to the browser that it was made for', async () => {
    const [, page] = await signUp('carried')
    const { sent = '' } = formsOf(page)[0]?.hidden ?? {}
    const [thief, own] = await visit('confirm')
    const stolen = await thief.submit(own, { sent, code: codeOf('carried') })
    expect([stolen.location, stolen.faults]).toEqual(['', ['This page was out of date, so nothing was sent. Please try again.']])
    for (const forged of ['x', sent.replace(/..$/, 'AA'), Buffer.from('{"username":"carried"}').toString('base64')]) {
      expect((await thief.submit(own, { sent: forged, code: codeOf('carried') })).faults).toHaveLength(1)
    }
    expect(await statusOf('carried')).toBe('UNCONFIRMED')
  })

  it('asks for the name too where somebody comes by themselves, and then for the password', async () => {
    await signUp('alone')
    const [browser, page] = await visit('confirm')
    expect(Object.keys(fieldsOf(page))).toEqual(['username', 'code'])
    expect((await browser.submit(page, { code: '123456' })).faults).toContain('Please fill this in.')
    const done = await browser.submit(page, { username: 'alone', code: codeOf('alone') })
    expect([done.location, done.heading, notesOf(done)]).toEqual(['', 'Sign in', ['Your account is confirmed. You can sign in now.']])
    const twice = await browser.submit(page, { username: 'alone', code: '123456' })
    expect(notesOf(twice)).toEqual(['This account is confirmed already. Sign in to go on.'])
    expect((await browser.submit(page, { username: 'nobody', code: '123456' })).faults).toEqual([
      'We don’t know this name. Check it and try again.',
    ])
  })

  it('is where who is not confirmed comes from the sign-in', async () => {
    await signUp('late')
    const [browser, page] = await visit('login')
    const asked = await browser.submit(await browser.submit(page, { username: 'late' }), { password })
    expect([asked.heading, notesOf(asked)]).toEqual([
      'Confirm your account',
      ['This account isn’t confirmed yet. Enter the code that we sent you.'],
    ])
    const resent = await browser.submit(asked, {}, 1)
    expect(notesOf(resent)[0]).toContain('l***@e***')
    expect(notesOf(await browser.submit(resent, { code: codeOf('late') }))).toEqual(['Your account is confirmed. You can sign in now.'])
  })

  it('sends five codes an hour', async () => {
    const [browser, page] = await signUp('greedy')
    let last = page
    for (let time = 1; time <= 6; time += 1) last = await browser.submit(page, {}, 1)
    expect(last.faults).toEqual(['We have sent you many codes in a short time. Wait a while before you ask for another.'])
  })

  it('has a page of its own to ask for another code', async () => {
    await signUp('again')
    const [browser, page] = await visit('resendcode')
    expect((await browser.submit(page, {})).faults).toContain('Please fill this in.')
    expect((await browser.submit(page, { username: 'nobody-here' })).faults).toContain('We don’t know this name. Check it and try again.')
    const asked = await browser.submit(page, { username: 'again' })
    expect(asked.heading).toBe('Check your email')
    await browser.submit(asked, { code: codeOf('again') })
    expect(notesOf(await browser.submit(page, { username: 'again' }))).toEqual(['This account is confirmed already. Sign in to go on.'])
  })
})

describe('a sign-up that is confirmed by a link', () => {
  const linkTo = (username: string): string => {
    const body = server.harness.mailbox?.messages(mailOf(username))[0]?.body ?? ''
    const href = /href="([^"]*)"/.exec(body)?.[1] ?? expect.fail('no link in the mail')
    const { pathname, search } = new URL(href.replaceAll('&amp;', '&'))
    return pathname + search
  }
  let made: MadePool
  beforeAll(async () => {
    made = await makePagePool(server.harness, { VerificationMessageTemplate: { DefaultEmailOption: 'CONFIRM_WITH_LINK' } })
    await server.harness.ok('CreateUserPoolDomain', { UserPoolId: made.UserPoolId, Domain: 'linked', ManagedLoginVersion: 2 })
  })

  it('goes on in the browser that signed up, once the link was opened anywhere', async () => {
    const [browser, page] = await signUp('linked', made)
    expect(page.html).toContain('We sent a link to')
    const early = await browser.submit(page, { opened: 'yes' })
    expect(early.faults).toEqual(['This account isn’t confirmed yet. Open the link that we sent you by email.'])
    const opened = await openBrowser(server.url).get(linkTo('linked'))
    expect([opened.status, opened.heading]).toEqual([200, 'You’re confirmed'])
    expect(opened.html).toContain('/login?client_id=')
    expect((await browser.submit(early, { opened: 'yes' })).location).toContain(`${callback}?code=`)
  })

  it('takes the link once, with or without a slash at the end of its path', async () => {
    await signUp('twice', made)
    const path = linkTo('twice').replace('?', '/?')
    const browser = openBrowser(server.url)
    expect((await browser.get(path)).heading).toBe('You’re confirmed')
    expect((await browser.get(path)).html).toContain('This account is confirmed already.')
    const { ClientId } = made
    for (const [user_name, confirmation_code] of [
      ['nobody', '123456'],
      ['taken', 'x'],
    ] as const) {
      const link = `/confirmUser?${new URLSearchParams({ client_id: ClientId, user_name, confirmation_code })}`
      expect((await browser.get(link)).html).toContain('This link doesn’t work')
    }
    expect((await browser.get(`/confirmUser?client_id=${ClientId}`)).location).toContain('/error?error=invalid_link')
    expect((await browser.post(path, {})).status).toBe(405)
  })

  it('sends a new link to who asks', async () => {
    const [browser, page] = await signUp('anew', made)
    const old = linkTo('anew')
    const resent = await browser.submit(page, {}, 1)
    expect(notesOf(resent)).toEqual(['We sent a new link. Only the newest one works.'])
    if (linkTo('anew') !== old) expect((await browser.get(old)).heading).toBe('This link doesn’t work')
    expect((await browser.get(linkTo('anew'))).heading).toBe('You’re confirmed')
  })
})
