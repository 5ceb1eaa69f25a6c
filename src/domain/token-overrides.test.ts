import { describe, expect, it } from 'vitest'
import type { Claims } from './claims.ts'
import { type OverrideVersion, overriddenAccessClaims, overriddenIdClaims, overridesFault, readOverrides } from './token-overrides.ts'

const clientId = 'client1'

const id: Claims = {
  sub: 's',
  'cognito:groups': ['a', 'b'],
  'cognito:preferred_role': 'role-a',
  'cognito:username': 'ana',
  email: 'ana@example.org',
  email_verified: true,
  'custom:plan': 'free',
  'dev:custom:tier': 'gold',
  'cognito:roles': ['role-a', 'role-b'],
  aud: clientId,
  token_use: 'id',
}
const access: Claims = {
  sub: 's',
  'cognito:groups': ['a', 'b'],
  client_id: clientId,
  scope: 'aws.cognito.signin.user.admin',
  username: 'ana',
}

/** Both tokens after a response; fails where it has a fault. */
const tokens = (version: OverrideVersion, response: Record<string, unknown>) => {
  expect(overridesFault(version, response, clientId)).toBeUndefined()
  const overrides = readOverrides(version, response)
  return { id: overriddenIdClaims(id, overrides), access: overriddenAccessClaims(access, overrides) }
}
const v1 = (details: unknown) => tokens('1', { claimsOverrideDetails: details })
const v2 = (details: unknown) => tokens('2', { claimsAndScopeOverrideDetails: details })
const idOnly = (part: unknown) => v2({ idTokenGeneration: part }).id
const accessOnly = (part: unknown) => v2({ accessTokenGeneration: part }).access

describe('a response that asks for nothing', () => {
  it.each<[OverrideVersion, Record<string, unknown>]>([
    ['1', {}],
    ['1', { claimsOverrideDetails: null }],
    ['1', { claimsOverrideDetails: {} }],
    ['1', { claimsOverrideDetails: { claimsToAddOrOverride: null, claimsToSuppress: null } }],
    ['1', { claimsAndScopeOverrideDetails: { idTokenGeneration: { claimsToSuppress: ['email'] } } }],
    ['2', { claimsOverrideDetails: { claimsToSuppress: ['email'] } }],
    ['2', { claimsAndScopeOverrideDetails: null }],
    ['3', { claimsAndScopeOverrideDetails: { idTokenGeneration: null, accessTokenGeneration: {} } }],
  ])('leaves the tokens alone: version %s, %j', (version, response) => {
    expect(tokens(version, response)).toEqual({ id, access })
    expect(Object.keys(tokens(version, response).id)).toEqual(Object.keys(id))
  })
})

describe('claims', () => {
  it('are added, replaced in place and suppressed, in the ID token alone by version 1', () => {
    const made = v1({ claimsToAddOrOverride: { email: 'other@example.org', tenant: 't1' }, claimsToSuppress: ['custom:plan', 'absent'] })
    const { 'custom:plan': _, ...rest } = id
    expect(made).toEqual({ id: { ...rest, email: 'other@example.org', tenant: 't1' }, access })
    expect(Object.keys(made.id).indexOf('email')).toBe(Object.keys(id).indexOf('email'))
  })

  it('may be of every JSON type from version 2 on, in each token what its part says', () => {
    const claims = { n: 1.5, b: false, list: ['x', 1, true], json: { a: { b: ['c', null] } }, text: '' }
    expect(idOnly({ claimsToAddOrOverride: claims })).toEqual({ ...id, ...claims })
    expect(accessOnly({ claimsToAddOrOverride: claims })).toEqual({ ...access, ...claims })
    expect(v2({ accessTokenGeneration: { claimsToAddOrOverride: claims } }).id).toEqual(id)
  })

  it('that are set and suppressed are suppressed', () => {
    expect(idOnly({ claimsToAddOrOverride: { x: 'y', email: 'z' }, claimsToSuppress: ['x', 'email'] })).toEqual(
      Object.fromEntries(Object.entries(id).filter(([name]) => name !== 'email')),
    )
  })

  it('that are null stay as they were', () => {
    expect(idOnly({ claimsToAddOrOverride: { email: null, x: null } })).toEqual(id)
    expect(v1({ claimsToAddOrOverride: { email: null } }).id).toEqual(id)
  })

  it('of verified flags, address and time keep their form', () => {
    const set = { email_verified: 'false', phone_number_verified: 'true', address: 'Here 1', updated_at: '12' }
    const form = { email_verified: false, phone_number_verified: true, address: { formatted: 'Here 1' }, updated_at: 12 }
    expect(v1({ claimsToAddOrOverride: set }).id).toMatchObject(form)
    expect(idOnly({ claimsToAddOrOverride: { email_verified: false, updated_at: 12 } })).toMatchObject({
      email_verified: false,
      updated_at: 12,
    })
  })

  it.each(
    [
      'sub client_id iss exp iat jti origin_jti token_use auth_time nonce azp nbf at_hash acr amr event_id device_key version username identities',
      'cognito:username cognito:anything cognito:roles cognito:preferred_role dev:custom:tier dev:x',
    ]
      .join(' ')
      .split(' '),
  )('%s can not be set', (name) => {
    const part = { claimsToAddOrOverride: { [name]: 'mine' } }
    expect(v1(part)).toEqual({ id, access })
    expect(v2({ idTokenGeneration: part, accessTokenGeneration: part })).toEqual({ id, access })
  })

  it.each(['sub', 'aud', 'token_use', 'cognito:username', 'cognito:roles', 'cognito:preferred_role'])(
    '%s can not be suppressed',
    (name) => {
      expect(v1({ claimsToSuppress: [name] }).id).toEqual(id)
      expect(accessOnly({ claimsToSuppress: ['scope', 'client_id', 'username', name] })).toEqual(access)
    },
  )

  it('of developer-only attributes can be suppressed, not set', () => {
    expect(idOnly({ claimsToAddOrOverride: { 'dev:custom:tier': 'lead' }, claimsToSuppress: ['dev:custom:tier'] })).not.toHaveProperty([
      'dev:custom:tier',
    ])
  })

  it('with the name of an object’s own machinery are claims like others', () => {
    const answer = JSON.parse('{"claimsAndScopeOverrideDetails":{"idTokenGeneration":{"claimsToAddOrOverride":{"__proto__":{"sub":"x"}}}}}')
    const made = tokens('2', answer).id
    expect(JSON.stringify(made)).toContain('"__proto__":{"sub":"x"}')
    expect(made['sub']).toBe('s')
  })
})

describe('aud', () => {
  it('of an access token may be the app client', () => {
    expect(accessOnly({ claimsToAddOrOverride: { aud: clientId } })).toEqual({ ...access, aud: clientId })
  })

  it.each(['other', ['client1'], 1])('of an access token is nothing else: %j', (aud) => {
    const response = { claimsAndScopeOverrideDetails: { accessTokenGeneration: { claimsToAddOrOverride: { aud } } } }
    expect(overridesFault('2', response, clientId)).toContain('aud')
  })

  it('of an ID token stays', () => {
    expect(idOnly({ claimsToAddOrOverride: { aud: 'other' } })).toEqual(id)
  })
})

describe('groups', () => {
  const groups = { groupsToOverride: ['c'], iamRolesToOverride: ['role-c', 'role-d'], preferredRole: 'role-c' }
  const without = (claims: Claims) =>
    Object.fromEntries(Object.entries(claims).filter(([name]) => !/^cognito:(groups|roles|pref)/.test(name)))

  it('are replaced as a whole in both tokens, by every version', () => {
    for (const made of [v1({ groupOverrideDetails: groups }), v2({ groupOverrideDetails: groups })]) {
      expect(made.id).toEqual({
        ...id,
        'cognito:groups': ['c'],
        'cognito:roles': ['role-c', 'role-d'],
        'cognito:preferred_role': 'role-c',
      })
      expect(made.access).toEqual({ ...access, 'cognito:groups': ['c'] })
    }
    expect(v2({ groupOverrideDetails: { groupsToOverride: ['c'] } }).id).toEqual({ ...without(id), 'cognito:groups': ['c'] })
  })

  it.each([null, {}, { groupsToOverride: [], iamRolesToOverride: null, preferredRole: null }])('are suppressed by %j', (details) => {
    for (const made of [v1({ groupOverrideDetails: details }), v2({ groupOverrideDetails: details })]) {
      expect(made).toEqual({ id: without(id), access: without(access) })
    }
  })

  it('take roles and preferred role along when they are suppressed, in the token that says so', () => {
    expect(v1({ claimsToSuppress: ['cognito:groups'] })).toEqual({ id: without(id), access })
    expect(idOnly({ claimsToSuppress: ['cognito:groups'] })).toEqual(without(id))
    expect(accessOnly({ claimsToSuppress: ['cognito:groups'] })).toEqual(without(access))
    expect(v1({ claimsToSuppress: ['cognito:groups'], groupOverrideDetails: groups }).id).toEqual(without(id))
  })

  it('are told to a user of none', () => {
    const overrides = readOverrides('2', { claimsAndScopeOverrideDetails: { groupOverrideDetails: groups } })
    expect(overriddenIdClaims({ sub: 's' }, overrides)).toEqual({
      sub: 's',
      'cognito:groups': ['c'],
      'cognito:roles': ['role-c', 'role-d'],
      'cognito:preferred_role': 'role-c',
    })
  })
})

describe('scopes', () => {
  it('are added once and suppressed', () => {
    const scopes = { scopesToAdd: ['openid', 'api/read', 'openid'], scopesToSuppress: ['aws.cognito.signin.user.admin', 'absent'] }
    expect(accessOnly(scopes)).toEqual({ ...access, scope: 'openid api/read' })
    expect(accessOnly({ scopesToAdd: ['aws.cognito.signin.user.admin'] })).toEqual(access)
  })

  it('that are added and suppressed are suppressed, and no scope is no claim', () => {
    const { scope: _, ...rest } = access
    expect(accessOnly({ scopesToAdd: ['x'], scopesToSuppress: ['x', 'aws.cognito.signin.user.admin'] })).toEqual(rest)
  })

  it('are not changed as claims', () => {
    expect(accessOnly({ claimsToAddOrOverride: { scope: 'openid' }, claimsToSuppress: ['scope'] })).toEqual(access)
  })
})

describe('overridesFault', () => {
  const many = (n: number) => Object.fromEntries(Array.from({ length: n }, (_, index) => [`c${index}`, 'x']))
  const ofId = (part: unknown) => ({ claimsAndScopeOverrideDetails: { idTokenGeneration: part } })
  const ofAccess = (part: unknown) => ({ claimsAndScopeOverrideDetails: { accessTokenGeneration: part } })
  const ofGroups = (part: unknown) => ({ claimsAndScopeOverrideDetails: { groupOverrideDetails: part } })

  it.each<[OverrideVersion, Record<string, unknown>]>([
    ['1', { claimsOverrideDetails: 'x' }],
    ['1', { claimsOverrideDetails: [] }],
    ['1', { claimsOverrideDetails: { claimsToAddOrOverride: { n: 1 } } }],
    ['1', { claimsOverrideDetails: { claimsToAddOrOverride: { list: ['x'] } } }],
    ['1', { claimsOverrideDetails: { claimsToAddOrOverride: ['x'] } }],
    ['1', { claimsOverrideDetails: { claimsToSuppress: 'email' } }],
    ['1', { claimsOverrideDetails: { claimsToSuppress: [1] } }],
    ['1', { claimsOverrideDetails: { groupOverrideDetails: ['a'] } }],
    ['2', ofId([])],
    ['2', ofId({ claimsToAddOrOverride: 'x' })],
    ['2', ofAccess(true)],
    ['2', ofAccess({ claimsToSuppress: {} })],
    ['2', ofAccess({ scopesToAdd: 'openid' })],
    ['2', ofAccess({ scopesToSuppress: [null] })],
    ['3', ofGroups({ groupsToOverride: 'a' })],
    ['3', ofGroups({ iamRolesToOverride: [{}] })],
    ['3', ofGroups({ preferredRole: ['r'] })],
  ])('does not take what has the wrong type: version %s, %j', (version, response) => {
    expect(overridesFault(version, response, clientId)).toBe('Unrecognizable lambda output')
  })

  it('takes values as deep as anybody needs, and no deeper', () => {
    const nested = (depth: number): unknown => (depth === 0 ? 'x' : [nested(depth - 1)])
    const fault = (depth: number) => overridesFault('2', ofId({ claimsToAddOrOverride: { deep: nested(depth) } }), clientId)
    expect(fault(32)).toBeUndefined()
    expect(fault(33)).toBe('Unrecognizable lambda output')
    expect(fault(5000)).toBe('Unrecognizable lambda output')
  })

  it.each(['', ' ', 'a b', 'a\tb', 'a\n'])('takes no scope with a blank in it: %j', (scope) => {
    expect(overridesFault('2', ofAccess({ scopesToAdd: ['openid', scope] }), clientId)).toContain('blanks')
  })

  it.each(['email_verified', 'phone_number_verified', 'updated_at', 'address'])(
    'takes no object and no list as %s of an ID token',
    (name) => {
      for (const value of [{}, { formatted: 'x' }, ['x']]) {
        expect(overridesFault('2', ofId({ claimsToAddOrOverride: { [name]: value } }), clientId)).toContain(name)
        expect(overridesFault('2', ofAccess({ claimsToAddOrOverride: { [name]: value } }), clientId)).toBeUndefined()
      }
    },
  )

  it('stops at 5,000 claims and scopes', () => {
    const response = (claims: number, scopes: number) => ({
      claimsAndScopeOverrideDetails: {
        idTokenGeneration: { claimsToAddOrOverride: many(claims) },
        accessTokenGeneration: { claimsToAddOrOverride: many(1000), scopesToAdd: Object.keys(many(scopes)) },
      },
    })
    expect(overridesFault('3', response(3000, 1000), clientId)).toBeUndefined()
    expect(overridesFault('3', response(3001, 1000), clientId)).toContain('5000')
    expect(overridesFault('3', response(3000, 1001), clientId)).toContain('5000')
  })
})
