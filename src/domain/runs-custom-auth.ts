import type { AppClient } from './app-client.ts'
import { allowedFlows } from './app-client-config.ts'
import { configuredFunction } from './trigger-config.ts'
import type { UserPool } from './user-pool.ts'

const functions = ['DefineAuthChallenge', 'CreateAuthChallenge', 'VerifyAuthChallengeResponse'] as const

/** Whether a pool has all that custom challenges take, and the app client allows them. */
export const runsCustomAuth = (pool: Pick<UserPool, 'LambdaConfig'>, client: AppClient): boolean =>
  allowedFlows(client).has('CUSTOM_AUTH') && functions.every((name) => configuredFunction(pool, name) !== undefined)
