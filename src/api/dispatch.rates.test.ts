import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { callsThrough, createHarness, type Harness } from '../../tests/support/harness.ts'
import { type MadePool, makePool } from '../../tests/support/make-pool.ts'
import { makeUser, password } from '../../tests/support/make-user.ts'
import { redispatch } from '../../tests/support/redispatch.ts'
import type { Rates } from '../domain/request-categories.ts'
import { createRequestRates } from './request-rates.ts'

let server: Harness
let pool: MadePool

beforeAll(async () => {
  server = await createHarness()
  pool = await makePool(server)
  await makeUser(server, pool.UserPoolId, 'ana')
})
afterAll(() => server.close())

const limited = (rates: Rates) => callsThrough(redispatch(server, {}, { rates: createRequestRates(rates, server.clock) }))
const signingIn = (PASSWORD: string) => ({
  ClientId: pool.ClientId,
  AuthFlow: 'USER_PASSWORD_AUTH' as const,
  AuthParameters: { USERNAME: 'ana', PASSWORD },
})
const counted = async (line: string): Promise<number> => {
  const found = (await server.meter.text()).split('\n').find((one) => one.startsWith(`${line} `))
  return Number(found?.split(' ').at(-1) ?? 0)
}

describe('a dispatcher with rates', () => {
  it('refuses what is beyond the rate as AWS does, and says when to come again', async () => {
    const calls = limited({ UserAuthentication: 2 })
    const throttled = 'poolhouse_throttled_requests_total{category="UserAuthentication"}'
    const refused = 'poolhouse_requests_total{operation="InitiateAuth",outcome="TooManyRequestsException"}'
    const before = [await counted(throttled), await counted(refused)]
    const answers = await Promise.all(Array.from({ length: 5 }, () => calls.call('InitiateAuth', signingIn(password))))
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 200, 400, 400, 400])
    const refusal = answers.find(({ status }) => status === 400)
    expect(refusal?.body).toEqual({ __type: 'TooManyRequestsException', message: 'Rate exceeded' })
    expect(refusal?.headers).toMatchObject({ 'retry-after': '1', 'x-amzn-errortype': 'TooManyRequestsException:' })
    expect([await counted(throttled), await counted(refused)]).toEqual(before.map((n) => n + 3))
    server.clock.advance(1000)
    expect((await calls.call('InitiateAuth', signingIn(password))).status).toBe(200)
  })

  it('counts a wrong call for nobody’s lock-out once the rate is used up', async () => {
    const calls = limited({ UserAuthentication: 1 })
    const [type] = await calls.refused('InitiateAuth', signingIn('wrong-Horse-7'))
    expect(type).toBe('NotAuthorizedException')
    for (let n = 0; n < 9; n += 1) expect((await calls.refused('InitiateAuth', signingIn('wrong')))[0]).toBe('TooManyRequestsException')
    expect((await server.call('InitiateAuth', signingIn(password))).status).toBe(200)
  })

  it('keeps regions, categories and pools apart', async () => {
    const calls = limited({ UserPoolRead: 1, UserPoolResourceUpdate: 15 })
    const list = (region: string) => calls.call('ListUserPools', { MaxResults: 1 }, { region })
    expect((await list('us-east-1')).status).toBe(200)
    expect((await list('us-east-1')).status).toBe(400)
    expect((await list('eu-west-1')).status).toBe(200)
    const other = await makePool(server)
    const creates = async (UserPoolId: string) => {
      const answers = await Promise.all(
        Array.from({ length: 7 }, (_, n) => calls.call('CreateGroup', { UserPoolId, GroupName: `group-${n}` })),
      )
      return answers.filter(({ status }) => status === 200).length
    }
    expect(await creates(pool.UserPoolId)).toBe(5)
    expect(await creates(other.UserPoolId)).toBe(5)
  })

  it('lets no caller without the right to call use a rate up', async () => {
    const rates = createRequestRates({ UserPoolRead: 1 }, server.clock)
    const strict = callsThrough(redispatch(server, {}, { auth: 'verify', rates }))
    for (let n = 0; n < 3; n += 1)
      expect((await strict.refused('ListUserPools', { MaxResults: 1 }))[0]).not.toBe('TooManyRequestsException')
    expect(rates.take('UserPoolRead', 'us-east-1')).toBeUndefined()
  })
})

describe('the metrics of a dispatcher', () => {
  it('tell requests by operation and outcome', async () => {
    const lines = ['ok', 'NotAuthorizedException'].map(
      (outcome) => `poolhouse_requests_total{operation="InitiateAuth",outcome="${outcome}"}`,
    )
    const before = await Promise.all(lines.map(counted))
    await server.ok('InitiateAuth', signingIn(password))
    await server.refused('InitiateAuth', signingIn('wrong-Horse-7'))
    await server.refused('InitiateAuth', signingIn('wrong-Horse-7'))
    expect(await Promise.all(lines.map(counted))).toEqual([(before[0] ?? 0) + 1, (before[1] ?? 0) + 2])
  })

  it('tell lock-outs and hourly caps', async () => {
    await makeUser(server, pool.UserPoolId, 'ben')
    const input = (PASSWORD: string) => ({ ...signingIn(PASSWORD), AuthParameters: { USERNAME: 'ben', PASSWORD } })
    for (let n = 0; n < 7; n += 1) await server.refused('InitiateAuth', input('wrong-Horse-7'))
    expect(await counted('poolhouse_lockout_refusals_total{kind="password"}')).toBe(2)
    for (let n = 0; n < 17; n += 1) {
      await server.refused('ConfirmSignUp', { ClientId: pool.ClientId, Username: 'nobody', ConfirmationCode: '123456' })
    }
    expect(await counted('poolhouse_hourly_cap_refusals_total{kind="ConfirmSignUp"}')).toBe(2)
  })

  it('tell faults of the server, and operations that nobody knows', async () => {
    const broken = callsThrough(redispatch(server, { store: {} as Harness['store'] }))
    expect((await broken.call('ListUserPools', { MaxResults: 1 })).status).toBe(500)
    expect(await counted('poolhouse_requests_total{operation="ListUserPools",outcome="InternalErrorException"}')).toBe(1)
    await server.post({ 'x-amz-target': 'AWSCognitoIdentityProviderService.Invented' }, '{}')
    expect(await counted('poolhouse_requests_total{operation="unknown",outcome="UnknownOperationException"}')).toBe(1)
  })
})
