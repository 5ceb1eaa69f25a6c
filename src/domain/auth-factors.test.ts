import { describe, expect, it } from 'vitest'
import type { AppClient } from './app-client.ts'
import { configuredFactors } from './auth-factors.ts'
import type { User } from './user.ts'
import type { UserPool } from './user-pool.ts'

const all = ['PASSWORD', 'EMAIL_OTP', 'SMS_OTP', 'WEB_AUTHN'] as const
const everything = { hasPassword: true, hasPasskeys: true, codesToAnyAddress: false }

interface Settings {
  readonly allowed?: UserPool['Policies']['SignInPolicy']
  readonly mfa?: UserPool['MfaConfiguration']
  readonly passkeys?: 'SINGLE_FACTOR' | 'MULTI_FACTOR_WITH_USER_VERIFICATION'
}

const poolWith = ({ allowed = { AllowedFirstAuthFactors: [...all].reverse() }, mfa = 'OFF', passkeys }: Settings = {}) =>
  ({
    Policies: { SignInPolicy: allowed },
    MfaConfiguration: mfa,
    mfa: { WebAuthnConfiguration: passkeys && { FactorConfiguration: passkeys } },
  }) as UserPool

const userWith = (attributes: Record<string, string>, mfa?: User['mfa']) => ({ attributes, mfa }) as User
const addresses = { email: 'ana@example.org', phone_number: '+15550100' }
const ana = userWith({ ...addresses, email_verified: 'true', phone_number_verified: 'true' })
const withFactor = userWith(ana.attributes, { enabled: ['SOFTWARE_TOKEN_MFA'], softwareToken: { sealedSecret: 'sealed' } })
const withPasskeys = userWith(ana.attributes, { ...withFactor.mfa, enabled: ['SOFTWARE_TOKEN_MFA'], passkeys: true })
const withoutItsToken = userWith(ana.attributes, { enabled: ['SOFTWARE_TOKEN_MFA'] })

const client = (ExplicitAuthFlows: AppClient['ExplicitAuthFlows']) => ({ ExplicitAuthFlows }) as AppClient

describe('configuredFactors', () => {
  it('are what the pool allows and the user has', () => {
    expect(configuredFactors(poolWith(), undefined, ana, everything)).toEqual(all)
    const allowed = { AllowedFirstAuthFactors: ['PASSWORD' as const, 'EMAIL_OTP' as const] }
    expect(configuredFactors(poolWith({ allowed }), undefined, ana, everything)).toEqual(['PASSWORD', 'EMAIL_OTP'])
    expect(
      configuredFactors(poolWith(), undefined, userWith({ email: '' }), {
        hasPassword: false,
        hasPasskeys: false,
        codesToAnyAddress: true,
      }),
    ).toEqual([])
  })

  it.each<[string, User['status'], UserPool['AutoVerifiedAttributes'], boolean, readonly string[]]>([
    ['every address of somebody who is confirmed and has no other way in', 'CONFIRMED', undefined, false, ['EMAIL_OTP', 'SMS_OTP']],
    ['what the confirmation would go to', 'UNCONFIRMED', ['email'], false, ['EMAIL_OTP']],
    ['nothing of somebody whom an administrator has to confirm', 'UNCONFIRMED', undefined, false, []],
    ['every address where the policy says so', 'CONFIRMED', undefined, true, ['EMAIL_OTP', 'SMS_OTP']],
  ])('send codes to %s', (_, status, AutoVerifiedAttributes, codesToAnyAddress, factors) => {
    const provable = { hasPassword: false, hasPasskeys: false, codesToAnyAddress }
    const open = { ...poolWith(), AutoVerifiedAttributes }
    const user = { ...userWith(addresses), status }
    expect(configuredFactors(open, undefined, { ...user, selfNamed: ['email', 'phone_number'] }, provable)).toEqual(factors)
    // An administrator vouches for what was given.
    expect(configuredFactors(open, undefined, user, provable)).toEqual(['EMAIL_OTP', 'SMS_OTP'])
  })

  it('send no codes to unverified addresses of somebody who is confirmed and has another way in', () => {
    const user: User = { ...userWith(addresses), status: 'CONFIRMED', selfNamed: ['email', 'phone_number'] }
    const withPassword = { hasPassword: true, hasPasskeys: false, codesToAnyAddress: false }
    expect(configuredFactors(poolWith(), undefined, user, withPassword)).toEqual(['PASSWORD'])
    const proved = { ...user, attributes: { ...addresses, phone_number_verified: 'true' } }
    expect(configuredFactors(poolWith(), undefined, proved, { ...withPassword, hasPassword: false })).toEqual(['SMS_OTP'])
  })

  it('are the password where the pool says nothing', () => {
    const silent = { ...poolWith(), Policies: {} } as UserPool
    expect(configuredFactors(silent, undefined, ana, everything)).toEqual(['PASSWORD'])
  })

  it('need a client that lets its users choose', () => {
    expect(configuredFactors(poolWith(), client(['ALLOW_USER_AUTH']), ana, everything)).toEqual(all)
    expect(configuredFactors(poolWith(), client(['ALLOW_USER_SRP_AUTH']), ana, everything)).toEqual(['PASSWORD'])
    expect(configuredFactors(poolWith(), client(undefined), ana, everything)).toEqual(['PASSWORD'])
  })

  it.each<[UserPool['MfaConfiguration'], User, Settings['passkeys'], readonly string[]]>([
    ['OFF', withFactor, undefined, all],
    ['OPTIONAL', ana, undefined, all],
    ['OPTIONAL', withoutItsToken, undefined, all],
    ['OPTIONAL', withFactor, undefined, ['PASSWORD']],
    ['OPTIONAL', withFactor, 'SINGLE_FACTOR', ['PASSWORD']],
    ['OPTIONAL', withFactor, 'MULTI_FACTOR_WITH_USER_VERIFICATION', ['PASSWORD']],
    ['OPTIONAL', withPasskeys, 'SINGLE_FACTOR', ['PASSWORD']],
    ['OPTIONAL', withPasskeys, 'MULTI_FACTOR_WITH_USER_VERIFICATION', ['PASSWORD', 'WEB_AUTHN']],
    ['ON', ana, undefined, ['PASSWORD']],
    ['ON', ana, 'MULTI_FACTOR_WITH_USER_VERIFICATION', ['PASSWORD']],
    ['ON', withPasskeys, 'MULTI_FACTOR_WITH_USER_VERIFICATION', ['PASSWORD', 'WEB_AUTHN']],
  ])('obey MFA %s', (mfa, user, passkeys, factors) => {
    expect(configuredFactors(poolWith({ mfa, ...(passkeys && { passkeys }) }), undefined, user, everything)).toEqual(factors)
  })
})
