import { describe, expect, it } from 'vitest'
import { operationNames } from '../model/model.ts'
import { answersChallenge, defaultRates, ratesOf, requestCategory } from './request-categories.ts'

describe('requestCategory', () => {
  it('knows one for every operation', () => {
    expect(operationNames.filter((name) => requestCategory(name) === undefined)).toEqual([])
  })

  it('is the quotas page’s', () => {
    expect(requestCategory('InitiateAuth')).toBe('UserAuthentication')
    expect(requestCategory('ResendConfirmationCode')).toBe('UserResourceRead')
    expect(requestCategory('TagResource')).toBe('UserPoolResourceUpdate')
  })

  it('counts new passwords as recovery', () => {
    expect(requestCategory('RespondToAuthChallenge', 'NEW_PASSWORD_REQUIRED')).toBe('UserAccountRecovery')
    expect(requestCategory('AdminRespondToAuthChallenge', 'NEW_PASSWORD_REQUIRED')).toBe('UserAccountRecovery')
    expect(requestCategory('RespondToAuthChallenge', 'SMS_MFA')).toBe('UserAuthentication')
    expect(requestCategory('GetUser', 'NEW_PASSWORD_REQUIRED')).toBe('UserRead')
  })

  it('tells answers to challenges from other calls', () => {
    expect(operationNames.filter(answersChallenge)).toEqual(['AdminRespondToAuthChallenge', 'RespondToAuthChallenge'])
  })
})

describe('ratesOf', () => {
  it('is AWS’s or none, with some replaced', () => {
    expect(ratesOf('cognito', [])).toEqual(defaultRates)
    expect(ratesOf('off', [])).toEqual({})
    expect(ratesOf('cognito', [{ category: 'UserRead', perSecond: 7 }])).toEqual({ ...defaultRates, UserRead: 7 })
    const twice = [7, 9].map((perSecond) => ({ category: 'UserRead', perSecond }) as const)
    expect(ratesOf('off', twice)).toEqual({ UserRead: 9 })
  })
})
