import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { User } from './user.ts'
import type { UserPool } from './user-pool.ts'
import {
  foldedValue,
  isEmail,
  isPhoneNumber,
  loginNames,
  lookupName,
  newUsernameFault,
  normaliseName,
  preferredUsernameFault,
  signInAttributeFault,
  signsInWith,
  usernameAttribute,
} from './username.ts'

const pool = (settings: Partial<UserPool> = {}) => settings as UserPool
const insensitive = pool({ UsernameConfiguration: { CaseSensitive: false } })
const user = (username: string, attributes: Record<string, string> = {}) => ({ username, attributes }) as User

describe('signsInWith', () => {
  const either = pool({ UsernameAttributes: ['email', 'phone_number'], UsernameConfiguration: { CaseSensitive: false } })
  const attributes = { email: 'ana@example.org', phone_number: '+15550100' }
  it.each([
    ['email', 'ana@example.org', true],
    ['email', '+15550100', false],
    ['email', 'sub-1', true],
    ['phone_number', '+15550100', true],
    ['phone_number', 'ana@example.org', false],
  ] as const)('who was made with an %s signs in with %s: %s', (signsInBy, name, expected) => {
    expect(signsInWith(either, { ...user('sub-1', attributes), signsInBy }, name)).toBe(expected)
  })

  it('is true of every name of other users', () => {
    expect(signsInWith(pool(), user('ana', attributes), '+15550100')).toBe(true)
  })
})

describe('foldedValue', () => {
  it.each([
    ['email', 'Ana@Example.org', 'ana@example.org'],
    ['preferred_username', 'Ana', 'ana'],
    ['name', 'Ana', 'Ana'],
  ])('of %s %s is %s where case does not count', (name, value, folded) => {
    expect(foldedValue(insensitive, name, value)).toBe(folded)
    expect(foldedValue(pool(), name, value)).toBe(value)
  })
})

describe('normaliseName', () => {
  it('composes, and lowers only where case does not count', () => {
    expect(normaliseName(pool(), 'A\u030Ana')).toBe('Åna')
    expect(normaliseName(insensitive, 'A\u030Ana')).toBe('åna')
    expect(normaliseName(insensitive, ' Ana ')).toBe(' ana ')
  })

  it('is idempotent', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        const once = normaliseName(insensitive, text)
        expect(normaliseName(insensitive, once)).toBe(once)
        expect(lookupName(insensitive, text)).toBe(once)
      }),
    )
  })
})

describe('isEmail', () => {
  it.each(['a@b', 'ana@example.com', 'ana+tag@sub.example.co', "o'neil@example.com", 'josé@exämple.de', `${'x'.repeat(64)}@example.com`])(
    'takes %s',
    (text) => expect(isEmail(text)).toBe(true),
  )
  it.each([
    '',
    'ana',
    '@example.com',
    'ana@',
    'a@b@c.de',
    'a b@c.de',
    'ana@example.com\n',
    'ana@ex\u200bample.com',
    '.ana@example.com',
    'an..a@example.com',
    'ana@-example.com',
    'ana@example..com',
    'ana@[127.0.0.1]',
    '<ana@example.com>',
    'a,b@example.com',
    '"a b"@example.com',
    `${'x'.repeat(65)}@example.com`,
  ])('refuses %j', (text) => expect(isEmail(text)).toBe(false))
})

describe('isPhoneNumber', () => {
  it.each(['+14325551212', '+4915112345678', '+12'])('takes %s', (text) => expect(isPhoneNumber(text)).toBe(true))
  it.each(['14325551212', '+1 432 555', '+', '+0123', '+1234567890123456', '+1432-555', '+١٢٣٤'])('refuses %j', (text) =>
    expect(isPhoneNumber(text)).toBe(false),
  )
})

describe('newUsernameFault', () => {
  const emailAlias = 'Username cannot be of email format, since user pool is configured for email alias.'
  const phoneAlias = 'Username cannot be of phone number format, since user pool is configured for phone number alias.'
  it.each<[Partial<UserPool>, string, string | undefined]>([
    [{}, 'ana', undefined],
    [{}, 'ana@example.com', undefined],
    [{}, 'アナ', undefined],
    [{ AliasAttributes: ['email'] }, 'ana', undefined],
    [{ AliasAttributes: ['email'] }, 'ana@example.com', emailAlias],
    [{ AliasAttributes: ['email'] }, '+14325551212', undefined],
    [{ AliasAttributes: ['phone_number'] }, '+14325551212', phoneAlias],
    [{ AliasAttributes: ['preferred_username'] }, 'ana@example.com', undefined],
    [{ UsernameAttributes: ['email'] }, 'ana@example.com', undefined],
    [{ UsernameAttributes: ['email'] }, 'ana', 'Username should be an email.'],
    [{ UsernameAttributes: ['email'] }, '+14325551212', 'Username should be an email.'],
    [{ UsernameAttributes: ['phone_number'] }, 'ana@example.com', 'Username should be a phone number.'],
    [{ UsernameAttributes: ['email', 'phone_number'] }, 'ana@example.com', undefined],
    [{ UsernameAttributes: ['phone_number', 'email'] }, '+14325551212', undefined],
    [{ UsernameAttributes: ['phone_number', 'email'] }, 'ana', 'Username should be either an email or a phone number.'],
    // Full-width characters compose under NFKC, not NFC: no e-mail shape, so nothing to refuse.
    [{ AliasAttributes: ['email'] }, 'ana＠example.com', undefined],
  ])('%j: %s', (settings, name, fault) => {
    expect(newUsernameFault(pool(settings), name)).toBe(fault)
  })

  it.each(['', ' ana', 'ana ', 'a na', 'ana\u0000', 'ana\u200b', 'ana\u00ad', '\u3164', 'ana\ufe0f', 'ana\u2800', 'ana\ufeff', '\ud800'])(
    'refuses what can not be seen: %j',
    (name) => {
      expect(newUsernameFault(pool(), name)).toMatch(/^1 validation error detected: Value at 'username' failed to satisfy constraint/)
    },
  )

  it('looks at the normal form', () => {
    expect(newUsernameFault(pool({ AliasAttributes: ['email'] }), 'jose\u0301@example.com')).toBe(emailAlias)
  })
})

describe('preferredUsernameFault', () => {
  const aliased = pool({ AliasAttributes: ['email', 'preferred_username'] })
  it("can't take the place of an address where both sign users in", () => {
    expect(preferredUsernameFault(aliased, 'ana@example.com')).toMatch(/^Username cannot be of email format/)
    expect(preferredUsernameFault(aliased, 'ana')).toBeUndefined()
    expect(preferredUsernameFault(pool({ AliasAttributes: ['email'] }), 'ana@example.com')).toBeUndefined()
  })
})

describe('loginNames', () => {
  it.each<[string, Partial<UserPool>, User, string[]]>([
    ['the username alone', {}, user('ana', { email: 'ana@example.com', email_verified: 'true' }), ['username ana']],
    [
      'verified aliases',
      { AliasAttributes: ['email', 'phone_number'] },
      user('ana', { email: 'ana@example.com', email_verified: 'true', phone_number: '+14325551212', phone_number_verified: 'false' }),
      ['username ana', 'email ana@example.com'],
    ],
    ['no alias that is not verified', { AliasAttributes: ['email'] }, user('ana', { email: 'ana@example.com' }), ['username ana']],
    [
      'an aliased preferred_username',
      { AliasAttributes: ['preferred_username'] },
      user('ana', { preferred_username: 'Queen' }),
      ['username ana', 'preferred_username Queen'],
    ],
    [
      'addresses of username attributes, verified or not',
      { UsernameAttributes: ['email', 'phone_number'] },
      user('u-1', { email: 'ana@example.com', phone_number: '+14325551212', preferred_username: 'q' }),
      ['username u-1', 'email ana@example.com', 'phone_number +14325551212'],
    ],
    [
      'normalised names, each once',
      { AliasAttributes: ['preferred_username'], UsernameConfiguration: { CaseSensitive: false } },
      user('Ana', { preferred_username: 'ANA' }),
      ['username ana'],
    ],
  ])('%s', (_, settings, who, names) => {
    expect(loginNames(pool(settings), who).map(({ kind, name }) => `${kind} ${name}`)).toEqual(names)
  })
})

describe('signInAttributeFault', () => {
  const addresses = { UsernameAttributes: ['email', 'phone_number'] } satisfies Partial<UserPool>
  const insensitive = { ...addresses, UsernameConfiguration: { CaseSensitive: false } }
  it.each<[Partial<UserPool>, string, Record<string, string>, string | undefined]>([
    [{}, 'ana', { email: 'ana@example.com' }, undefined],
    [addresses, 'ana@example.com', {}, undefined],
    [addresses, 'ana@example.com', { email: 'ana@example.com', phone_number: '+14325551212' }, undefined],
    [
      addresses,
      'ana@example.com',
      { email: 'bea@example.com' },
      'User email should be empty or same as username, since username attribute is email.',
    ],
    [
      addresses,
      '+14325551212',
      { phone_number: '+14325551213' },
      'User phone_number should be empty or same as username, since username attribute is phone_number.',
    ],
    [insensitive, 'ana@example.com', { email: 'Ana@Example.com' }, undefined],
  ])('%j, %s, %j', (settings, username, attributes, fault) => {
    expect(signInAttributeFault(pool(settings), username, attributes)).toBe(fault)
  })
})

describe('usernameAttribute', () => {
  it('is what a sign-up fills', () => {
    const addresses = pool({ UsernameAttributes: ['email', 'phone_number'] })
    expect(usernameAttribute(addresses, 'ana@example.com')).toBe('email')
    expect(usernameAttribute(addresses, '+14325551212')).toBe('phone_number')
    expect(usernameAttribute(pool(), 'ana@example.com')).toBeUndefined()
  })
})
