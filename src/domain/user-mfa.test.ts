import { describe, expect, it } from 'vitest'
import { plainUser } from '../../tests/support/plain-pool.ts'
import type { User, UserMfa } from './user.ts'
import { withFactor, withoutToken, withPendingToken, withToken } from './user-mfa.ts'

const user = (mfa?: UserMfa): User => ({ ...plainUser, mfa })
const [old, young] = [{ sealedSecret: 'old' }, { sealedSecret: 'young' }]

describe('a user’s factors', () => {
  it('are switched on once', () => {
    expect(withFactor(user(), 'SMS_MFA')).toEqual({ enabled: ['SMS_MFA'] })
    expect(withFactor(user({ enabled: ['SMS_MFA'] }), 'SMS_MFA')).toEqual({ enabled: ['SMS_MFA'] })
  })

  it('keep a token until a new one is verified', () => {
    const pending = withPendingToken(user({ enabled: [], softwareToken: old }), young)
    expect(pending).toEqual({ enabled: [], softwareToken: old, pendingToken: young })
    expect(withToken(user(pending), young)).toEqual({ enabled: [], softwareToken: young })
  })

  it('lose the token with all that hangs on it', () => {
    const all: UserMfa = {
      enabled: ['SOFTWARE_TOKEN_MFA', 'SMS_MFA'],
      preferred: 'SOFTWARE_TOKEN_MFA',
      softwareToken: old,
      pendingToken: young,
    }
    expect(withoutToken(user(all))).toEqual({ enabled: ['SMS_MFA'] })
    expect(withoutToken(user({ ...all, preferred: 'SMS_MFA' }))).toEqual({ enabled: ['SMS_MFA'], preferred: 'SMS_MFA' })
  })
})
