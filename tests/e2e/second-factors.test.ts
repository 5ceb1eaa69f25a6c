import {
  AdminSetUserMFAPreferenceCommand,
  type AdminSetUserMFAPreferenceCommandInput,
  SetUserPoolMfaConfigCommand,
  type UserPoolMfaType,
} from '@aws-sdk/client-cognito-identity-provider'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Device, deviceNames } from '../support/e2e-devices.ts'
import { openShopServer, type ShopPool, type ShopServer } from '../support/e2e-shop.ts'
import { openVisitors, type Visitor, type Visitors } from '../support/e2e-visitors.ts'
import { everyFactor } from '../support/mfa-pool.ts'
import { browserNote, hasBrowser } from '../support/open-page.ts'
import { password } from '../support/start-app.ts'
import { totpCode } from '../support/totp-code.ts'

let shop: ShopServer
let visitors: Visitors
let optional: ShopPool
let required: ShopPool

const mailOf = (name: string) => `${name}@example.org`
const phoneOf = (device: Device) => `+1206555010${deviceNames.indexOf(device)}`
const anaOn = (device: Device) => ({
  username: `ana-${device}`,
  password,
  attributes: { email: mailOf(`ana-${device}`), email_verified: 'true', phone_number: phoneOf(device), phone_number_verified: 'true' },
})
const newcomers = deviceNames.flatMap((device) => ['app', 'mail'].map((how) => ({ username: `${how}-${device}`, password })))

const pool = async (mode: UserPoolMfaType, users: Parameters<ShopServer['addPool']>[0]) => {
  const made = await shop.addPool({
    settings: {
      ...everyFactor.SmsMfaConfiguration,
      // What resets a password is no second factor.
      AccountRecoverySetting: { RecoveryMechanisms: [{ Name: 'admin_only', Priority: 1 }] },
      EmailConfiguration: { EmailSendingAccount: 'DEVELOPER', SourceArn: 'arn:aws:ses:us-east-1:000000000000:identity/a@example.org' },
    },
    ...users,
  })
  await shop.admin.send(new SetUserPoolMfaConfigCommand({ UserPoolId: made.poolId, MfaConfiguration: mode, ...everyFactor }))
  return made
}

beforeAll(async () => {
  if (!hasBrowser) return
  ;[shop, visitors] = await Promise.all([openShopServer(), openVisitors()])
  optional = await pool('OPTIONAL', { users: deviceNames.map(anaOn) })
  required = await pool('ON', { users: newcomers })
})
afterAll(async () => {
  await visitors?.close()
  await shop?.stop()
})

/** Has ana asked for these. */
const ask = (device: Device, factors: Partial<AdminSetUserMFAPreferenceCommandInput>) => {
  const nothing = { SMSMfaSettings: { Enabled: false }, EmailMfaSettings: { Enabled: false } }
  return shop.admin.send(
    new AdminSetUserMFAPreferenceCommand({ UserPoolId: optional.poolId, Username: `ana-${device}`, ...nothing, ...factors }),
  )
}

/** Signs in as far as the password. */
const signIn = async ({ page, type, press }: Visitor, made: ShopPool, name: string) => {
  await page.goto(made.at('login'))
  await type('User name', name)
  await press('Next')
  await type('Password', password)
  await press('Sign in')
}

/** Answers with a wrong code and then with the right one. */
const answer = async ({ type, press, see }: Visitor, heading: string, name: string, code: string) => {
  await type('Code', String((Number(code) + 1) % 10 ** code.length).padStart(code.length, '0'))
  await press('Confirm')
  await see(heading, `${name}-wrong`, 'That code is not right.')
  await type('Code', code)
  await press('Confirm')
}

const on = { Enabled: true }

describe.skipIf(!hasBrowser).each(deviceNames)(`a second factor on a %s${browserNote}`, (device) => {
  it.each([
    ['a text message', 'Check your phone', 'mfa-sms', { SMSMfaSettings: on }, phoneOf(device), 'sms'],
    ['an e-mail', 'Check your email', 'mfa-email', { EmailMfaSettings: on }, mailOf(`ana-${device}`), 'email_otp'],
  ])('is the code in %s', async (_, heading, name, factors, address, proof) => {
    await ask(device, factors)
    const ana = await visitors.visit(device)
    await signIn(ana, optional, `ana-${device}`)
    await ana.see(heading, name, '***')
    await answer(ana, heading, name, await shop.server.mailbox.code(address))
    expect(await optional.arrive(ana.page)).toMatchObject({ access: { amr: ['pwd', proof, 'mfa'] } })
    expect(ana.complaints).toEqual([])
  })

  it('is chosen where there are two', async () => {
    await ask(device, { SMSMfaSettings: on, EmailMfaSettings: on })
    const ana = await visitors.visit(device)
    await signIn(ana, optional, `ana-${device}`)
    await ana.see('How do you want to confirm that it’s you?', 'mfa-choice')
    await ana.press('Text message')
    await ana.typeCode(() => shop.server.mailbox.code(phoneOf(device)))
    await ana.press('Confirm')
    expect(await optional.arrive(ana.page)).toMatchObject({ access: { amr: ['pwd', 'sms', 'mfa'] } })
    expect(ana.complaints).toEqual([])
  })

  it('is set up in an authenticator app, which is asked from then on', async () => {
    const name = `app-${device}`
    const app = await visitors.visit(device)
    const { page, see, press, type } = app
    await signIn(app, required, name)
    await see('Make your account safer', 'set-up-choice')
    await page.getByRole('button', { name: 'Authenticator app' }).click()
    await see('Set up your authenticator app', 'set-up-app')
    const secret = (await page.getByLabel('Key', { exact: true }).textContent())?.replaceAll(' ', '') ?? ''
    const onDevice = await page.getByRole('link', { name: 'Open the app on this device' }).getAttribute('href')
    expect(new URL(onDevice ?? '').searchParams.get('secret')).toBe(secret)
    await type('Code from the app', '000000')
    await press('Continue')
    await see('Set up your authenticator app', 'set-up-app-wrong', 'That code is not right.')
    await type('Code from the app', totpCode(secret, Date.now()))
    await press('Continue')
    expect(await required.arrive(page)).toMatchObject({ 'cognito:username': name, access: { amr: ['pwd', 'otp', 'mfa'] } })

    const again = await visitors.visit(device)
    await signIn(again, required, name)
    await again.see('Open your authenticator app', 'mfa-app')
    // The code of now is used up.
    await answer(again, 'Open your authenticator app', 'mfa-app', totpCode(secret, Date.now() + 30_000))
    expect(await required.arrive(again.page)).toMatchObject({ access: { amr: ['pwd', 'otp', 'mfa'] } })
    expect([...app.complaints, ...again.complaints]).toEqual([])
  })

  it('is set up by naming an e-mail address', async () => {
    const name = `mail-${device}`
    const mail = await visitors.visit(device)
    await signIn(mail, required, name)
    await mail.page.getByRole('button', { name: 'Email' }).click()
    await mail.see('Add your email', 'set-up-email')
    await mail.type('Email', mailOf(name))
    await mail.press('Continue')
    await mail.typeCode(() => shop.server.mailbox.code(mailOf(name)))
    await mail.press('Confirm')
    expect(await required.arrive(mail.page)).toMatchObject({ 'cognito:username': name, access: { amr: ['pwd', 'email_otp', 'mfa'] } })
    expect(mail.complaints).toEqual([])
  })
})
