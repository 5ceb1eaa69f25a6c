import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createHarness, type Harness } from '../../../tests/support/harness.ts'
import { makePool } from '../../../tests/support/make-pool.ts'
import { makeUser } from '../../../tests/support/make-user.ts'
import { trackSessions } from '../../../tests/support/tracked-sessions.ts'

let server: Harness

beforeAll(async () => {
  server = await createHarness()
})
afterAll(() => server.close())

const settings = (MaxPerUser: number, UserSessionTracking: 'ENABLED' | 'DISABLED' = 'ENABLED') => ({
  UserSessionTracking,
  TokenSession: { MaxPerUser },
})

describe('SetUserPoolSessionConfiguration', () => {
  it('replaces the settings, and UpdateUserPool leaves them alone', async () => {
    const { UserPoolId } = await makePool(server)
    for (const each of [settings(1), settings(100), settings(5, 'DISABLED')]) {
      expect(await server.ok('SetUserPoolSessionConfiguration', { UserPoolId, ...each })).toEqual({ UserPoolId, ...each })
      await server.ok('UpdateUserPool', { UserPoolId })
      expect(await server.ok('GetUserPoolSessionConfiguration', { UserPoolId })).toEqual({ UserPoolId, ...each })
    }
  })

  it('needs more than the LITE tier, and the pool then stays above it', async () => {
    const lite = await makePool(server, { UserPoolTier: 'LITE' })
    const refusal = [
      'FeatureUnavailableInTierException',
      'The following features need to be disabled for the LITE pricing tier configured: Session Management',
    ]
    expect(await server.refused('SetUserPoolSessionConfiguration', { UserPoolId: lite.UserPoolId, ...settings(5) })).toEqual(refusal)
    const { UserPoolId } = await makePool(server)
    const Policies = { SignInPolicy: { AllowedFirstAuthFactors: ['PASSWORD' as const] } }
    await server.ok('SetUserPoolSessionConfiguration', { UserPoolId, ...settings(5) })
    expect(await server.refused('UpdateUserPool', { UserPoolId, UserPoolTier: 'LITE', Policies })).toEqual(refusal)
    await server.ok('SetUserPoolSessionConfiguration', { UserPoolId, ...settings(5, 'DISABLED') })
    await server.ok('UpdateUserPool', { UserPoolId, UserPoolTier: 'LITE', Policies })
  })

  it.each([0, 101, -1])('takes no limit of %d', async (MaxPerUser) => {
    const { UserPoolId } = await makePool(server)
    const [type] = await server.refused('SetUserPoolSessionConfiguration', { UserPoolId, ...settings(MaxPerUser) })
    expect(type).toBe('InvalidParameterException')
  })

  it('ends nobody by a lower limit before the next sign-in', async () => {
    const made = await makePool(server)
    const sessions = await trackSessions(server, made)
    await makeUser(server, made.UserPoolId, 'ana')
    const [first, second, third] = [await sessions.signIn('ana'), await sessions.signIn('ana'), await sessions.signIn('ana')]
    await server.ok('SetUserPoolSessionConfiguration', { UserPoolId: made.UserPoolId, ...settings(2) })
    expect(await sessions.ids('ana')).toHaveLength(3)
    // The first is the one that was used last.
    expect((await sessions.refresh(first.RefreshToken)).status).toBe(200)
    const fourth = await sessions.signIn('ana')
    expect(await sessions.ids('ana')).toHaveLength(2)
    for (const { RefreshToken } of [first, fourth]) expect((await sessions.refresh(RefreshToken)).status).toBe(200)
    for (const { RefreshToken, AccessToken } of [second, third]) {
      expect((await sessions.refresh(RefreshToken)).body.message).toBe('Refresh Token has been revoked')
      expect(await server.refused('GetUser', { AccessToken })).toEqual(['NotAuthorizedException', 'Access Token has been revoked'])
    }
  })

  it('switched off lists nothing more and ends nothing', async () => {
    const made = await makePool(server)
    const { UserPoolId } = made
    const sessions = await trackSessions(server, made)
    await makeUser(server, UserPoolId, 'ana')
    const tracked = await sessions.signIn('ana')
    await server.ok('SetUserPoolSessionConfiguration', { UserPoolId, ...settings(20, 'DISABLED') })
    const untracked = await sessions.signIn('ana')
    for (const { RefreshToken } of [tracked, untracked]) expect((await sessions.refresh(RefreshToken)).status).toBe(200)
    expect(await server.refused('AdminListUserSessions', { UserPoolId, Username: 'ana' })).toEqual([
      'OperationNotEnabledException',
      'Session tracking is not enabled for the user pool.',
    ])
    await server.ok('SetUserPoolSessionConfiguration', { UserPoolId, ...settings(20) })
    expect(await sessions.ids('ana')).toHaveLength(1)
    expect((await sessions.refresh(untracked.RefreshToken)).status).toBe(200)
  })
})
