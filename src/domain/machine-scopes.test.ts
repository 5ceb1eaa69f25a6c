import { describe, expect, it } from 'vitest'
import { machineScopes, machineScopesFault } from './machine-scopes.ts'

const servers = [
  { Identifier: 'api', Scopes: [{ ScopeName: 'read', ScopeDescription: 'r' }] },
  { Identifier: 'https://x.example', Scopes: [{ ScopeName: 'write', ScopeDescription: 'w' }] },
]

describe('machineScopes', () => {
  it('are those that the client may have and that still exist, never those of users', () => {
    expect(machineScopes(['openid', 'aws.cognito.signin.user.admin', 'api/read', 'api/gone', 'api/read'], servers)).toEqual(['api/read'])
    expect(machineScopes(['https://x.example/write', 'api/read'], servers)).toEqual(['https://x.example/write', 'api/read'])
    expect(machineScopes(undefined, servers)).toEqual([])
    expect(machineScopes(['api/read'], [])).toEqual([])
  })
})

describe('machineScopesFault', () => {
  it.each<[string[], string[], string | undefined]>([
    [[], ['api/read'], undefined],
    [['api/read'], ['api/read', 'api/write'], undefined],
    [['api/read', 'api/write'], ['api/read'], 'Invalid scope requested: api/write'],
    [['openid'], ['api/read'], 'Invalid scope requested: openid'],
    [['api/read'], [], 'Invalid scope requested: api/read'],
    [[], [], 'The app client has no custom scope of a resource server.'],
  ])('%j of %j', (requested, granted, fault) => expect(machineScopesFault(requested, granted)).toBe(fault))
})
