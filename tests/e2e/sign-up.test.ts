import { CreateTermsCommand } from '@aws-sdk/client-cognito-identity-provider'
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { deviceNames } from '../support/e2e-devices.ts'
import { openShopServer, type ShopPool, type ShopServer } from '../support/e2e-shop.ts'
import { openVisitors, type Visitor, type Visitors } from '../support/e2e-visitors.ts'
import { browserNote, hasBrowser } from '../support/open-page.ts'
import { password } from '../support/start-app.ts'

const required = ['given_name', 'birthdate', 'phone_number'].map((Name) => ({ Name, Required: true }))
const wrongCode = 'That code is not right. Check the newest message and try again.'

let shop: ShopServer
let visitors: Visitors
let managed: ShopPool
let classic: ShopPool
let linked: ShopPool
let asking: ShopPool

beforeAll(async () => {
  if (!hasBrowser) return
  ;[shop, visitors] = await Promise.all([openShopServer(), openVisitors()])
  managed = await shop.addPool()
  classic = await shop.addPool({ settings: { UserPoolTier: 'LITE' } })
  linked = await shop.addPool({
    settings: { VerificationMessageTemplate: { DefaultEmailOption: 'CONFIRM_WITH_LINK' } },
    domains: [{ Domain: 'linked', ManagedLoginVersion: 2 }],
  })
  asking = await shop.addPool({ settings: { Schema: required } })
  for (const TermsName of ['terms-of-use', 'privacy-policy']) {
    const Links = { 'cognito:default': `${shop.origin}/${TermsName}` }
    const { poolId: UserPoolId, clientId: ClientId } = asking
    await shop.admin.send(new CreateTermsCommand({ UserPoolId, ClientId, TermsName, TermsSource: 'LINK', Enforcement: 'NONE', Links }))
  }
})
afterAll(async () => {
  await visitors?.close()
  await shop?.stop()
})

const mailOf = (name: string) => `${name}@example.org`
const codeOf = (name: string) => shop.server.mailbox.code(mailOf(name))
const otherThan = (code: string) => String((Number(code) + 1) % 10 ** code.length).padStart(code.length, '0')

/** Fills the sign-up in and sends it. */
const signUp = async ({ type, press }: Visitor, name: string) => {
  await type('User name', name)
  await type('Email', mailOf(name))
  await type('Password', password)
  await press('Create account')
}

/** The rules of the password that are kept. */
const kept = (page: Page): Promise<string[]> => page.locator('.rule.met:visible').allInnerTexts()

describe.skipIf(!hasBrowser).each(deviceNames)(`signing up on a %s${browserNote}`, (device) => {
  it('watches the rules tick off, confirms by the newest code, and lands in the application', async () => {
    const bea = await visitors.visit(device)
    const { page, see, press, type } = bea
    const name = `bea-${device}`
    await page.goto(managed.at('oauth2/authorize'))
    await press('Create an account')
    await see('Create an account', 'sign-up')
    const typed = page.getByLabel('Password', { exact: true })
    const steps = [
      ['a', 'A small letter'],
      ['B', 'A capital letter'],
      ['3', 'A number'],
      ['-', 'A symbol'],
      ['horse', 'At least 8 characters'],
    ] as const
    for (const [index, [letters, rule]] of steps.entries()) {
      await typed.pressSequentially(letters)
      expect(await kept(page)).toHaveLength(index + 1)
      expect((await kept(page)).join()).toContain(rule)
    }
    await typed.fill('aB3')
    await see('Create an account', 'sign-up-rules')
    await typed.fill('')
    expect(await kept(page)).toEqual([])
    await signUp(bea, name)
    await see('Check your email', 'confirm', 'e***')
    const first = await codeOf(name)
    await press('Send a new code')
    await see('Check your email', 'confirm-resent', 'We sent a new code')
    const code = await codeOf(name)
    await type('Code', otherThan(code))
    await press('Confirm')
    await see('Check your email', 'confirm-wrong', wrongCode)
    if (first !== code) {
      await type('Code', first)
      await press('Confirm')
      await page.getByText(wrongCode).first().waitFor()
    }
    await type('Code', ` ${code.slice(0, 3)} ${code.slice(3)} `)
    await press('Confirm')
    expect(await managed.arrive(page)).toMatchObject({ 'cognito:username': name, email_verified: true })
    expect(bea.complaints).toEqual([])
  })

  it('says at each field what is wrong, and keeps what was typed', async () => {
    const bob = await visitors.visit(device)
    const { page, type, press, see } = bob
    await page.goto(asking.at('signup'))
    await see('Create an account', 'sign-up-asking', 'By creating an account')
    expect(await page.getByRole('link', { name: 'Terms of use' }).getAttribute('href')).toBe(`${shop.origin}/terms-of-use`)
    await type('First name', 'Bob')
    await type('Date of birth', '1990-12-31')
    await type('Phone number', '555')
    await type('User name', 'with space')
    await type('Email', mailOf(`bob-${device}`))
    await type('Password', password)
    await press('Create account')
    await see('Create an account', 'sign-up-faults', 'This is not a phone number')
    await page.getByRole('alert').getByRole('link').first().click()
    expect(await page.evaluate('document.activeElement.name')).toBe('username')
    for (const [label, value] of [
      ['First name', 'Bob'],
      ['Email', mailOf(`bob-${device}`)],
      ['Password', ''],
    ] as const) {
      expect(await page.getByLabel(label, { exact: true }).inputValue()).toBe(value)
    }
    await type('User name', `bob-${device}`)
    await type('Phone number', '+1 (206) 555-0100')
    await type('Password', password)
    await press('Create account')
    await bob.typeCode(() => codeOf(`bob-${device}`))
    await press('Confirm')
    expect(await asking.arrive(page)).toMatchObject({ 'cognito:username': `bob-${device}` })
    expect(bob.complaints).toEqual([])
  })

  it('on classic pages', async () => {
    const cy = await visitors.visit(device)
    const { page, type, press, see } = cy
    await page.goto(classic.at('login'))
    await press('Create an account')
    await see('Create an account', 'classic-sign-up')
    await signUp(cy, `cy-${device}`)
    await see('Check your email', 'classic-confirm')
    await type('Code', await codeOf(`cy-${device}`))
    await press('Confirm')
    expect(await classic.arrive(page)).toMatchObject({ 'cognito:username': `cy-${device}` })
    expect(cy.complaints).toEqual([])
  })

  it('confirms by a link that is opened in another tab', async () => {
    const dora = await visitors.visit(device)
    const { page, press, see } = dora
    const name = `dora-${device}`
    await page.goto(linked.at('signup'))
    await signUp(dora, name)
    await see('Check your email', 'confirm-link', 'We sent a link')
    await press('Continue')
    await see('Check your email', 'confirm-link-early', 'Open the link that we sent you by email')
    const [mail] = await shop.server.mailbox.messages(mailOf(name))
    const link = /href="([^"]*)"/.exec(mail?.body ?? '')?.[1]?.replaceAll('&amp;', '&') ?? ''
    const reader = await visitors.visit(device)
    await reader.page.goto(link)
    await reader.see('You’re confirmed', 'link-done')
    await reader.page.reload()
    await reader.page.goto(`${link}0`)
    await reader.see('You’re confirmed', 'link-again')
    await press('Continue')
    expect(await linked.arrive(page)).toMatchObject({ 'cognito:username': name })
    expect([...dora.complaints, ...reader.complaints]).toEqual([])
  })
})
