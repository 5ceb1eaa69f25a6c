import { mayDoToPool } from '../api/authorise.ts'
import type { Services } from '../context.ts'
import { isObject } from '../domain/is-object.ts'
import type { LambdaConfigType } from '../model/types.gen.ts'
import type { ConsoleView } from './console-views.ts'

/** What the view asks of the functions. */
export interface KnownFunctions {
  /** The last calls, newest first; empty where none are kept. */
  invocations(): readonly { readonly event: unknown }[]
  isMapped(arn: string): boolean
}

const arnsOf = ({ KMSKeyID: _, ...triggers }: LambdaConfigType): string[] =>
  Object.values(triggers).flatMap((one) => (typeof one === 'string' ? one : (one?.LambdaArn ?? [])))

/**
 * The last calls of a pool's functions, and those of its functions that nothing is mapped to, for operators whose policies allow to describe the
 * pool.
 */
export const createTriggersView =
  (known: Pick<Services, 'store' | 'policy'>, functions: KnownFunctions): ConsoleView =>
  async (poolId, { operator }) => {
    const [region = ''] = poolId.split('_')
    if (!(await mayDoToPool(known, { policies: operator.policies, region }, 'cognito-idp:DescribeUserPool', poolId))) return 'denied'
    const pool = await known.store.pools.byId(poolId)
    if (pool === undefined) return undefined
    return {
      invocations: functions.invocations().filter(({ event }) => isObject(event) && event['userPoolId'] === poolId),
      unmapped: [...new Set(arnsOf(pool.LambdaConfig ?? {}))].filter((arn) => arn !== '' && !functions.isMapped(arn)),
    }
  }
