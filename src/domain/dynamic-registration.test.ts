import { describe, expect, it } from 'vitest'
import type { DcrConfigurationType } from '../model/types.gen.ts'
import {
  allowsOpenRegistration,
  allowsRegistration,
  managedServers,
  registrableGrants,
  registrableScopes,
  registrationScope,
  storedRegistration,
} from './dynamic-registration.ts'

const pool = (DcrConfiguration?: DcrConfigurationType, UserPoolTier: 'LITE' | 'ESSENTIALS' = 'ESSENTIALS') => ({
  Id: 'us-east-1_a',
  UserPoolTier,
  DcrConfiguration,
})

describe('dynamic client registration', () => {
  it.each([
    [pool(), false, false],
    [pool({}), true, false],
    [pool({ EnableStatus: 'Enabled', OpenDcrEnabled: true }), true, true],
    [pool({ EnableStatus: 'Disabled', OpenDcrEnabled: true }), false, false],
    [pool({ OpenDcrEnabled: true }, 'LITE'), false, false],
  ])('%j allows it %s, openly %s', (configured, any, open) => {
    expect([allowsRegistration(configured), allowsOpenRegistration(configured)]).toEqual([any, open])
    expect(managedServers(configured)).toHaveLength(any ? 1 : 0)
  })

  it('has the grants of its kind, never implicit', () => {
    expect(registrableGrants(pool({}), 'authenticated')).toEqual(['code', 'client_credentials'])
    expect(registrableGrants(pool({}), 'open')).toEqual(['code'])
    expect(registrableGrants(pool({ AuthenticatedGrantTypes: ['implicit', 'code'] }), 'authenticated')).toEqual(['code'])
    expect(registrableGrants(pool({ AuthenticatedGrantTypes: ['implicit'] }), 'authenticated')).toEqual([])
    expect(registrableGrants(pool({ OpenDcrGrantTypes: [] }), 'open')).toEqual([])
  })

  it('adds scopes to those of OpenID Connect, never the one that registers', () => {
    expect(registrableScopes(pool({}))).toEqual(['openid', 'email', 'phone', 'profile'])
    expect(registrableScopes(pool({ AllowedScopes: ['api/read', 'openid', registrationScope] }))).toEqual([
      'openid',
      'email',
      'phone',
      'profile',
      'api/read',
    ])
  })

  it('is turned on by a configuration that does not say', () => {
    expect(storedRegistration(undefined)).toBeUndefined()
    expect(storedRegistration({})).toEqual({ EnableStatus: 'Enabled', OpenDcrEnabled: false })
    expect(storedRegistration({ EnableStatus: 'Disabled' })).toEqual({ EnableStatus: 'Disabled', OpenDcrEnabled: false })
  })
})
