import { describe, expect, it } from 'vitest'
import { authenticationLevel } from './authentication-level.ts'

describe('authenticationLevel', () => {
  it.each<[string[], number]>([
    [['pwd'], 1],
    [['fed'], 1],
    [[], 1],
    [['otp', 'sms'], 2],
    [['otp', 'email_otp'], 2],
    [['swk'], 3],
    [['hwk'], 3],
    [['pwd', 'otp', 'sms', 'mfa'], 3],
    [['pwd', 'otp', 'email_otp', 'mfa'], 3],
    [['pwd', 'otp', 'mfa'], 4],
  ])('%j', (amr, level) => expect(authenticationLevel(amr)).toBe(`urn:cognito:loa:${level}`))
})
