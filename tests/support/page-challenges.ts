import { emailOf, makeChallengePool, phoneOf, verifiedAddresses } from './challenge-pool.ts'
import { everyFlow, type MadePool } from './make-pool.ts'
import { inviteUser, makeUser, password, temporaryPassword } from './make-user.ts'
import type { OAuthServer } from './oauth-server.ts'
import { openBrowser, type PageBrowser, type SeenPage } from './page-browser.ts'
import { pageClient } from './page-pool.ts'
import { passkeyOptionsOn } from './page-sign-in-paths.ts'
import { typeName, typePassword } from './page-steps.ts'
import { addPasskey } from './passkeys.ts'
import { setUpTotp } from './set-up-totp.ts'
import { accessTokenOf } from './sign-in.ts'
import { totpCode } from './totp-code.ts'

type Fields = Readonly<Record<string, string>>

/** A page that asks somebody for something. */
export interface AskedOnPage {
  readonly browser: PageBrowser
  readonly page: SeenPage
  /** What answers it rightly now, page after page until the application has its grant. */
  readonly rightly: readonly ((page: SeenPage) => Fields)[]
}

/** One kind of page in a sign-in, and how somebody new comes to it. */
export interface PageChallenge {
  readonly name: string
  readonly made: MadePool
  readonly ask: (username: string) => Promise<AskedOnPage>
}

/** The settings of app clients whose users can meet every page. */
export const everyPageClient = { ...pageClient, ExplicitAuthFlows: [...(everyFlow ?? []), 'ALLOW_USER_AUTH' as const] }

const ownPassword = 'My-Own-Horse-8'

/** Every page of a challenge, on a server that has `pathFunctions`. */
export const createPageChallenges = async (server: OAuthServer): Promise<PageChallenge[]> => {
  const { harness } = server
  const open = await makeChallengePool(harness, 'open', everyPageClient)
  const required = await makeChallengePool(harness, 'required', everyPageClient)
  const user = (made: MadePool, username: string) => makeUser(harness, made.UserPoolId, username, verifiedAddresses(username))
  const prefer = (Username: string, preference: object) =>
    harness.ok('AdminSetUserMFAPreference', { UserPoolId: open.UserPoolId, Username, ...preference })
  const sent = (address: string) => () => ({ code: harness.codeSentTo(address) })
  const tokenOf = (page: SeenPage) => {
    const secret = /data-copy="([A-Z2-7]+)"/.exec(page.html)?.[1] ?? ''
    return { code: totpCode(secret, harness.clock.now()) }
  }

  const kind = (
    name: string,
    made: MadePool,
    prepare: (username: string) => Promise<unknown>,
    reach: (browser: PageBrowser, username: string) => Promise<SeenPage>,
    rightly: (username: string) => readonly ((page: SeenPage) => Fields)[],
  ): PageChallenge => ({
    name,
    made,
    ask: async (username) => {
      await prepare(username)
      const browser = openBrowser(server.url)
      return { browser, page: await reach(browser, username), rightly: rightly(username) }
    },
  })
  const afterPassword = (made: MadePool) => (browser: PageBrowser, username: string) => typePassword(browser, made, username)
  const chosen = (answer: string) => async (browser: PageBrowser, username: string) =>
    browser.submit(await typeName(browser, open, username), { answer })
  const withFactors =
    (...settings: string[]) =>
    async (username: string) => {
      await user(open, username)
      await prefer(username, Object.fromEntries(settings.map((name) => [name, { Enabled: true }])))
    }

  const secrets = new Map<string, string>()
  const withToken = async (username: string) => {
    await user(open, username)
    secrets.set(username, await setUpTotp(harness, await accessTokenOf(harness, open, username)))
    // The code of this step is used up.
    harness.clock.advance(30_000)
  }
  const authenticators = new Map<string, Awaited<ReturnType<typeof addPasskey>>>()
  const withPasskey = async (username: string) => {
    await user(open, username)
    authenticators.set(username, await addPasskey(harness, open, username))
  }
  const nobody = (username: string) => makeUser(harness, required.UserPoolId, username)
  const setUp = (answer: string) => async (browser: PageBrowser, username: string) =>
    browser.submit(await typePassword(browser, required, username), { answer })

  return [
    kind('SMS_MFA', open, withFactors('SMSMfaSettings'), afterPassword(open), (username) => [sent(phoneOf(username))]),
    kind('EMAIL_OTP after a password', open, withFactors('EmailMfaSettings'), afterPassword(open), (username) => [sent(emailOf(username))]),
    kind('SOFTWARE_TOKEN_MFA', open, withToken, afterPassword(open), (username) => [
      () => ({ code: totpCode(secrets.get(username) ?? '', harness.clock.now()) }),
    ]),
    kind('SELECT_MFA_TYPE', open, withFactors('SMSMfaSettings', 'EmailMfaSettings'), afterPassword(open), (username) => [
      () => ({ answer: 'EMAIL_OTP' }),
      sent(emailOf(username)),
    ]),
    kind('MFA_SETUP', required, nobody, afterPassword(required), () => [() => ({ answer: 'SOFTWARE_TOKEN_MFA' }), tokenOf]),
    kind('MFA_SETUP of an app', required, nobody, setUp('SOFTWARE_TOKEN_MFA'), () => [tokenOf]),
    kind('MFA_SETUP of an e-mail address', required, nobody, setUp('EMAIL_OTP'), (username) => [
      () => ({ email: emailOf(username) }),
      sent(emailOf(username)),
    ]),
    kind(
      'EMAIL_OTP of an address that is set up',
      required,
      nobody,
      async (browser, username) => browser.submit(await setUp('EMAIL_OTP')(browser, username), { email: emailOf(username) }),
      (username) => [sent(emailOf(username))],
    ),
    kind(
      'NEW_PASSWORD_REQUIRED',
      required,
      (username) => inviteUser(harness, required.UserPoolId, username),
      (browser, username) => typePassword(browser, required, username, temporaryPassword),
      () => [() => ({ password: ownPassword }), () => ({ answer: 'SOFTWARE_TOKEN_MFA' }), tokenOf],
    ),
    kind(
      'SELECT_CHALLENGE',
      open,
      (username) => user(open, username),
      (browser, username) => typeName(browser, open, username),
      (username) => [() => ({ answer: 'SMS_OTP' }), sent(phoneOf(username))],
    ),
    kind(
      'PASSWORD',
      open,
      (username) => user(open, username),
      chosen('PASSWORD'),
      () => [() => ({ password })],
    ),
    kind(
      'EMAIL_OTP',
      open,
      (username) => user(open, username),
      chosen('EMAIL_OTP'),
      (username) => [sent(emailOf(username))],
    ),
    kind(
      'SMS_OTP',
      open,
      (username) => user(open, username),
      chosen('SMS_OTP'),
      (username) => [sent(phoneOf(username))],
    ),
    kind('WEB_AUTHN', open, withPasskey, chosen('WEB_AUTHN'), (username) => [
      (page) => ({ credential: JSON.stringify(authenticators.get(username)?.get(passkeyOptionsOn(page))) }),
    ]),
  ]
}
