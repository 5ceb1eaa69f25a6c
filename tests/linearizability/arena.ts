import type { Arena } from './histories.ts'
import { unexpected } from './recorder.ts'
import type { ServerUnderTest } from './server-under-test.ts'

/** Makes the pool and the client that histories are recorded on. */
export const openArena = async (
  servers: readonly [ServerUnderTest, ...ServerUnderTest[]],
  more: Pick<Arena, 'grace' | 'code' | 'below'>,
): Promise<Arena> => {
  const ask = async (...request: Parameters<ServerUnderTest['call']>) => {
    const reply = await servers[0].call(...request)
    return reply?.refused === undefined ? reply?.body : unexpected(reply)
  }
  const { UserPool } = await ask('CreateUserPool', { PoolName: 'at once', AliasAttributes: ['email'], AutoVerifiedAttributes: ['email'] })
  const UserPoolId: string = UserPool.Id
  const { UserPoolClient } = await ask('CreateUserPoolClient', {
    UserPoolId,
    ClientName: 'at once',
    ExplicitAuthFlows: ['ALLOW_USER_PASSWORD_AUTH'],
    PreventUserExistenceErrors: 'LEGACY',
    RefreshTokenRotation: { Feature: 'ENABLED', RetryGracePeriodSeconds: more.grace },
  })
  return { servers, UserPoolId, ClientId: UserPoolClient.ClientId, ...more }
}
