import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createHarness, type Harness } from '../../../tests/support/harness.ts'
import { makePool } from '../../../tests/support/make-pool.ts'
import { trackSessions } from '../../../tests/support/tracked-sessions.ts'

let server: Harness

beforeAll(async () => {
  server = await createHarness()
})
afterAll(() => server.close())

const minutes = (MaxValidityMinutes: number) => ({ SSOSession: { MaxValidityMinutes } })

describe('SetUserPoolClientSessionConfiguration', () => {
  it('replaces the settings, and UpdateUserPoolClient leaves them alone', async () => {
    const made = await makePool(server)
    const { UserPoolId, ClientId } = made
    await trackSessions(server, made)
    for (const each of [minutes(0), minutes(129_600)]) {
      const answer = { UserPoolId, ClientId, ...each }
      expect(await server.ok('SetUserPoolClientSessionConfiguration', answer)).toEqual(answer)
      await server.ok('UpdateUserPoolClient', { UserPoolId, ClientId })
      expect(await server.ok('GetUserPoolClientSessionConfiguration', { UserPoolId, ClientId })).toEqual(answer)
    }
  })

  it('is kept while the pool tracks nothing, and can not be set then', async () => {
    const made = await makePool(server)
    const { UserPoolId, ClientId } = made
    const set = { UserPoolId, ClientId, ...minutes(5) }
    const untracked = ['OperationNotEnabledException', 'Session tracking is not enabled for the user pool.']
    expect(await server.refused('SetUserPoolClientSessionConfiguration', set)).toEqual(untracked)
    await trackSessions(server, made)
    await server.ok('SetUserPoolClientSessionConfiguration', set)
    const TokenSession = { MaxPerUser: 20 }
    await server.ok('SetUserPoolSessionConfiguration', { UserPoolId, UserSessionTracking: 'DISABLED', TokenSession })
    expect(await server.refused('SetUserPoolClientSessionConfiguration', set)).toEqual(untracked)
    expect((await server.ok('GetUserPoolClientSessionConfiguration', { UserPoolId, ClientId })).SSOSession).toEqual({
      MaxValidityMinutes: 5,
    })
  })

  it('needs more than the LITE tier', async () => {
    const { UserPoolId, ClientId } = await makePool(server, { UserPoolTier: 'LITE' })
    const [type] = await server.refused('SetUserPoolClientSessionConfiguration', { UserPoolId, ClientId, ...minutes(5) })
    expect(type).toBe('FeatureUnavailableInTierException')
  })

  it('takes no more than 90 days, and no client of another pool', async () => {
    const made = await makePool(server)
    await trackSessions(server, made)
    const { UserPoolId, ClientId } = made
    expect((await server.refused('SetUserPoolClientSessionConfiguration', { UserPoolId, ClientId, ...minutes(129_601) }))[0]).toBe(
      'InvalidParameterException',
    )
    const other = await makePool(server)
    const foreign = { UserPoolId, ClientId: other.ClientId, ...minutes(5) }
    expect((await server.refused('SetUserPoolClientSessionConfiguration', foreign))[0]).toBe('ResourceNotFoundException')
  })
})
