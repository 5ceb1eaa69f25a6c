import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Device, deviceNames } from '../support/e2e-devices.ts'
import { openShopServer, type ShopPool, type ShopServer } from '../support/e2e-shop.ts'
import { openVisitors, type Visitor, type Visitors } from '../support/e2e-visitors.ts'
import { everyFactor } from '../support/mfa-pool.ts'
import { browserNote, hasBrowser } from '../support/open-page.ts'
import { password } from '../support/start-app.ts'

let shop: ShopServer
let visitors: Visitors
let pool: ShopPool

const mailOf = (name: string) => `${name}@example.org`
const phoneOf = (device: Device) => `+1206555010${deviceNames.indexOf(device)}`
const ana = (device: Device) => ({
  username: `ana-${device}`,
  password,
  attributes: { email: mailOf(`ana-${device}`), email_verified: 'true', phone_number: phoneOf(device), phone_number_verified: 'true' },
})
const bea = (device: Device) => ({
  username: `bea-${device}`,
  password,
  attributes: { email: mailOf(`bea-${device}`), email_verified: 'true' },
})

beforeAll(async () => {
  if (!hasBrowser) return
  ;[shop, visitors] = await Promise.all([openShopServer(), openVisitors()])
  pool = await shop.addPool(
    {
      settings: {
        ...everyFactor.SmsMfaConfiguration,
        EmailConfiguration: { EmailSendingAccount: 'DEVELOPER', SourceArn: 'arn:aws:ses:us-east-1:000000000000:identity/a@example.org' },
        Policies: { SignInPolicy: { AllowedFirstAuthFactors: ['PASSWORD', 'EMAIL_OTP', 'SMS_OTP', 'WEB_AUTHN'] } },
      },
      users: deviceNames.flatMap((device) => [ana(device), bea(device)]),
    },
    { ExplicitAuthFlows: ['ALLOW_USER_AUTH'] },
  )
})
afterAll(async () => {
  await visitors?.close()
  await shop?.stop()
})

/** Types the name, and chooses a way by its title. */
const choose = async ({ page, type, press }: Visitor, name: string, way: string) => {
  await page.goto(pool.at('login'))
  await type('User name', name)
  await press('Next')
  await page.getByRole('button', { name: way }).click()
}

describe.skipIf(!hasBrowser).each(deviceNames)(`the choice of a first factor on a %s${browserNote}`, (device) => {
  it.each([
    ['Code by email', 'Check your email', 'otp-email', mailOf(`ana-${device}`), 'email_otp'],
    ['Code by text message', 'Check your phone', 'otp-sms', phoneOf(device), 'sms'],
  ])('takes a %s', async (way, heading, name, address, proof) => {
    const visitor = await visitors.visit(device)
    const { page, type, press, see } = visitor
    await choose(visitor, `ana-${device}`, way)
    await see(heading, name, '***')
    await type('Code', '1234')
    await press('Confirm')
    await see(heading, `${name}-wrong`, 'That code is not right.')
    await visitor.typeCode(() => shop.server.mailbox.code(address))
    await press('Confirm')
    expect(await pool.arrive(page)).toMatchObject({ access: { amr: [proof] } })
    expect(visitor.complaints).toEqual([])
  })

  it('takes a password after another way was not to be had', async () => {
    const visitor = await visitors.visit(device)
    const { page, type, press, see } = visitor
    await choose(visitor, `ana-${device}`, 'Code by email')
    await press('Sign in another way')
    await see('How do you want to sign in?', 'choice')
    await page.getByRole('button', { name: 'Type your password' }).click()
    await see('Enter your password', 'password-among-others')
    await type('Password', password)
    await press('Sign in')
    expect(await pool.arrive(page)).toMatchObject({ access: { amr: ['pwd'] } })
    expect(visitor.complaints).toEqual([])
  })

  it('takes a passkey, which /passkeys/add made on this device', async () => {
    const visitor = await visitors.visit(device, {})
    const { page, context, press, see, type } = visitor
    const devices = await context.newCDPSession(page)
    await devices.send('WebAuthn.enable')
    const options = {
      protocol: 'ctap2',
      transport: 'internal',
      hasResidentKey: true,
      hasUserVerification: true,
      isUserVerified: true,
      automaticPresenceSimulation: true,
    } as const
    const { authenticatorId } = await devices.send('WebAuthn.addVirtualAuthenticator', { options })
    /** Whether its owner shows a finger. */
    const verify = (isUserVerified: boolean) => devices.send('WebAuthn.setUserVerified', { authenticatorId, isUserVerified })

    await page.goto(pool.at('passkeys/add'))
    await type('User name', `bea-${device}`)
    await press('Next')
    await page.getByRole('button', { name: 'Type your password' }).click()
    await type('Password', password)
    await press('Sign in')
    await see('Add a passkey', 'passkey-add')
    await press('Add passkey')
    expect(await pool.arrive(page)).toMatchObject({ 'cognito:username': `bea-${device}` })

    await page.goto(pool.at('passkeys/add'))
    await press('Add passkey')
    await see('Add a passkey', 'passkey-exists', 'This device has a passkey for your account already.')
    await context.clearCookies()
    await verify(false)
    await choose(visitor, `bea-${device}`, 'Passkey')
    await see('Sign in with your passkey', 'passkey', 'Nothing happened')
    await verify(true)
    await press('Use passkey')
    expect(await pool.arrive(page)).toMatchObject({ access: { amr: ['swk'] } })
    expect(visitor.complaints).toEqual([])
  })
})
