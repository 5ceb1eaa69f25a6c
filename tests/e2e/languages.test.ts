import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Language, languageNames } from '../../src/pages/strings/languages.ts'
import { stringsFor } from '../../src/pages/strings/strings.ts'
import { deviceNames } from '../support/e2e-devices.ts'
import { overflowFaults } from '../support/e2e-page-faults.ts'
import { openShopServer, type ShopPool, type ShopServer } from '../support/e2e-shop.ts'
import { openVisitors, type Visitors } from '../support/e2e-visitors.ts'
import { browserNote, hasBrowser } from '../support/open-page.ts'
import { password } from '../support/start-app.ts'

const users = [{ username: 'ana', password, attributes: { email: 'ana@example.org', email_verified: 'true' } }]

let shop: ShopServer
let visitors: Visitors
let pool: ShopPool

beforeAll(async () => {
  if (!hasBrowser) return
  ;[shop, visitors] = await Promise.all([openShopServer(), openVisitors()])
  pool = await shop.addPool({ users })
})
afterAll(async () => {
  await visitors?.close()
  await shop?.stop()
})

const written = (page: Page) => page.evaluate('[document.documentElement.lang, document.documentElement.dir]')

describe.skipIf(!hasBrowser).each(deviceNames)(`languages on a %s${browserNote}`, (device) => {
  it('are chosen from the list, and kept', async () => {
    const { page, see, press, complaints } = await visitors.visit(device, { locale: 'fr-FR' })
    await page.goto(pool.at('login'))
    await see(stringsFor('fr').signIn.title, 'sign-in-fr')
    const chooser = page.getByRole('combobox')
    if (device === 'phone') await chooser.selectOption('de')
    else {
      // Who walks through the list by its first letters goes on with Enter.
      await chooser.press('d')
      await chooser.press('Enter')
    }
    await page.waitForURL((url) => url.searchParams.get('lang') === 'de')
    expect(await written(page)).toEqual(['de', 'ltr'])
    await press(stringsFor('de').signIn.createAccount)
    await see(stringsFor('de').signUp.title, 'sign-up-de')
    await page.goto(pool.at('login'))
    expect(await written(page)).toEqual(['de', 'ltr'])
    expect(complaints).toEqual([])
  })

  it('are chosen without JavaScript', async () => {
    const { page, complaints } = await visitors.visit(device, { javaScriptEnabled: false })
    await page.goto(pool.at('login'))
    await page.getByRole('combobox').selectOption('ja')
    await page.getByRole('button', { name: 'Change' }).click()
    await page.getByRole('heading', { name: stringsFor('ja').signIn.title }).waitFor()
    expect(complaints).toEqual([])
  })

  it('run from right to left where they are written so', async () => {
    const { page, type, press, see, complaints } = await visitors.visit(device)
    const { signIn, signUp, forgotPassword, resetPassword, code } = stringsFor('ar')
    await page.goto(pool.at('oauth2/authorize', { lang: 'ar' }))
    await see(signIn.title, 'sign-in-ar')
    expect(await written(page)).toEqual(['ar', 'rtl'])
    await press(signIn.createAccount)
    await see(signUp.title, 'sign-up-ar')
    await press(signUp.signIn)
    await type(signIn.username, 'ana')
    await press(signIn.next)
    await see(signIn.enterPassword, 'password-ar')
    await press(signIn.forgotPassword)
    await page.getByRole('heading', { name: forgotPassword.title }).waitFor()
    await type(signIn.username, 'ana')
    await press(forgotPassword.submit)
    await see(resetPassword.title, 'reset-ar')
    // A code is a number, and no sentence.
    expect(await page.getByLabel(code.label, { exact: true }).getAttribute('dir')).toBe('ltr')
    await page.goto(pool.at('login'))
    await type(signIn.username, 'ana')
    await press(signIn.next)
    await type(signIn.password, password)
    await press(signIn.submit)
    expect(await pool.arrive(page)).toMatchObject({ 'cognito:username': 'ana' })
    expect(complaints).toEqual([])
  })
})

describe.skipIf(!hasBrowser)(`all languages on a small phone${browserNote}`, () => {
  it('have room', async () => {
    const { page } = await visitors.visit('phone')
    const faults: string[] = []
    for (const language of Object.keys(languageNames) as Language[]) {
      for (const path of ['signup', 'confirmforgotPassword']) {
        const reply = await page.goto(pool.at(path, { lang: language }))
        expect(reply?.headers()['content-language']).toBe(language)
        faults.push(...(await overflowFaults(page)).map((fault) => `${language} ${path}: ${fault}`))
      }
    }
    expect(faults).toEqual([])
  })
})
