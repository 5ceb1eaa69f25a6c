import { describe, expect, it } from 'vitest'
import { type AdjustableClock, createAdjustableClock } from '../clock.ts'
import type { Rates } from '../domain/request-categories.ts'
import type { OperationName } from '../model/types.gen.ts'
import { createRequestRates, type RequestRates } from './request-rates.ts'

const open = (rates: Rates): { readonly rates: RequestRates; readonly clock: AdjustableClock } => {
  const clock = createAdjustableClock({ now: () => 1_000_000 })
  return { rates: createRequestRates(rates, clock), clock }
}

/** How many of `times` calls at once pass. */
const passed = (rates: RequestRates, times: number, operation: OperationName, input = {}, region = 'us-east-1'): number =>
  Array.from({ length: times }, () => rates.takeFor(operation, region, input)).filter((throttle) => throttle === undefined).length

describe('createRequestRates', () => {
  it('lets operations of one category share its rate, in each region', () => {
    const { rates, clock } = open({ UserCreation: 10 })
    expect(passed(rates, 6, 'SignUp')).toBe(6)
    expect(passed(rates, 6, 'AdminCreateUser')).toBe(4)
    expect(rates.takeFor('SignUp', 'us-east-1', {})).toEqual({ category: 'UserCreation', wait: 100 })
    expect(passed(rates, 12, 'SignUp', {}, 'eu-west-1')).toBe(10)
    clock.advance(100)
    expect(passed(rates, 3, 'ConfirmSignUp')).toBe(1)
    clock.advance(1000)
    expect(passed(rates, 20, 'ConfirmSignUp')).toBe(10)
  })

  it('limits nothing without a rate', () => {
    const { rates } = open({ UserCreation: 1 })
    expect(passed(rates, 500, 'InitiateAuth')).toBe(500)
    expect(passed(rates, 500, 'RespondToAuthChallenge')).toBe(500)
    expect(passed(rates, 500, 'CreateGroup', { UserPoolId: 'p' })).toBe(500)
  })

  it('gives answers to challenges three times the rate, then what sign-ins have left', () => {
    const { rates } = open({ UserAuthentication: 10, UserAccountRecovery: 2 })
    expect(passed(rates, 4, 'InitiateAuth')).toBe(4)
    expect(passed(rates, 50, 'RespondToAuthChallenge', { ChallengeName: 'SMS_MFA' })).toBe(30 + 6)
    expect(rates.takeFor('AdminRespondToAuthChallenge', 'us-east-1', {})).toMatchObject({ category: 'UserAuthentication' })
    expect(passed(rates, 5, 'InitiateAuth')).toBe(0)
    expect(passed(rates, 5, 'RespondToAuthChallenge', { ChallengeName: 'NEW_PASSWORD_REQUIRED' })).toBe(2)
  })

  it('lets one operation on what belongs to a pool be called five times a second for it', () => {
    const { rates, clock } = open({ UserPoolResourceUpdate: 15 })
    expect(passed(rates, 9, 'CreateGroup', { UserPoolId: 'one' })).toBe(5)
    expect(passed(rates, 9, 'CreateGroup', { UserPoolId: 'other' })).toBe(5)
    expect(passed(rates, 9, 'TagResource', { ResourceArn: 'arn' })).toBe(5)
    // Now the region has nothing left; what is refused for that takes nothing from the pool either.
    expect(passed(rates, 9, 'UpdateGroup', { UserPoolId: 'one' })).toBe(0)
    clock.advance(1000)
    expect(passed(rates, 9, 'UpdateGroup', { UserPoolId: 'one' })).toBe(5)
  })

  it('lets a user read ten times a second and write ten times, if anything is limited', () => {
    const { rates, clock } = open({ UserCreation: 1 })
    const taken = (operation: OperationName, user: string) =>
      Array.from({ length: 15 }, () => rates.takeForUser(operation, user)).filter(Boolean).length
    expect(taken('GetUser', 'ana')).toBe(10)
    expect(taken('ListDevices', 'ana')).toBe(0)
    expect(taken('UpdateUserAttributes', 'ana')).toBe(10)
    expect(taken('GetUser', 'eva')).toBe(10)
    clock.advance(200)
    expect(taken('GetUser', 'ana')).toBe(2)
    expect(Array.from({ length: 50 }, () => open({}).rates.takeForUser('GetUser', 'ana')).every(Boolean)).toBe(true)
  })

  it('can be asked for a category by name', () => {
    const { rates } = open({ ClientAuthentication: 1 })
    expect(rates.take('ClientAuthentication', 'us-east-1')).toBeUndefined()
    expect(rates.take('ClientAuthentication', 'us-east-1')).toEqual({ category: 'ClientAuthentication', wait: 1000 })
  })

  it('still counts after it has seen very many pools', () => {
    const { rates, clock } = open({ UserPoolResourceRead: 1_000_000 })
    for (let n = 0; n < 25_000; n += 1) rates.takeFor('GetGroup', 'us-east-1', { UserPoolId: `pool ${n}` })
    expect(passed(rates, 9, 'GetGroup', { UserPoolId: 'pool 1' })).toBe(4)
    clock.advance(1000)
    expect(passed(rates, 9, 'GetGroup', { UserPoolId: 'pool 1' })).toBe(5)
  })
})
