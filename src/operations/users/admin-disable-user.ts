import type { Operation } from '../operation.ts'
import { setUserEnabled } from './set-user-enabled.ts'

/** Keeps a user from signing in and ends every session. */
export const adminDisableUser: Operation<'AdminDisableUser'> = async (ctx, input) => {
  await setUserEnabled(ctx, input.UserPoolId, input.Username, false)
  return {}
}
