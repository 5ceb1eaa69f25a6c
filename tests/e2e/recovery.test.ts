import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { deviceNames } from '../support/e2e-devices.ts'
import { openShopServer, type ShopPool, type ShopServer } from '../support/e2e-shop.ts'
import { openVisitors, type Visitors } from '../support/e2e-visitors.ts'
import { browserNote, hasBrowser } from '../support/open-page.ts'
import { password } from '../support/start-app.ts'

const newPassword = 'Brand-New-Horse-8'
const mailOf = (name: string) => `${name}@example.org`
const ana = (device: string) => ({
  username: `ana-${device}`,
  password,
  attributes: { email: mailOf(`ana-${device}`), email_verified: 'true' },
})
const invited = (device: string) => ({
  username: `ida-${device}`,
  temporaryPassword: password,
  attributes: { email: mailOf(`ida-${device}`) },
})

let shop: ShopServer
let visitors: Visitors
let pool: ShopPool
let asking: ShopPool

beforeAll(async () => {
  if (!hasBrowser) return
  ;[shop, visitors] = await Promise.all([openShopServer(), openVisitors()])
  pool = await shop.addPool({ users: deviceNames.map(ana) })
  const Schema = [{ Name: 'given_name', Required: true, Mutable: true }]
  asking = await shop.addPool({ settings: { Schema }, users: deviceNames.map(invited) })
})
afterAll(async () => {
  await visitors?.close()
  await shop?.stop()
})

describe.skipIf(!hasBrowser).each(deviceNames)(`a password on a %s${browserNote}`, (device) => {
  it('that is forgotten is replaced with a code', async () => {
    const { page, type, press, see, complaints } = await visitors.visit(device)
    const { username } = ana(device)
    await page.goto(pool.at('login'))
    await type('User name', username)
    await press('Next')
    await press('Forgot your password?')
    await see('Forgot your password?', 'forgotten')
    await type('User name', username)
    await press('Send code')
    await see('Set a new password', 'reset')
    await type('Code', '000000')
    await type('New password', 'short')
    await press('Save new password')
    await see('Set a new password', 'reset-wrong', 'This password doesn’t follow all the rules below.')
    await press('Send a new code')
    await page.getByText('We sent').first().waitFor()
    await type('Code', await shop.server.mailbox.code(mailOf(username)))
    await type('New password', newPassword)
    await press('Save new password')
    await see('Sign in', 'reset-done', 'Your new password is saved.')
    expect(await page.getByLabel('User name', { exact: true }).inputValue()).toBe(username)
    await press('Next')
    await type('Password', newPassword)
    await press('Sign in')
    expect(await pool.arrive(page)).toMatchObject({ 'cognito:username': username })
    expect(complaints).toEqual([])
  })

  it('that an administrator gave is replaced at the first sign-in, with what the pool must know', async () => {
    const { page, type, press, see, complaints } = await visitors.visit(device)
    const { username } = invited(device)
    await page.goto(asking.at('login'))
    await type('User name', username)
    await press('Next')
    await type('Password', password)
    await press('Sign in')
    await see('Choose your own password', 'new-password')
    await type('New password', 'short')
    await type('First name', 'Ida')
    await press('Save and continue')
    await see('Choose your own password', 'new-password-wrong', 'This password doesn’t follow all the rules below.')
    expect(await page.getByLabel('First name', { exact: true }).inputValue()).toBe('Ida')
    await type('New password', newPassword)
    await press('Save and continue')
    expect(await asking.arrive(page)).toMatchObject({ 'cognito:username': username })
    expect(complaints).toEqual([])
  })
})
