import { describe, expect, it } from 'vitest'
import { type MigratedUser, migratedUser, migratedUserFault } from './migrated-user.ts'
import type { UserPool } from './user-pool.ts'

const schema = ['sub', 'email', 'email_verified', 'phone_number', 'preferred_username', 'name'].map((Name) => ({
  Name,
  AttributeDataType: Name.endsWith('_verified') ? ('Boolean' as const) : ('String' as const),
}))
const pool = (settings: Partial<UserPool> = {}) => ({ SchemaAttributes: schema, mfa: { smsEnabled: false }, ...settings }) as UserPool
const user = (more: Partial<MigratedUser>): MigratedUser => ({
  username: 'ana',
  attributes: { name: 'Ana' },
  status: 'CONFIRMED',
  welcome: false,
  mediums: undefined,
  takesAliases: false,
  smsMfa: false,
  ...more,
})

describe('migratedUser', () => {
  it.each([
    [{ userAttributes: null }],
    [{}],
    [{ userAttributes: {} }],
    [{ userAttributes: { name: null } }],
    [{ userAttributes: { username: 'ana' } }],
  ])('is nobody in %j', (response) => {
    expect(migratedUser('ana', response)).toBeUndefined()
  })

  it.each([[{ userAttributes: 'ana' }], [{ userAttributes: [] }], [{ userAttributes: { email: ['a'] } }]])(
    'can not read %j',
    (response) => {
      expect(migratedUser('ana', response)).toBe('unreadable')
    },
  )

  it('has to reset the password and is welcomed unless the function says otherwise', () => {
    expect(migratedUser('ana', { userAttributes: { email_verified: true, age: 7, gone: null } })).toEqual(
      user({ attributes: { email_verified: 'true', age: '7' }, status: 'RESET_REQUIRED', welcome: true }),
    )
    expect(migratedUser('ana', { userAttributes: { name: 'A' }, finalUserStatus: 'FORCE_CHANGE_PASSWORD' })).toMatchObject({
      status: 'RESET_REQUIRED',
    })
  })

  it('reads everything else', () => {
    const response = {
      userAttributes: { username: 'ana', name: 'Ana' },
      finalUserStatus: 'CONFIRMED',
      messageAction: 'SUPPRESS',
      desiredDeliveryMediums: ['SMS', 'PIGEON', 'EMAIL'],
      forceAliasCreation: 'TRUE',
      enableSMSMFA: true,
    }
    expect(migratedUser('a@example.org', response)).toEqual(user({ mediums: ['EMAIL', 'SMS'], takesAliases: true, smsMfa: true }))
  })
})

describe('migratedUserFault', () => {
  const aliased = pool({ AliasAttributes: ['email', 'preferred_username'] })
  const sms = pool({ MfaConfiguration: 'ON', mfa: { smsEnabled: true } })
  const phone = { phone_number: '+14325550100' }
  it.each<[string, UserPool, string, MigratedUser, string | undefined]>([
    ['as typed', pool(), 'ana', user({}), undefined],
    ['renamed', pool(), 'bea', user({}), 'The migrated username must be the one that was given, or one of its aliases must be.'],
    ['renamed with the alias', aliased, 'a@example.org', user({ attributes: { email: 'a@example.org' } }), undefined],
    ['renamed with a preferred name', aliased, 'queen', user({ attributes: { preferred_username: 'queen' } }), undefined],
    [
      'renamed with another alias',
      aliased,
      'a@example.org',
      user({ attributes: { email: 'b@example.org' } }),
      'The migrated username must be the one that was given, or one of its aliases must be.',
    ],
    [
      'named by an alias',
      aliased,
      'a@example.org',
      user({ username: 'a@example.org', attributes: { email: 'a@example.org' } }),
      'Username cannot be of email format, since user pool is configured for email alias.',
    ],
    ['a long name', pool(), 'ana', user({ username: 'x'.repeat(129) }), 'The migrated username must have at most 128 characters.'],
    [
      'a long value',
      pool(),
      'ana',
      user({ attributes: { name: 'x'.repeat(2049) } }),
      'The migrated attribute name must have at most 2048 characters.',
    ],
    [
      'a sub of its own',
      pool(),
      'ana',
      user({ attributes: { sub: 'x' } }),
      'Attributes did not conform to the schema: sub: Attribute cannot be updated.\n',
    ],
    [
      'SMS MFA where there is none',
      pool(),
      'ana',
      user({ smsMfa: true, attributes: phone }),
      'SMS MFA cannot be enabled for a user of this user pool.',
    ],
    ['SMS MFA without a phone', sms, 'ana', user({ smsMfa: true }), 'SMS MFA needs a phone_number.'],
    ['SMS MFA', sms, 'ana', user({ smsMfa: true, attributes: phone }), undefined],
  ])('%s', (_, of, typed, who, fault) => {
    expect(migratedUserFault(of, typed, who)).toBe(fault)
  })
})
