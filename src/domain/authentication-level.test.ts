import { describe, expect, it } from 'vitest'
import { authenticationLevel, authenticationMethods } from './authentication-level.ts'

describe('authenticationLevel', () => {
  it.each<[string[], number]>([
    [['pwd'], 1],
    [['fed'], 1],
    [[], 1],
    [['otp', 'sms'], 2],
    [['otp', 'email_otp'], 2],
    [['swk'], 3],
    [['hwk'], 3],
    [['pwd', 'sms', 'mfa'], 3],
    [['pwd', 'email_otp', 'mfa'], 3],
    [['pwd', 'swk', 'mfa'], 3],
    [['pwd', 'otp', 'mfa'], 4],
    [['pwd', 'sms', 'otp', 'mfa'], 4],
    [['pwd', 'otp', 'email_otp', 'mfa'], 4],
    [['email_otp', 'swk', 'mfa'], 3],
  ])('%j', (amr, level) => expect(authenticationLevel(amr)).toBe(`urn:cognito:loa:${level}`))
})

describe('authenticationMethods', () => {
  it.each<[string[], string[]]>([
    [[], []],
    [['pwd'], ['pwd']],
    [['pwd', 'pwd'], ['pwd']],
    [['swk'], ['swk']],
    [
      ['pwd', 'otp'],
      ['pwd', 'otp', 'mfa'],
    ],
    [
      ['email_otp', 'hwk', 'email_otp'],
      ['email_otp', 'hwk', 'mfa'],
    ],
  ])('%j becomes %j', (proofs, methods) => expect(authenticationMethods(proofs)).toEqual(methods))
})
