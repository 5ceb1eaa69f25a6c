import { writableFault } from '../../domain/attributes.ts'
import { unauthorizedAttribute, userNotFound } from '../../errors.ts'
import { openAccessToken } from '../../flows/access-token.ts'
import { changeAttributes } from '../../flows/change-attributes.ts'
import type { Operation } from '../operation.ts'

/** Removes the caller's own attributes, as far as the app client may write them. */
export const deleteUserAttributes: Operation<'DeleteUserAttributes'> = async (ctx, input) => {
  const { pool, client, user } = await openAccessToken(ctx, input.AccessToken)
  if (writableFault(client, pool.SchemaAttributes, input.UserAttributeNames) !== undefined) throw unauthorizedAttribute()
  const find = async () => {
    const now = await ctx.store.users.byId(pool.uid, user.id)
    if (now === undefined) throw userNotFound()
    return now
  }
  const removed = input.UserAttributeNames.map((Name) => ({ Name, Value: '' }))
  await changeAttributes(ctx, pool, find, removed, 'user')
  return {}
}
