import { describe, expect, it } from 'vitest'
import { type AdjustableClock, createAdjustableClock } from '../clock.ts'
import type { RatePeers, Taken } from '../domain/rate.ts'
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

describe('several processes', () => {
  it('count together what each of them lets through', () => {
    const clock = createAdjustableClock({ now: () => 1_000_000 })
    const told: Taken[] = []
    const heard: ((taken: readonly Taken[]) => void)[] = []
    const peers: RatePeers = { processes: 2, tell: (share) => told.push({ ...share, times: 1 }), listen: (hear) => heard.push(hear) }
    const [one, other] = [createRequestRates({ UserCreation: 10 }, clock, peers), createRequestRates({ UserCreation: 10 }, clock, peers)]
    expect(passed(one, 7, 'SignUp')).toBe(7)
    expect(told).toHaveLength(7)
    heard[1]?.(told.splice(0))
    expect(passed(other, 7, 'SignUp')).toBe(3)
    expect(told).toHaveLength(3)
    heard[0]?.(told.splice(0))
    expect(passed(one, 1, 'SignUp')).toBe(0)
    clock.advance(100)
    expect(passed(one, 2, 'SignUp')).toBe(1)
  })

  it('do not tell each other of every user', () => {
    const told: unknown[] = []
    const peers: RatePeers = { processes: 2, tell: (share) => told.push(share), listen: () => undefined }
    const rates = createRequestRates({ UserRead: 10 }, createAdjustableClock(), peers)
    expect(Array.from({ length: 11 }, () => rates.takeForUser('GetUser', 'ana')).lastIndexOf(true)).toBe(9)
    expect(told).toEqual([])
  })
})

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

  it('keeps what comes to domains within the rates of its source, of the app client and of the domain', () => {
    const { rates, clock } = open({ RequestsFromSourceIp: 3, RequestsToAppClient: 4, RequestsToDomain: 5 })
    const take = (source: string, domain?: string, client?: string) => rates.takeAtDomain({ source, domain, client })
    const passed = (times: number, ...request: Parameters<typeof take>) =>
      Array.from({ length: times }, () => take(...request)).filter((throttle) => throttle === undefined).length
    expect(passed(9, 'a', 'shop', 'web')).toBe(3)
    expect(take('a', 'shop', 'web')?.category).toBe('RequestsFromSourceIp')
    // What its source's rate refused took nothing from the others.
    expect(passed(9, 'b', 'shop', 'web')).toBe(1)
    expect(take('c', 'shop', 'web')).toEqual({ category: 'RequestsToAppClient', wait: 250 })
    expect(passed(9, 'c', 'shop', 'app')).toBe(1)
    expect(take('d', 'shop')).toEqual({ category: 'RequestsToDomain', wait: 200 })
    // Another domain, and the server's own address, count for themselves; the latter has no rate of its own.
    expect(passed(9, 'a', 'other', 'web')).toBe(3)
    expect(['a', 'b', 'c', 'd'].map((source) => passed(9, source))).toEqual([3, 3, 3, 3])
    expect([passed(9, 'e', undefined, 'web'), passed(9, 'f', undefined, 'web')]).toEqual([3, 1])
    clock.advance(1000)
    expect(passed(9, 'd', 'shop')).toBe(3)
    expect(passed(9, 'd')).toBe(3)
  })

  it('limits at domains what has a rate, and nothing else', () => {
    const { rates } = open({ RequestsToAppClient: 2 })
    const take = (client?: string) => rates.takeAtDomain({ source: 'a', domain: 'shop', client })
    expect([take(), take(), take(), take('web'), take('web'), take('web')?.category]).toEqual([
      undefined,
      undefined,
      undefined,
      undefined,
      undefined,
      'RequestsToAppClient',
    ])
    const free = open({}).rates
    expect(Array.from({ length: 900 }, () => free.takeAtDomain({ source: 'a', domain: 'shop', client: 'web' })).every((one) => !one)).toBe(
      true,
    )
  })

  it('gives signers rates that nobody else uses up', () => {
    const { rates } = open({ UserUpdate: 5 })
    const take = (isSigner: boolean) => rates.takeFor('GlobalSignOut', 'us-east-1', {}, { isSigner, address: '127.0.0.1' })
    expect(Array.from({ length: 50 }, () => take(false)).filter((one) => one === undefined)).toHaveLength(5 + 1)
    expect(Array.from({ length: 50 }, () => take(true)).filter((one) => one === undefined)).toHaveLength(5)
  })

  it('keeps something for those who ask for little while one network asks for all there is', () => {
    const { rates, clock } = open({ UserAuthentication: 40 })
    const from = (network: number, times = 1) =>
      Array.from({ length: times }, () => rates.takeFor('InitiateAuth', 'us-east-1', {}, { address: `192.0.${network}.1` })).filter(
        (one) => one === undefined,
      ).length
    expect(from(9, 500)).toBe(40 + 2)
    expect([1, 2, 3, 4, 5].map((network) => from(network, 3))).toEqual([2, 2, 2, 2, 0])
    clock.advance(1000)
    expect(from(9, 500)).toBe(40 + 2)
    expect(rates.take('UserAuthentication', 'us-east-1', { address: '192.0.1.77' })).toBeUndefined()
    expect(rates.take('UserAuthentication', 'us-east-1')).toMatchObject({ category: 'UserAuthentication' })
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
