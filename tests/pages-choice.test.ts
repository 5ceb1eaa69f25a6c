import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { createAuthenticator } from './support/authenticator.ts'
import { emailOf, makeChallengePool, phoneOf, verifiedAddresses } from './support/challenge-pool.ts'
import { everyFlow, type MadePool } from './support/make-pool.ts'
import { makeUser, password } from './support/make-user.ts'
import { everyFactor } from './support/mfa-pool.ts'
import { nobodyOffered } from './support/nobody-offered.ts'
import { type OAuthServer, startOAuth } from './support/oauth-server.ts'
import { formsOf, openBrowser, type PageBrowser, type SeenPage } from './support/page-browser.ts'
import { fieldsOf } from './support/page-notes.ts'
import { pageClient } from './support/page-pool.ts'
import { choicesOf, claimsFor, isGranted, openSignIn, typeName } from './support/page-steps.ts'
import { addPasskey } from './support/passkeys.ts'

let server: OAuthServer
let made: MadePool

const client = { ...pageClient, ExplicitAuthFlows: [...(everyFlow ?? []), 'ALLOW_USER_AUTH' as const] }

beforeAll(async () => {
  server = await startOAuth()
  made = await makeChallengePool(server.harness, 'open', client)
})
afterAll(() => server.stop())
beforeEach(() => server.harness.clock.reset())

const open = () => openBrowser(server.url)
const user = (username: string) => makeUser(server.harness, made.UserPoolId, username, verifiedAddresses(username))
const passkeyOptions = ({ html }: SeenPage) =>
  JSON.parse((/data-options="([^"]*)"/.exec(html)?.[1] ?? expect.fail('no options')).replaceAll('&quot;', '"'))

const chosen = async (username: string, answer: string): Promise<[PageBrowser, SeenPage]> => {
  const browser = open()
  const choice = await typeName(browser, made, username)
  expect(choice.heading).toBe('How do you want to sign in?')
  return [browser, await browser.submit(choice, { answer })]
}

describe('the choice of a first factor', () => {
  it('has the ways of the user, and none that only programs go', async () => {
    await user('many-ways')
    await addPasskey(server.harness, made, 'many-ways')
    expect(choicesOf(await typeName(open(), made, 'many-ways'))).toEqual(['PASSWORD', 'EMAIL_OTP', 'SMS_OTP', 'WEB_AUTHN'])
    await user('no-passkey')
    const browser = open()
    const page = await typeName(browser, made, 'no-passkey')
    expect(choicesOf(page)).toEqual(['PASSWORD', 'EMAIL_OTP', 'SMS_OTP'])
    expect((await browser.submit(page, {})).faults).toEqual(['Choose one.'])
    expect(choicesOf(await browser.submit(page, { answer: 'WEB_AUTHN' }))).toEqual(choicesOf(page))
  })

  it.each([
    ['EMAIL_OTP', emailOf, 'email_otp', 'That code is not right. Check the newest email and try again.'],
    ['SMS_OTP', phoneOf, 'sms', 'That code is not right. Check the newest text message and try again.'],
  ] as const)('signs in with %s', async (factor, addressOf, proof, refusal) => {
    const username = `by-${factor}`
    await user(username)
    const [browser, page] = await chosen(username, factor)
    const code = server.harness.codeSentTo(addressOf(username))
    expect(code).toHaveLength(8)
    expect((await browser.submit(page, { code: code.slice(1) })).faults).toEqual([refusal, refusal])
    expect(await claimsFor(server, made, await browser.submit(page, { code }))).toMatchObject({ username, amr: [proof] })
  })

  it('signs in with a password, after a wrong one too', async () => {
    await user('by-password')
    const [browser, page] = await chosen('by-password', 'PASSWORD')
    expect(page.heading).toBe('Enter your password')
    const refused = await browser.submit(page, { password: `${password}!` })
    expect([refused.heading, refused.faults]).toEqual([
      'Enter your password',
      ['The user name or the password is not right. Check both and try again.'],
    ])
    expect((await browser.submit(refused, {})).faults).toEqual(Array(2).fill('Enter your password.'))
    expect(await claimsFor(server, made, await browser.submit(refused, { password }))).toMatchObject({ amr: ['pwd'] })
  })

  it('signs in with a passkey', async () => {
    await user('by-passkey')
    const authenticator = await addPasskey(server.harness, made, 'by-passkey')
    const [browser, page] = await chosen('by-passkey', 'WEB_AUTHN')
    expect(page.heading).toBe('Sign in with your passkey')
    expect(page.html).toContain('This step needs JavaScript.')
    const options = passkeyOptions(page)
    expect(options).toMatchObject({ rpId: 'localhost', allowCredentials: [{ id: authenticator.credentialId }] })
    const failed = 'The passkey didn’t work. Try again, or sign in another way.'
    for (const credential of ['', 'nonsense', JSON.stringify(createAuthenticator().get(options))]) {
      const refused = await browser.submit(page, { credential })
      expect([refused.heading, refused.faults]).toEqual([page.heading, [failed]])
      // Only the first time without being asked.
      expect(refused.html).not.toContain('data-auto')
    }
    const credential = JSON.stringify(authenticator.get(options))
    expect(await claimsFor(server, made, await browser.submit(page, { credential }))).toMatchObject({ amr: ['swk'] })
    const replayed = await browser.submit(page, { credential })
    expect(replayed.location).not.toContain('code=')
  })

  it.each(['EMAIL_OTP', 'PASSWORD', 'WEB_AUTHN'])('leads back from %s', async (factor) => {
    const username = `back-from-${factor}`
    await user(username)
    await addPasskey(server.harness, made, username)
    const [browser, page] = await chosen(username, factor)
    expect(page.html).toContain('Sign in another way')
    const again = await browser.submit(page, {}, 1)
    expect(choicesOf(again)).toContain('SMS_OTP')
    const last = await browser.submit(await browser.submit(again, { answer: 'PASSWORD' }), { password })
    expect(isGranted(last)).toBe(true)
  })

  it('is the same for somebody whom nobody knows, and leads nowhere', async () => {
    const hiding = await makeChallengePool(server.harness, 'open', { ...client, PreventUserExistenceErrors: 'ENABLED' })
    const browser = open()
    const name = await nobodyOffered(server.harness, hiding, 'PASSWORD_SRP,PASSWORD,EMAIL_OTP,SMS_OTP')
    const choice = await typeName(browser, hiding, name)
    expect(choicesOf(choice)).toEqual(expect.arrayContaining(['PASSWORD', 'EMAIL_OTP', 'SMS_OTP']))
    const code = await browser.submit(choice, { answer: 'EMAIL_OTP' })
    expect(code.heading).toBe('Check your email')
    expect((await browser.submit(code, { code: '12345678' })).faults).toHaveLength(2)
  })

  it('asks for the password at once where there is nothing else', async () => {
    const other = await makeChallengePool(server.harness, 'required', client)
    await makeUser(server.harness, other.UserPoolId, 'only-password')
    const browser = open()
    const page = await typeName(browser, other, 'only-password')
    expect([page.heading, formsOf(page).length]).toEqual(['Enter your password', 1])
    expect((await browser.submit(page, { password })).heading).toBe('Make your account safer')
  })
})

describe('classic pages', () => {
  it('offer no choice, and no passkeys for a level of authentication either', async () => {
    const classic = await makeChallengePool(server.harness, 'open', client)
    await server.harness.ok('CreateUserPoolDomain', { UserPoolId: classic.UserPoolId, Domain: 'classic-choice', ManagedLoginVersion: 1 })
    await server.harness.ok('SetUserPoolMfaConfig', {
      UserPoolId: classic.UserPoolId,
      MfaConfiguration: 'OPTIONAL',
      ...everyFactor,
      WebAuthnConfiguration: { RelyingPartyId: 'localhost' },
    })
    await makeUser(server.harness, classic.UserPoolId, 'classic', verifiedAddresses('classic'))
    await addPasskey(server.harness, classic, 'classic')
    const browser = open()
    const page = await openSignIn(browser, classic)
    expect(Object.keys(fieldsOf(page))).toEqual(['username', 'password'])
    expect((await browser.submit(page, { username: 'classic' })).faults).toHaveLength(2)
    const aiming = await typeName(browser, classic, 'classic', { acr_values: 'urn:cognito:loa:3' })
    expect(choicesOf(aiming)).not.toContain('WEB_AUTHN')
    expect(isGranted(await browser.submit(page, { username: 'classic', password }))).toBe(true)
  })
})
