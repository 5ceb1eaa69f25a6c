import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { deviceNames } from '../support/e2e-devices.ts'
import { openShopServer, type ShopPool, type ShopServer } from '../support/e2e-shop.ts'
import { openVisitors, type Visitors } from '../support/e2e-visitors.ts'
import { browserNote, hasBrowser } from '../support/open-page.ts'
import { password } from '../support/start-app.ts'

const wrong = 'The user name or the password is not right. Check both and try again.'
const users = [{ username: 'ana', password, attributes: { email: 'ana@example.org', email_verified: 'true' } }]

let shop: ShopServer
let visitors: Visitors
let managed: ShopPool
let classic: ShopPool

beforeAll(async () => {
  if (!hasBrowser) return
  ;[shop, visitors] = await Promise.all([openShopServer(), openVisitors()])
  managed = await shop.addPool({ users })
  classic = await shop.addPool({ users, settings: { UserPoolTier: 'LITE' } })
})
afterAll(async () => {
  await visitors?.close()
  await shop?.stop()
})

describe.skipIf(!hasBrowser).each(deviceNames)(`signing in on a %s${browserNote}`, (device) => {
  it('with name and password on managed login, after a wrong one', async () => {
    const { page, ...ana } = await visitors.visit(device)
    await page.goto(managed.at('oauth2/authorize'))
    await ana.see('Sign in', 'sign-in')
    await ana.press('Next')
    expect(await page.evaluate("document.querySelector('[name=username]').validity.valueMissing")).toBe(true)
    await ana.type('User name', 'ana')
    await ana.press('Next')
    await ana.see('Enter your password', 'password')
    await ana.type('Password', 'Wrong-Horse-7')
    await ana.press('Show password')
    expect(await page.getByLabel('Password', { exact: true }).getAttribute('type')).toBe('text')
    await ana.press('Sign in')
    await ana.see('Enter your password', 'password-wrong', wrong)
    expect(await page.getByLabel('Password', { exact: true }).inputValue()).toBe('')
    await ana.type('Password', password)
    await ana.press('Sign in')
    expect(await managed.arrive(page)).toMatchObject({ 'cognito:username': 'ana', email: 'ana@example.org' })
    expect(ana.complaints).toEqual([])
  })

  it('with name and password on the classic page, after a wrong one', async () => {
    const { page, ...ana } = await visitors.visit(device)
    await page.goto(classic.at('oauth2/authorize'))
    await ana.see('Sign in', 'classic-sign-in')
    await ana.type('User name', 'ana')
    await ana.type('Password', 'Wrong-Horse-7')
    await ana.press('Sign in')
    await ana.see('Sign in', 'classic-sign-in-wrong', wrong)
    expect(await page.getByLabel('User name', { exact: true }).inputValue()).toBe('ana')
    await ana.type('Password', password)
    await ana.press('Sign in')
    expect(await classic.arrive(page)).toMatchObject({ 'cognito:username': 'ana' })
    expect(ana.complaints).toEqual([])
  })
})
