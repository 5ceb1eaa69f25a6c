import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { userOf } from './support/attributes.ts'
import type { MadePool } from './support/make-pool.ts'
import { everyFlow } from './support/make-pool.ts'
import { inviteUser, makeUser, temporaryPassword } from './support/make-user.ts'
import { addressesOf, makeMfaPool, makeTokenUser } from './support/mfa-pool.ts'
import { type OAuthServer, startOAuth } from './support/oauth-server.ts'
import { formsOf, openBrowser, type PageBrowser, type SeenPage } from './support/page-browser.ts'
import { fieldsOf } from './support/page-notes.ts'
import { makePagePool, pageClient } from './support/page-pool.ts'
import { choicesOf, claimsFor, isGranted, openSignIn, tokensFor, typePassword } from './support/page-steps.ts'
import { tokenParts } from './support/token-parts.ts'
import { totpCode } from './support/totp-code.ts'

const client = { ...pageClient, ExplicitAuthFlows: everyFlow }

let server: OAuthServer
let optional: MadePool
let required: MadePool

beforeAll(async () => {
  server = await startOAuth()
  optional = await makeMfaPool(server.harness, 'OPTIONAL', { client })
  required = await makeMfaPool(server.harness, 'ON', { client })
})
afterAll(() => server.stop())
beforeEach(() => server.harness.clock.reset())

const open = () => openBrowser(server.url)
const wrong = (code: string) => String((Number(code) + 1) % 10 ** code.length).padStart(code.length, '0')
const now = () => server.harness.clock.now()

/** Somebody with both addresses verified and these second factors switched on. */
const makeReachable = async (made: MadePool, username: string, ...factors: ('SMSMfaSettings' | 'EmailMfaSettings')[]) => {
  const addresses = addressesOf(username)
  await makeUser(server.harness, made.UserPoolId, username, { ...addresses, email_verified: 'true', phone_number_verified: 'true' })
  const on = Object.fromEntries(factors.map((name) => [name, { Enabled: true }]))
  await server.harness.ok('AdminSetUserMFAPreference', { UserPoolId: made.UserPoolId, Username: username, ...on })
  return addresses
}

const secretOn = ({ html }: SeenPage): string => /data-copy="([A-Z2-7]+)"/.exec(html)?.[1] ?? expect.fail('no secret')

/** Each code as a second factor: how somebody has it, what its page is called, and what it says of a wrong one. */
const secondFactors = {
  SMS_MFA: {
    make: async (username: string) => {
      const { phone_number } = await makeReachable(optional, username, 'SMSMfaSettings')
      return () => server.harness.codeSentTo(phone_number)
    },
    heading: 'Check your phone',
    refusal: 'That code is not right. Check the newest text message and try again.',
    proof: 'sms',
  },
  EMAIL_OTP: {
    make: async (username: string) => {
      const { email } = await makeReachable(optional, username, 'EmailMfaSettings')
      return () => server.harness.codeSentTo(email)
    },
    heading: 'Check your email',
    refusal: 'That code is not right. Check the newest email and try again.',
    proof: 'email_otp',
  },
  SOFTWARE_TOKEN_MFA: {
    make: (username: string) => makeTokenUser(server.harness, optional, username),
    heading: 'Open your authenticator app',
    refusal: 'That code is not right. Wait for the next one in your app and try again.',
    proof: 'otp',
  },
} as const

describe.each(Object.entries(secondFactors))('%s after the password', (name, { make, heading, refusal, proof }) => {
  const asked = async (username: string): Promise<[PageBrowser, SeenPage, () => string]> => {
    const code = await make(username)
    const browser = open()
    const page = await typePassword(browser, optional, username)
    expect([page.status, page.heading, page.faults]).toEqual([200, heading, []])
    return [browser, page, code]
  }

  it('lets nobody past without a code or with a wrong one, and in with the right one', async () => {
    const [browser, page, code] = await asked(`right-${name}`)
    expect(fieldsOf(page)['code']).toEqual({ type: 'text', autocomplete: 'one-time-code', required: true, value: '' })
    const empty = await browser.submit(page, {})
    expect([empty.heading, empty.faults]).toEqual([heading, ['Enter the code.', 'Enter the code.']])
    const refused = await browser.submit(empty, { code: wrong(code()) })
    expect([refused.heading, refused.faults]).toEqual([heading, [refusal, refusal]])
    const spaced = code().replace(/(...)/, ' $1 - ')
    const claims = await claimsFor(server, optional, await browser.submit(refused, { code: spaced }))
    expect(claims).toMatchObject({ username: `right-${name}`, amr: ['pwd', proof, 'mfa'] })
  })

  it('starts over when it took too long', async () => {
    const [browser, page, code] = await asked(`late-${name}`)
    const right = code()
    server.harness.clock.advance(3 * 60_000)
    const late = await browser.submit(page, { code: name === 'SOFTWARE_TOKEN_MFA' ? code() : right })
    expect([late.heading, late.faults]).toEqual(['Sign in', ['This took too long, so we stopped for your safety. Please sign in again.']])
    expect(fieldsOf(late)['username']?.value).toBe(`late-${name}`)
  })

  it('refuses the right code too after five wrong ones', async () => {
    const [browser, page, code] = await asked(`guesses-${name}`)
    for (let guess = 0; guess < 5; guess += 1) await browser.submit(page, { code: wrong(code()) })
    const locked = await browser.submit(page, { code: code() })
    expect([locked.heading, locked.faults]).toEqual([heading, ['Too many tries. Wait a few minutes, then try again.']])
  })
})

describe('where a code went', () => {
  it('is shown as little as the API shows it', async () => {
    const { email, phone_number } = await makeReachable(optional, 'shy', 'SMSMfaSettings')
    const page = await typePassword(open(), optional, 'shy')
    expect(page.html).toContain(`We sent a code by text message to <bdi class="value">+*******${phone_number.slice(-4)}</bdi>.`)
    expect(page.html).not.toContain(email)
    expect(page.html).not.toContain(phone_number)
  })
})

describe('a code of an authenticator app that was used', () => {
  it('is not good again', async () => {
    const code = await makeTokenUser(server.harness, optional, 'twice')
    const once = code()
    const first = open()
    expect(isGranted(await first.submit(await typePassword(first, optional, 'twice'), { code: once }))).toBe(true)
    const second = open()
    const again = await second.submit(await typePassword(second, optional, 'twice'), { code: once })
    expect(again.faults).toEqual(Array(2).fill('That code was used already. Wait for the next one in your app.'))
  })
})

describe('SELECT_MFA_TYPE', () => {
  it.each([
    ['SMS_MFA', 'sms'],
    ['EMAIL_OTP', 'email_otp'],
  ] as const)('goes on with %s when that is chosen', async (factor, proof) => {
    const { email, phone_number } = await makeReachable(optional, `chooses-${factor}`, 'SMSMfaSettings', 'EmailMfaSettings')
    const browser = open()
    const page = await typePassword(browser, optional, `chooses-${factor}`)
    expect([page.heading, choicesOf(page)]).toEqual(['How do you want to confirm that it’s you?', ['SMS_MFA', 'EMAIL_OTP']])
    const nothing = await browser.submit(page, {})
    expect([nothing.heading, nothing.faults]).toEqual([page.heading, ['Choose one.']])
    const foreign = await browser.submit(nothing, { answer: 'SOFTWARE_TOKEN_MFA' })
    expect(foreign.heading).toBe(page.heading)
    const asked = await browser.submit(foreign, { answer: factor })
    const code = server.harness.codeSentTo(factor === 'SMS_MFA' ? phone_number : email)
    const claims = await claimsFor(server, optional, await browser.submit(asked, { code }))
    expect(claims['amr']).toEqual(['pwd', proof, 'mfa'])
    // The choice was made.
    expect((await browser.submit(page, { answer: factor })).location).not.toContain('code=')
  })
})

describe('MFA_SETUP of an authenticator app', () => {
  const begun = async (username: string): Promise<[PageBrowser, SeenPage]> => {
    await makeUser(server.harness, required.UserPoolId, username)
    const browser = open()
    const choice = await typePassword(browser, required, username)
    expect([choice.heading, choicesOf(choice)]).toEqual(['Make your account safer', ['SOFTWARE_TOKEN_MFA', 'EMAIL_OTP']])
    return [browser, choice]
  }

  it('shows the secret, takes its first code, and asks for the next one at the next sign-in', async () => {
    const [browser, choice] = await begun('sets-up')
    const page = await browser.submit(choice, { answer: 'SOFTWARE_TOKEN_MFA' })
    expect(page.heading).toBe('Set up your authenticator app')
    const secret = secretOn(page)
    expect(secret).toHaveLength(52)
    expect(page.html).toContain(`href="otpauth://totp/pool:sets-up?secret=${secret}&amp;issuer=pool"`)
    expect(page.html).toMatch(/<svg class="qr" role="img" aria-label="QR code for your authenticator app"/)
    const refused = await browser.submit(page, { code: wrong(totpCode(secret, now())) })
    expect(refused.faults).toEqual(Array(2).fill('That code is not right. Wait for the next one in your app and try again.'))
    expect(secretOn(refused)).toBe(secret)
    const done = await browser.submit(refused, { code: totpCode(secret, now()) })
    expect(await claimsFor(server, required, done)).toMatchObject({ username: 'sets-up', amr: ['pwd', 'otp', 'mfa'] })
    server.harness.clock.advance(30_000)
    const next = open()
    const asked = await typePassword(next, required, 'sets-up')
    expect(asked.heading).toBe('Open your authenticator app')
    expect(isGranted(await next.submit(asked, { code: totpCode(secret, now()) }))).toBe(true)
  })

  it('lets people choose again', async () => {
    const [browser, choice] = await begun('chooses-again')
    const token = await browser.submit(choice, { answer: 'SOFTWARE_TOKEN_MFA' })
    const again = await browser.submit(token, { again: 'yes' })
    expect(choicesOf(again)).toEqual(['SOFTWARE_TOKEN_MFA', 'EMAIL_OTP'])
    const address = await browser.submit(again, { answer: 'EMAIL_OTP' })
    expect(address.heading).toBe('Add your email')
    const back = await browser.submit(await browser.submit(address, { again: 'yes' }), { answer: 'SOFTWARE_TOKEN_MFA' })
    const secret = secretOn(back)
    // The picture that was left is good no more.
    expect(secret).not.toBe(secretOn(token))
    expect(isGranted(await browser.submit(back, { code: totpCode(secret, now()) }))).toBe(true)
  })

  it('comes at once where there is nothing else to set up', async () => {
    const made = await makeMfaPool(server.harness, 'ON', { client, factors: { SoftwareTokenMfaConfiguration: { Enabled: true } } })
    await makeUser(server.harness, made.UserPoolId, 'alone')
    const browser = open()
    const page = await typePassword(browser, made, 'alone')
    expect(page.html).not.toContain('name="again"')
    expect(isGranted(await browser.submit(page, { code: totpCode(secretOn(page), now()) }))).toBe(true)
  })
})

describe('MFA_SETUP of an e-mail address', () => {
  it('sends a code to the address that is named', async () => {
    await makeUser(server.harness, required.UserPoolId, 'names-mail')
    const browser = open()
    const choice = await typePassword(browser, required, 'names-mail')
    const page = await browser.submit(choice, { answer: 'EMAIL_OTP' })
    expect(fieldsOf(page)['email']).toMatchObject({ type: 'email', autocomplete: 'email', required: true })
    expect((await browser.submit(page, {})).faults).toEqual(Array(2).fill('Please fill this in.'))
    const refused = await browser.submit(page, { email: 'no address' })
    expect(refused.faults).toEqual(Array(2).fill('This is not an email address. It should look like name@example.com.'))
    expect(fieldsOf(refused)['email']?.value).toBe('no address')
    const asked = await browser.submit(refused, { email: 'named@example.org' })
    expect(asked.heading).toBe('Check your email')
    const code = server.harness.codeSentTo('named@example.org')
    expect((await browser.submit(asked, { code: wrong(code) })).faults).toHaveLength(2)
    const claims = await claimsFor(server, required, await browser.submit(asked, { code }))
    expect(claims['amr']).toEqual(['pwd', 'email_otp', 'mfa'])
    expect((await userOf(server.harness, required, 'names-mail')).attributes).toMatchObject({
      email: 'named@example.org',
      email_verified: 'true',
    })
  })
})

describe('MFA_SETUP of nothing that people can set up themselves', () => {
  it('says whom to ask', async () => {
    const SmsMfaConfiguration = { SmsConfiguration: { SnsCallerArn: 'arn:aws:iam::000000000000:role/sms' } }
    const made = await makeMfaPool(server.harness, 'ON', { client, factors: { SmsMfaConfiguration } })
    await makeUser(server.harness, made.UserPoolId, 'no-phone')
    const page = await typePassword(open(), made, 'no-phone')
    expect(page.html).toContain('We have no address to which we could send a code. Ask the people who run the application.')
    expect(formsOf(page)).toEqual([])
  })
})

describe('NEW_PASSWORD_REQUIRED', () => {
  const own = 'My-Own-Horse-8'
  const invited = async (made: MadePool, username: string): Promise<[PageBrowser, SeenPage]> => {
    await inviteUser(server.harness, made.UserPoolId, username)
    const browser = open()
    const page = await typePassword(browser, made, username, temporaryPassword)
    expect(page.heading).toBe('Choose your own password')
    return [browser, page]
  }

  it('wants a password that keeps the rules', async () => {
    const made = await makePagePool(server.harness)
    const [browser, page] = await invited(made, 'invited')
    expect(page.html).toContain('At least 8 characters')
    expect((await browser.submit(page, {})).faults).toEqual(Array(2).fill('Enter your password.'))
    const refused = await browser.submit(page, { password: 'short' })
    expect(refused.faults).toEqual(Array(2).fill('This password doesn’t follow all the rules below.'))
    expect(refused.html).not.toContain('short')
    expect(await claimsFor(server, made, await browser.submit(refused, { password: own }))).toMatchObject({ username: 'invited' })
    expect(isGranted(await typePassword(open(), made, 'invited', own))).toBe(true)
    const old = await typePassword(open(), made, 'invited', temporaryPassword)
    expect(old.faults).toEqual(['The user name or the password is not right. Check both and try again.'])
  })

  it('wants the attributes that the pool requires and nobody filled in, each at its field', async () => {
    const Schema = ['name', 'birthdate', 'phone_number'].map((Name) => ({ Name, Required: true, Mutable: true }))
    const made = await makePagePool(server.harness, { Schema })
    const [browser, page] = await invited(made, 'nameless')
    expect(Object.entries(fieldsOf(page)).map(([name, { type }]) => `${name} ${type}`)).toEqual([
      'password password',
      'requiredAttributes[name] text',
      'requiredAttributes[birthdate] date',
      'requiredAttributes[phone_number] tel',
    ])
    const typed = { password: own, 'requiredAttributes[name]': 'Ana <b>', 'requiredAttributes[birthdate]': '1990-12-31' }
    const missing = await browser.submit(page, typed)
    expect(missing.faults).toEqual(Array(2).fill('Please fill this in.'))
    expect(missing.html).toContain('href="#field-requiredAttributes-phone_number-"')
    expect(missing.html).toContain('value="Ana &lt;b&gt;"')
    const undated = await browser.submit(missing, { ...typed, 'requiredAttributes[birthdate]': 'today' })
    expect(undated.faults[0]).toBe('This is not a date. Write it as year-month-day, for example 1990-12-31.')
    const done = await browser.submit(undated, { ...typed, 'requiredAttributes[phone_number]': '+1 (206) 555-9999' })
    await tokensFor(server, made, done)
    expect((await userOf(server.harness, made, 'nameless')).attributes).toMatchObject({
      name: 'Ana <b>',
      birthdate: '1990-12-31',
      phone_number: '+12065559999',
    })
  })

  it('takes no attribute that was not asked for', async () => {
    const made = await makePagePool(server.harness)
    const [browser, page] = await invited(made, 'writes-more')
    const more = {
      'requiredAttributes[email]': 'evil@example.org',
      'userAttributes.email': 'evil@example.org',
      'userAttributes.name': 'Evil',
    }
    const { id_token } = await tokensFor(server, made, await browser.submit(page, { password: own, ...more }))
    expect(tokenParts(id_token).payload).not.toHaveProperty('email')
    expect((await userOf(server.harness, made, 'writes-more')).attributes).not.toHaveProperty('name')
  })

  it('goes on to a second factor that the pool requires', async () => {
    const [browser, page] = await invited(required, 'then-mfa')
    const choice = await browser.submit(page, { password: own })
    expect(choice.heading).toBe('Make your account safer')
  })
})

describe('classic pages', () => {
  it('ask for second factors too', async () => {
    const made = await makePagePool(server.harness, { UserPoolTier: 'LITE' }, client)
    await server.harness.ok('SetUserPoolMfaConfig', {
      UserPoolId: made.UserPoolId,
      MfaConfiguration: 'ON',
      SoftwareTokenMfaConfiguration: { Enabled: true },
    })
    await makeUser(server.harness, made.UserPoolId, 'classic')
    const browser = open()
    expect(Object.keys(fieldsOf(await openSignIn(browser, made)))).toEqual(['username', 'password'])
    const page = await typePassword(browser, made, 'classic')
    expect(page.html).toContain('<html lang="en" dir="ltr" data-version="1"')
    expect(isGranted(await browser.submit(page, { code: totpCode(secretOn(page), now()) }))).toBe(true)
  })
})
