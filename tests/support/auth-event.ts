import type { AuthEvent } from '../../src/domain/auth-event.ts'
import type { Harness } from './harness.ts'
import { testContext } from './known-attempt.ts'

/** A pool that keeps events. */
export const protectedPool = { UserPoolTier: 'PLUS', UserPoolAddOns: { AdvancedSecurityMode: 'AUDIT' } } as const

/** Puts an event into the history of the user with the `sub`; answers its id. */
export const addEvent = async (server: Harness, UserPoolId: string, sub: string, values: Partial<AuthEvent> = {}): Promise<string> => {
  const pool = await server.store.pools.byId(UserPoolId)
  if (pool === undefined) throw new Error(`there is no ${UserPoolId}`)
  const event: AuthEvent = {
    poolUid: pool.uid,
    userId: sub,
    EventId: server.random.uuid(),
    EventType: 'SignIn',
    CreationDate: server.clock.now(),
    EventResponse: 'Pass',
    EventRisk: { RiskDecision: 'NoRisk', CompromisedCredentialsDetected: false },
    ChallengeResponses: [{ ChallengeName: 'Password', ChallengeResponse: 'Success' }],
    EventContextData: { IpAddress: '192.0.2.1' },
    trace: { network: 'v4:c00002', deviceKey: 'a device' },
    ...values,
  }
  await server.store.authEvents.add(testContext(server).by(), event)
  return event.EventId
}
