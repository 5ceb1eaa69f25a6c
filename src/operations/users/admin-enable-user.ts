import type { Operation } from '../operation.ts'
import { setUserEnabled } from './set-user-enabled.ts'

/** Lets a disabled user sign in again. */
export const adminEnableUser: Operation<'AdminEnableUser'> = async (ctx, input) => {
  await setUserEnabled(ctx, input.UserPoolId, input.Username, true)
  return {}
}
