import { mayWrite } from '../../domain/attributes.ts'
import { unauthorizedAttribute } from '../../errors.ts'
import { openAccessToken } from '../../flows/access-token.ts'
import { changeAttributes } from '../../flows/change-attributes.ts'
import { rereadCaller } from '../../flows/find-user.ts'
import type { Operation } from '../operation.ts'

/** Writes the caller's own attributes, as far as the app client may. */
export const updateUserAttributes: Operation<'UpdateUserAttributes'> = async (request, input) => {
  const { ctx, pool, client, user } = await openAccessToken(request, input.AccessToken)
  const names = input.UserAttributes.map(({ Name }) => Name)
  if (!mayWrite(client, pool.SchemaAttributes, names)) throw unauthorizedAttribute()
  const sent = await changeAttributes(ctx, pool, () => rereadCaller(ctx, user), input.UserAttributes, 'user', {
    clientId: client.ClientId,
    clientMetadata: input.ClientMetadata,
  })
  return { CodeDeliveryDetailsList: sent }
}
