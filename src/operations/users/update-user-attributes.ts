import { writableFault } from '../../domain/attributes.ts'
import { unauthorizedAttribute, userNotFound } from '../../errors.ts'
import { openAccessToken } from '../../flows/access-token.ts'
import { changeAttributes } from '../../flows/change-attributes.ts'
import type { Operation } from '../operation.ts'

/** Writes the caller's own attributes, as far as the app client may. */
export const updateUserAttributes: Operation<'UpdateUserAttributes'> = async (ctx, input) => {
  const { pool, client, user } = await openAccessToken(ctx, input.AccessToken)
  const names = input.UserAttributes.map(({ Name }) => Name)
  if (writableFault(client, pool.SchemaAttributes, names) !== undefined) throw unauthorizedAttribute()
  const find = async () => {
    const now = await ctx.store.users.byId(pool.uid, user.id)
    if (now === undefined) throw userNotFound()
    return now
  }
  return { CodeDeliveryDetailsList: await changeAttributes(ctx, pool, find, input.UserAttributes, 'user') }
}
