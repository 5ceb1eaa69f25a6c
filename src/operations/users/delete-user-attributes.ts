import { deletionFault, mayWrite } from '../../domain/attributes.ts'
import { invalidParameter, unauthorizedAttribute } from '../../errors.ts'
import { openAccessToken } from '../../flows/access-token.ts'
import { changeAttributes } from '../../flows/change-attributes.ts'
import { rereadCaller } from '../../flows/find-user.ts'
import type { Operation } from '../operation.ts'

/** Removes the caller's own attributes, as far as the app client may write them. */
export const deleteUserAttributes: Operation<'DeleteUserAttributes'> = async (request, input) => {
  const { ctx, pool, client, user } = await openAccessToken(request, input.AccessToken)
  if (!mayWrite(client, pool.SchemaAttributes, input.UserAttributeNames)) throw unauthorizedAttribute()
  const fault = deletionFault(pool.SchemaAttributes, input.UserAttributeNames)
  if (fault !== undefined) throw invalidParameter(fault)
  const removed = input.UserAttributeNames.map((Name) => ({ Name, Value: '' }))
  await changeAttributes(ctx, pool, () => rereadCaller(ctx, user), removed, 'user')
  return {}
}
