import { deletionFault } from '../../domain/attributes.ts'
import { invalidParameter } from '../../errors.ts'
import { changeAttributes } from '../../flows/change-attributes.ts'
import { requireUser } from '../../flows/find-user.ts'
import { openPool } from '../../flows/open-pool.ts'
import type { Operation } from '../operation.ts'

/** Removes attributes of a user. */
export const adminDeleteUserAttributes: Operation<'AdminDeleteUserAttributes'> = async (ctx, input) => {
  const pool = await openPool(ctx, input.UserPoolId)
  const fault = deletionFault(pool.SchemaAttributes, input.UserAttributeNames)
  if (fault !== undefined) throw invalidParameter(fault)
  const removed = input.UserAttributeNames.map((Name) => ({ Name, Value: '' }))
  await changeAttributes(ctx, pool, () => requireUser(ctx, pool, input.Username), removed, 'admin')
  return {}
}
