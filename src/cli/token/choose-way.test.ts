import { describe, expect, it } from 'vitest'
import { chooseWay } from './choose-way.ts'

const none = { firstFactor: undefined, totpSecret: undefined }

describe('chooseWay', () => {
  it.each([
    [['WEB_AUTHN', 'EMAIL_OTP', 'PASSWORD'], none, 'PASSWORD'],
    [['EMAIL_OTP', 'PASSWORD', 'SMS_OTP'], { ...none, firstFactor: 'EMAIL_OTP' }, 'EMAIL_OTP'],
    [['SMS_MFA', 'EMAIL_OTP', 'SOFTWARE_TOKEN_MFA'], none, 'EMAIL_OTP'],
    [['SMS_MFA', 'EMAIL_OTP', 'SOFTWARE_TOKEN_MFA'], { ...none, totpSecret: Buffer.of(1) }, 'SOFTWARE_TOKEN_MFA'],
    // A second factor is none of the first ones.
    [['SMS_MFA', 'EMAIL_OTP'], { ...none, firstFactor: 'PASSWORD' }, 'EMAIL_OTP'],
  ])('of %j with %j takes %s', (offered, request, way) => {
    expect(chooseWay(offered, request)).toBe(way)
  })

  it('takes no other first factor than the one that was asked for', () => {
    expect(() => chooseWay(['PASSWORD', 'WEB_AUTHN'], { ...none, firstFactor: 'SMS_OTP' })).toThrow('SMS_OTP is not among them')
    expect(() => chooseWay(['WEB_AUTHN'], none)).toThrow('This command can go none of these ways')
    expect(() => chooseWay([], none)).toThrow('The server offers no way')
  })
})
