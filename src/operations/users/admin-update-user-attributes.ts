import { changeAttributes } from '../../flows/change-attributes.ts'
import { requireUser } from '../../flows/find-user.ts'
import { openPool } from '../../flows/open-pool.ts'
import type { Operation } from '../operation.ts'

/** Writes a user's attributes; may mark e-mail and phone as verified. */
export const adminUpdateUserAttributes: Operation<'AdminUpdateUserAttributes'> = async (ctx, input) => {
  const pool = await openPool(ctx, input.UserPoolId)
  await changeAttributes(ctx, pool, () => requireUser(ctx, pool, input.Username), input.UserAttributes, 'admin', {
    clientMetadata: input.ClientMetadata,
  })
  return {}
}
