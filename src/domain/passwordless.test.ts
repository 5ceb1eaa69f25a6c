import { describe, expect, it } from 'vitest'
import type { AppClient } from './app-client.ts'
import { hasOneTimeCodeAddress, maySignUpWithoutPassword, oneTimeCodeAddresses } from './passwordless.ts'
import type { User } from './user.ts'
import type { UserPool } from './user-pool.ts'

type Factors = NonNullable<NonNullable<UserPool['Policies']['SignInPolicy']>['AllowedFirstAuthFactors']>

const pool = (AllowedFirstAuthFactors: Factors, AutoVerifiedAttributes: UserPool['AutoVerifiedAttributes'] = []) =>
  ({ Policies: { SignInPolicy: { AllowedFirstAuthFactors } }, AutoVerifiedAttributes }) as UserPool
const client = (...ExplicitAuthFlows: NonNullable<AppClient['ExplicitAuthFlows']>) => ({ ExplicitAuthFlows }) as AppClient
const user = (attributes: Record<string, string>) => ({ attributes }) as User
const both = { email: 'a@example.org', phone_number: '+14325550100' }

describe('oneTimeCodeAddresses', () => {
  it.each<[Factors, string[]]>([
    [['PASSWORD', 'WEB_AUTHN'], []],
    [['EMAIL_OTP'], ['email']],
    [
      ['SMS_OTP', 'EMAIL_OTP'],
      ['email', 'phone_number'],
    ],
  ])('%j', (factors, addresses) => {
    expect(oneTimeCodeAddresses(pool(factors))).toEqual(addresses)
    expect(hasOneTimeCodeAddress(pool(factors), user(both))).toBe(addresses.length > 0)
    expect(hasOneTimeCodeAddress(pool(factors), user({}))).toBe(false)
  })

  it('has none where no policy says so', () => {
    expect(oneTimeCodeAddresses({ Policies: {} } as UserPool)).toEqual([])
  })
})

describe('maySignUpWithoutPassword', () => {
  const choice = client('ALLOW_USER_AUTH')
  it.each<[UserPool, AppClient, Record<string, string>, boolean]>([
    [pool(['EMAIL_OTP'], ['email']), choice, both, true],
    [pool(['EMAIL_OTP'], ['email']), client('ALLOW_USER_PASSWORD_AUTH'), both, false],
    [pool(['EMAIL_OTP'], ['email']), choice, { phone_number: both.phone_number }, false],
    [pool(['EMAIL_OTP'], ['phone_number']), choice, both, false],
    [pool(['EMAIL_OTP', 'SMS_OTP'], ['phone_number']), choice, both, true],
    [pool(['PASSWORD', 'WEB_AUTHN'], ['email']), choice, both, false],
  ])('case %#', (of, through, attributes, may) => {
    expect(maySignUpWithoutPassword(of, through, user(attributes))).toBe(may)
  })
})
