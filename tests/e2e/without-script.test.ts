import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { deviceNames } from '../support/e2e-devices.ts'
import { openShopServer, type ShopPool, type ShopServer } from '../support/e2e-shop.ts'
import { openVisitors, type Visitors } from '../support/e2e-visitors.ts'
import { browserNote, hasBrowser } from '../support/open-page.ts'
import { password } from '../support/start-app.ts'

const newPassword = 'Brand-New-Horse-8'

let shop: ShopServer
let visitors: Visitors
let pool: ShopPool

beforeAll(async () => {
  if (!hasBrowser) return
  ;[shop, visitors] = await Promise.all([openShopServer(), openVisitors()])
  pool = await shop.addPool(
    { settings: { Policies: { SignInPolicy: { AllowedFirstAuthFactors: ['PASSWORD', 'WEB_AUTHN'] } } } },
    { ExplicitAuthFlows: ['ALLOW_USER_AUTH'] },
  )
})
afterAll(async () => {
  await visitors?.close()
  await shop?.stop()
})

describe.skipIf(!hasBrowser).each(deviceNames)(`without JavaScript on a %s${browserNote}`, (device) => {
  it('people sign up, sign out, forget their password, and sign in', async () => {
    const { page, type, typeCode, press, see, complaints } = await visitors.visit(device, { javaScriptEnabled: false })
    const name = `zoe-${device}`
    const code = () => shop.server.mailbox.code(`${name}@example.org`)
    await page.goto(pool.at('oauth2/authorize'))
    await press('Create an account')
    await see('Create an account', 'no-script-sign-up')
    await type('User name', name)
    await type('Email', `${name}@example.org`)
    await type('Password', password)
    await press('Create account')
    await typeCode(code)
    await press('Send a new code')
    await see('Check your email', 'no-script-confirm', 'We sent a new code')
    await typeCode(code)
    await press('Confirm')
    // The one page that needs it says so.
    await see('Add a passkey', 'no-script-passkey', 'This step needs JavaScript.')
    expect(await page.getByRole('button', { name: 'Add passkey' }).isVisible()).toBe(false)
    await press('Not now')
    expect(await pool.arrive(page)).toMatchObject({ 'cognito:username': name })

    await page.goto(pool.at('logout', { logout_uri: `${shop.origin}/bye` }))
    await page.goto(pool.at('login'))
    await type('User name', name)
    await press('Next')
    await see('Enter your password', 'no-script-password')
    await press('Forgot your password?')
    await type('User name', name)
    await press('Send code')
    await typeCode(code)
    await type('New password', newPassword)
    await press('Save new password')
    await see('Sign in', 'no-script-reset-done', 'Your new password is saved.')
    await press('Next')
    await type('Password', newPassword)
    await press('Sign in')
    expect(await pool.arrive(page)).toMatchObject({ 'cognito:username': name })
    expect(complaints).toEqual([])
  })
})
