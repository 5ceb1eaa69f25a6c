import { emailOf, phoneOf, verifiedAddresses } from './challenge-pool.ts'
import type { Answer } from './harness.ts'
import { everyFlow, type MadePool, makeClient, makePool } from './make-pool.ts'
import { makeUser, password } from './make-user.ts'
import { everyFactor, setMfa } from './mfa-pool.ts'
import type { OAuthServer } from './oauth-server.ts'
import { openBrowser, type PageBrowser, type SeenPage } from './page-browser.ts'
import { authorizeQuery, pageClient } from './page-pool.ts'
import { isGranted, openSignIn, tokensFor, typeName, typePassword } from './page-steps.ts'
import { addPasskey } from './passkeys.ts'
import { setUpTotp } from './set-up-totp.ts'
import { accessTokenOf } from './sign-in.ts'
import { pathLambdaConfig, type SignInPath } from './sign-in-paths.ts'
import { totpCode } from './totp-code.ts'

const firstFactors = ['PASSWORD' as const, 'EMAIL_OTP' as const, 'SMS_OTP' as const, 'WEB_AUTHN' as const]
const SmsConfiguration = { SnsCallerArn: 'arn:aws:iam::000000000000:role/sms' }

/** The options that a page has for its passkey. */
export const passkeyOptionsOn = ({ html }: SeenPage) =>
  JSON.parse((/data-options="([^"]*)"/.exec(html)?.[1] ?? '{}').replaceAll('&quot;', '"'))

let domains = 0

/**
 * Every way to tokens that goes over a page, on a server with `customAuthPages` and `pathFunctions`. What a page refuses or asks besides is
 * answered with the status 400, faults of the server with their own.
 */
export const createPageSignInPaths = async (server: OAuthServer, client: Parameters<typeof makeClient>[2] = {}): Promise<SignInPath[]> => {
  const { harness } = server
  const settings = {
    Policies: { SignInPolicy: { AllowedFirstAuthFactors: firstFactors } },
    AutoVerifiedAttributes: ['email' as const],
    LambdaConfig: pathLambdaConfig,
    EmailConfiguration: {
      EmailSendingAccount: 'DEVELOPER' as const,
      SourceArn: 'arn:aws:ses:us-east-1:000000000000:identity/a@example.org',
    },
    SmsConfiguration,
  }
  const pages = { ...pageClient, ExplicitAuthFlows: [...(everyFlow ?? []), 'ALLOW_USER_AUTH' as const], ...client }
  const open = await makePool(harness, settings, pages)
  const classic = await makePool(harness, settings, pages)
  domains += 1
  await harness.ok('CreateUserPoolDomain', { UserPoolId: classic.UserPoolId, Domain: `paths-${domains}`, ManagedLoginVersion: 1 })
  for (const { UserPoolId } of [open, classic]) await setMfa(harness, UserPoolId, 'OPTIONAL', everyFactor)
  const custom = await makeClient(harness, open.UserPoolId, { ...pages, ExplicitAuthFlows: [...(everyFlow ?? []), 'ALLOW_CUSTOM_AUTH'] })

  const browserOf = () => openBrowser(server.url)
  const user = (made: MadePool, username: string) => makeUser(harness, made.UserPoolId, username, verifiedAddresses(username))
  const answerOf = async (made: MadePool, page: SeenPage): Promise<Answer> => {
    if (isGranted(page)) {
      const { access_token: AccessToken, id_token: IdToken } = await tokensFor(server, made, page)
      return { status: 200, body: { AuthenticationResult: { AccessToken, IdToken } }, headers: {} }
    }
    const body = { heading: page.heading, faults: page.faults, location: page.location }
    return { status: page.status < 500 ? 400 : page.status, body, headers: {} }
  }
  /** `begin` leads to a page; `last` sends what that one asks for. */
  const path = (
    name: string,
    made: MadePool,
    begin: (browser: PageBrowser, username: string) => Promise<(browser: PageBrowser) => Promise<SeenPage>>,
    more: Partial<SignInPath> = {},
  ): SignInPath => ({
    name,
    made,
    provesPassword: false,
    provesSecondFactor: false,
    refreshes: false,
    ...more,
    begin: async (username) => {
      const browser = browserOf()
      const last = await begin(browser, username)
      return async () => answerOf(made, await last(browser))
    },
  })
  const choose = async (browser: PageBrowser, username: string, answer: string) => {
    await user(open, username)
    return browser.submit(await typeName(browser, open, username), { answer })
  }
  const code = (factor: 'EMAIL_OTP' | 'SMS_OTP', addressOf: (username: string) => string) =>
    path(`USER_AUTH ${factor} on a page, begun before`, open, async (browser, username) => {
      const page = await choose(browser, username, factor)
      const sent = harness.codeSentTo(addressOf(username))
      return () => browser.submit(page, { code: sent })
    })

  return [
    path(
      'a password on a page',
      open,
      async (_, username) => {
        await user(open, username)
        return (browser) => typePassword(browser, open, username)
      },
      { provesPassword: true },
    ),
    path(
      'a password on a classic page, opened before',
      classic,
      async (browser, username) => {
        await user(classic, username)
        const page = await openSignIn(browser, classic)
        return () => browser.submit(page, { username, password })
      },
      { provesPassword: true },
    ),
    path(
      'a password on a page, chosen before',
      open,
      async (browser, username) => {
        const page = await choose(browser, username, 'PASSWORD')
        return () => browser.submit(page, { password })
      },
      { provesPassword: true },
    ),
    code('EMAIL_OTP', emailOf),
    code('SMS_OTP', phoneOf),
    path('a passkey on a page, begun before', open, async (browser, username) => {
      await user(open, username)
      const authenticator = await addPasskey(harness, open, username)
      const page = await browser.submit(await typeName(browser, open, username), { answer: 'WEB_AUTHN' })
      return () => browser.submit(page, { credential: JSON.stringify(authenticator.get(passkeyOptionsOn(page))) })
    }),
    path(
      'a code of an app on a page, begun before',
      open,
      async (browser, username) => {
        await user(open, username)
        const secret = await setUpTotp(harness, await accessTokenOf(harness, open, username))
        // The code that set it up is used.
        harness.clock.advance(30_000)
        const page = await typePassword(browser, open, username)
        return () => browser.submit(page, { code: totpCode(secret, harness.clock.now()) })
      },
      { provesSecondFactor: true },
    ),
    path('a custom challenge on a page, begun before', custom, async (browser, username) => {
      await user(custom, username)
      const page = await typeName(browser, custom, username)
      return () => browser.submit(page, { answer: 'blue' })
    }),
    path('a sign-up on a page, confirmed there', open, async (browser, username) => {
      const page = await browser.get(`/signup?${authorizeQuery(open)}`)
      const asked = await browser.submit(page, { username, password, 'requiredAttributes[email]': emailOf(username) })
      const sent = harness.codeSentTo(emailOf(username))
      return async () => {
        const next = await browser.follow(await browser.submit(asked, { code: sent }))
        // Somebody new is reminded of passkeys first.
        return next.heading === 'Add a passkey' ? browser.follow(await browser.submit(next, {}, 1)) : next
      }
    }),
    path('the login session of a browser', open, async (browser, username) => {
      await user(open, username)
      await typePassword(browser, open, username)
      return () => browser.get(`/oauth2/authorize?${authorizeQuery(open)}`)
    }),
    path('the login session of a browser, gone on with', open, async (browser, username) => {
      await user(open, username)
      await typePassword(browser, open, username)
      const page = await openSignIn(browser, open)
      return () => browser.submit(page, { continue: 'yes' })
    }),
  ]
}
