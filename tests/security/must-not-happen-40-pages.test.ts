import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { makeChallengePool, verifiedAddresses } from '../support/challenge-pool.ts'
import { inviteUser, makeUser, password, temporaryPassword } from '../support/make-user.ts'
import { type OAuthServer, startOAuth } from '../support/oauth-server.ts'
import { openBrowser, type SeenPage } from '../support/page-browser.ts'
import { everyPageClient } from '../support/page-challenges.ts'
import { authorizeQuery, makePagePool } from '../support/page-pool.ts'
import { typeName, typePassword } from '../support/page-steps.ts'
import { addPasskey } from '../support/passkeys.ts'

/** Good as a user name, for all that a pool says. */
const evil = `x"'><script>alert(1)</script>&lt;\${x}`
const escaped = /alert\(1\)/
const live = /<script>alert|x"'|"'>|'><|&lt;\$/
const arn = 'arn:aws:lambda:us-east-1:000000000000:function:evil'

let server: OAuthServer
beforeAll(async () => {
  const refuse = () => {
    throw new Error(`${evil}\r\nSet-Cookie: a=b`)
  }
  server = await startOAuth({}, { [arn]: refuse })
})
afterAll(() => server.stop())

const open = () => openBrowser(server.url)

/** The text stands on the page, and is nothing but text. */
const expectText = (page: SeenPage): SeenPage => {
  expect(page.status).toBe(200)
  expect(page.html, page.heading).toMatch(escaped)
  expect(live.exec(page.html)?.[0], page.heading).toBeUndefined()
  return page
}

describe('must-not-happen 40: markup stays text', () => {
  it('of a user name, on every page that names somebody', async () => {
    const { harness } = server
    const made = await makeChallengePool(harness, 'open', everyPageClient)
    await makeUser(harness, made.UserPoolId, evil, verifiedAddresses('evil'))
    await addPasskey(harness, made, evil)
    const browser = open()
    const choice = expectText(await typeName(browser, made, evil))
    expectText(await browser.submit(choice, { answer: 'WEB_AUTHN' }))
    await typePassword(browser, made, evil)
    for (const page of ['login', 'passkeys/add']) expectText(await browser.get(`/${page}?${authorizeQuery(made)}`))
    for (const page of ['login', 'signup', 'forgotPassword']) {
      expectText(await browser.get(`/${page}?${authorizeQuery(made, { login_hint: evil, prompt: 'login', state: evil })}`))
    }
  })

  it('of a user name, where a password or a second factor is set', async () => {
    const made = await makeChallengePool(server.harness, 'required', everyPageClient)
    await inviteUser(server.harness, made.UserPoolId, evil)
    const browser = open()
    const setPassword = expectText(await typePassword(browser, made, evil, temporaryPassword))
    const ways = await browser.submit(setPassword, { password: 'My-Own-Horse-8' })
    expectText(await browser.submit(ways, { answer: 'SOFTWARE_TOKEN_MFA' }))
  })

  it('of everything that was typed and is shown again', async () => {
    const made = await makePagePool(server.harness, { Schema: [{ Name: 'name', Required: true }] })
    const browser = open()
    const typed = { username: evil, password: 'x', code: evil, 'requiredAttributes[name]': evil, 'requiredAttributes[email]': evil }
    for (const page of ['login', 'signup', 'forgotPassword', 'resendcode', 'confirm', 'confirmforgotPassword']) {
      expectText(await browser.submit(await browser.get(`/${page}?${authorizeQuery(made, { state: evil })}`), typed))
    }
  })

  it.each(['PreAuthentication', 'PreSignUp', 'PostAuthentication', 'CustomMessage', 'PreTokenGeneration'] as const)(
    'of what a %s function says against it',
    async (name) => {
      const made = await makePagePool(server.harness)
      const { UserPoolId } = made
      await makeUser(server.harness, UserPoolId, 'ana', { email: 'ana@example.org', email_verified: 'true' })
      await server.harness.ok('UpdateUserPool', { UserPoolId, AutoVerifiedAttributes: ['email'], LambdaConfig: { [name]: arn } })
      const browser = open()
      if (name === 'PreSignUp' || name === 'CustomMessage') {
        const form = { username: 'new', password, 'requiredAttributes[email]': 'new@example.org' }
        expectText(await browser.submit(await browser.get(`/signup?${authorizeQuery(made)}`), form))
        return
      }
      const page = await typePassword(browser, made, 'ana')
      if (name !== 'PreTokenGeneration') return void expectText(page)
      // The application hears of it when it comes for the tokens, or at once where they are given at once.
      const { location, headers } = await typePassword(open(), made, 'ana', password, { response_type: 'token' })
      expect(new URL(location).searchParams.get('error_description')).toContain(evil)
      expect(location).not.toMatch(/[<>"'\s]/)
      expect(headers['set-cookie']).toBeUndefined()
    },
  )
})
