import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { userOf } from '../../../tests/support/attributes.ts'
import { createHarness, type Harness } from '../../../tests/support/harness.ts'
import type { MadePool } from '../../../tests/support/make-pool.ts'
import { makeUser } from '../../../tests/support/make-user.ts'
import { addressesOf, answer, makeMfaPool } from '../../../tests/support/mfa-pool.ts'
import { accessTokenOf, begin, signIn } from '../../../tests/support/sign-in.ts'

let server: Harness
let made: MadePool

beforeAll(async () => {
  server = await createHarness()
  made = await makeMfaPool(server, 'OPTIONAL')
})
afterAll(() => server.close())

const caller = async (username: string, verified = 'true') => {
  const attributes = { ...addressesOf(username), email_verified: verified, phone_number_verified: verified }
  await makeUser(server, made.UserPoolId, username, attributes)
  return accessTokenOf(server, made, username)
}
const shown = async (AccessToken: string) => {
  const { UserMFASettingList, PreferredMfaSetting } = await server.ok('GetUser', { AccessToken })
  return [UserMFASettingList, PreferredMfaSetting]
}
const on = { Enabled: true }
const preferred = { Enabled: true, PreferredMfa: true }

describe('SetUserMFAPreference', () => {
  it('switches factors on and off, and prefers one', async () => {
    const AccessToken = await caller('ana')
    expect(await server.ok('SetUserMFAPreference', { AccessToken, SMSMfaSettings: on, EmailMfaSettings: on }, { unsigned: true })).toEqual(
      {},
    )
    expect(await shown(AccessToken)).toEqual([['SMS_MFA', 'EMAIL_OTP'], undefined])
    expect(await signIn(server, made, 'ana')).toBe('SELECT_MFA_TYPE')
    await server.ok('SetUserMFAPreference', { AccessToken, EmailMfaSettings: preferred })
    expect(await shown(AccessToken)).toEqual([['SMS_MFA', 'EMAIL_OTP'], 'EMAIL_OTP'])
    expect(await signIn(server, made, 'ana')).toBe('EMAIL_OTP')
    await server.ok('SetUserMFAPreference', { AccessToken, EmailMfaSettings: { Enabled: false } })
    expect(await shown(AccessToken)).toEqual([['SMS_MFA'], undefined])
    expect(await signIn(server, made, 'ana')).toBe('SMS_MFA')
    await server.ok('SetUserMFAPreference', { AccessToken, SMSMfaSettings: { Enabled: false } })
    expect(await shown(AccessToken)).toEqual([undefined, undefined])
    expect(await signIn(server, made, 'ana')).toBe('tokens')
  })

  it.each([
    ['SMSMfaSettings', 'SMS_MFA'],
    ['EmailMfaSettings', 'EMAIL_OTP'],
    ['SoftwareTokenMfaSettings', 'SOFTWARE_TOKEN_MFA'],
  ])('refuses %s to whoever has nothing for it', async (member, factor) => {
    const username = `un-${factor.toLowerCase()}`
    await makeUser(server, made.UserPoolId, username)
    const AccessToken = await accessTokenOf(server, made, username)
    expect(await server.refused('SetUserMFAPreference', { AccessToken, [member]: on })).toEqual([
      'InvalidParameterException',
      `User does not have delivery config set to turn on ${factor}`,
    ])
  })

  it('takes an address that is not verified yet; the first code verifies it', async () => {
    const AccessToken = await caller('eva', 'false')
    await server.ok('SetUserMFAPreference', { AccessToken, SMSMfaSettings: preferred })
    const { attributes } = await userOf(server, made, 'eva')
    const { body } = await begin(server, made, 'eva')
    const code = { SMS_MFA_CODE: server.codeSentTo(attributes['phone_number'] ?? '') }
    await answer(server, made, body.ChallengeName, 'eva', body.Session, code)
    expect((await userOf(server, made, 'eva')).attributes).toMatchObject({ phone_number_verified: 'true', email_verified: 'false' })
  })

  it('shows SMS to older clients as MFAOptions', async () => {
    const AccessToken = await caller('fay')
    const options = async () => (await server.ok('GetUser', { AccessToken })).MFAOptions
    expect(await options()).toBeUndefined()
    await server.ok('SetUserMFAPreference', { AccessToken, SMSMfaSettings: on, EmailMfaSettings: on })
    const sms = [{ AttributeName: 'phone_number', DeliveryMedium: 'SMS' }]
    expect(await options()).toEqual(sms)
    const { UserPoolId } = made
    expect((await server.ok('AdminGetUser', { UserPoolId, Username: 'fay' })).MFAOptions).toEqual(sms)
    expect((await server.ok('ListUsers', { UserPoolId, Filter: 'username = "fay"' })).Users[0].MFAOptions).toEqual(sms)
    await server.ok('SetUserMFAPreference', { AccessToken, SMSMfaSettings: { Enabled: false } })
    expect(await options()).toBeUndefined()
  })

  it('refuses a token that was not verified', async () => {
    const AccessToken = await caller('ben')
    await server.ok('AssociateSoftwareToken', { AccessToken })
    expect(await server.refused('SetUserMFAPreference', { AccessToken, SoftwareTokenMfaSettings: preferred })).toEqual([
      'InvalidParameterException',
      'User has not verified software token mfa',
    ])
  })

  it('refuses two preferred factors, and changes nothing then', async () => {
    const AccessToken = await caller('cleo')
    const both = { SMSMfaSettings: preferred, EmailMfaSettings: preferred }
    expect((await server.refused('SetUserMFAPreference', { AccessToken, ...both }))[0]).toBe('InvalidParameterException')
    expect(await shown(AccessToken)).toEqual([undefined, undefined])
  })

  it('lets no two calls at once leave a preference for a factor that is off', async () => {
    const AccessToken = await caller('dan')
    await server.ok('SetUserMFAPreference', { AccessToken, SMSMfaSettings: preferred, EmailMfaSettings: on })
    await Promise.all([
      server.ok('SetUserMFAPreference', { AccessToken, SMSMfaSettings: { Enabled: false } }),
      server.ok('SetUserMFAPreference', { AccessToken, EmailMfaSettings: { Enabled: false } }),
    ])
    expect(await shown(AccessToken)).toEqual([undefined, undefined])
  })
})
