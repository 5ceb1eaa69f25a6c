import { openPoolClient } from '../../flows/open-client.ts'
import { openPool } from '../../flows/open-pool.ts'
import type { Operation } from '../operation.ts'
import { requireChangeableSecrets } from './change-secrets.ts'

/** An app client's secrets by id and date, never their values; at most two, so there is only one page. */
export const listUserPoolClientSecrets: Operation<'ListUserPoolClientSecrets'> = async (ctx, input) => {
  const { client } = await openPoolClient(ctx, await openPool(ctx, input.UserPoolId), input.ClientId)
  requireChangeableSecrets(client)
  return {
    ClientSecrets: client.secrets.map(({ id, createdAt }) => ({ ClientSecretId: id, ClientSecretCreateDate: createdAt })),
  }
}
