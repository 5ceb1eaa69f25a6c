import { deletionFault, writableFault } from '../../domain/attributes.ts'
import { invalidParameter, unauthorizedAttribute } from '../../errors.ts'
import { openAccessToken } from '../../flows/access-token.ts'
import { changeAttributes } from '../../flows/change-attributes.ts'
import { rereadCaller } from '../../flows/find-user.ts'
import type { Operation } from '../operation.ts'

/** Removes the caller's own attributes, as far as the app client may write them. */
export const deleteUserAttributes: Operation<'DeleteUserAttributes'> = async (ctx, input) => {
  const { pool, client, user } = await openAccessToken(ctx, input.AccessToken)
  if (writableFault(client, pool.SchemaAttributes, input.UserAttributeNames) !== undefined) throw unauthorizedAttribute()
  const fault = deletionFault(pool.SchemaAttributes, input.UserAttributeNames)
  if (fault !== undefined) throw invalidParameter(fault)
  const removed = input.UserAttributeNames.map((Name) => ({ Name, Value: '' }))
  await changeAttributes(ctx, pool, () => rereadCaller(ctx, user), removed, 'user')
  return {}
}
