import { describe, expect, it } from 'vitest'
import { limitsAttributes, namedServers, scopedAttributes, scopesFault } from './scopes.ts'

const servers = [{ Identifier: 'solar-system-data', Scopes: [{ ScopeName: 'asteroids.add', ScopeDescription: 'x' }] }]

describe('scopesFault', () => {
  it.each<[string[] | undefined, string | undefined]>([
    [undefined, undefined],
    [['openid', 'email', 'phone', 'profile', 'aws.cognito.signin.user.admin'], undefined],
    [['solar-system-data/asteroids.add'], undefined],
    [['openid', 'Cognito', 'x/y'], 'Invalid scope requested: Cognito'],
    [['solar-system-data/asteroids'], 'Invalid scope requested: solar-system-data/asteroids'],
    [['asteroids.add'], 'Invalid scope requested: asteroids.add'],
  ])('%j', (requested, fault) => expect(scopesFault(requested, servers)).toBe(fault))
})

describe('scopedAttributes', () => {
  const attributes = {
    name: 'Ana',
    email: 'a@b.c',
    email_verified: 'true',
    phone_number: '+12',
    phone_number_verified: 'false',
    address: '1 Main St',
    'custom:plan': 'x',
    identities: '[]',
  }
  const all = Object.keys(attributes)
  it.each<[string, string[]]>([
    ['aws.cognito.signin.user.admin', all],
    ['openid', all],
    ['openid aws.cognito.signin.user.admin', all],
    ['openid email', ['email', 'email_verified', 'identities']],
    ['openid phone', ['phone_number', 'phone_number_verified', 'identities']],
    ['openid profile', ['name', 'address', 'custom:plan', 'identities']],
    ['openid profile email phone', all],
    ['openid address', ['address', 'identities']],
    ['openid solar-system-data/asteroids.add', all],
  ])('%s', (scope, names) => expect(Object.keys(scopedAttributes(scope, attributes))).toEqual(names))
})

describe('limitsAttributes', () => {
  it.each<[string[], boolean]>([
    [['openid', 'aws.cognito.signin.user.admin', 'email/read'], false],
    [['openid', 'profile'], true],
    [['email'], true],
    [['phone', 'openid'], true],
    [['openid', 'address'], true],
  ])('%j', (scopes, limits) => expect(limitsAttributes(scopes)).toBe(limits))
})

describe('namedServers', () => {
  it.each<[string[], string[]]>([
    [['openid', 'api/read', 'api/write'], ['api']],
    [
      ['https://x.example/v1/read', 'api/read'],
      ['https://x.example/v1', 'api'],
    ],
    [['/read', 'api/', 'a\0b/c', 'a b/c', `${'a'.repeat(257)}/c`], []],
    [[], []],
  ])('%j belong to %j', (scopes, servers) => expect(namedServers(scopes)).toEqual(servers))
})
