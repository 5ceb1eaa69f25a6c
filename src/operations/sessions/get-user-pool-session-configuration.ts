import { poolSessionSettings } from '../../domain/session-settings.ts'
import { openPool } from '../../flows/open-pool.ts'
import type { Operation } from '../operation.ts'

/** Whether sign-ins to the pool are listed, and how many sessions a user may have. */
export const getUserPoolSessionConfiguration: Operation<'GetUserPoolSessionConfiguration'> = async (ctx, input) => {
  const pool = await openPool(ctx, input.UserPoolId)
  return { UserPoolId: pool.Id, ...poolSessionSettings(pool) }
}
