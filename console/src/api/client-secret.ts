import type { UserPoolClientType } from '../../../src/model/types.gen.ts'
import { call } from './call.ts'

/** Whether an app client has a secret, and whether the server tells it. */
export type ClientSecret = 'none' | 'told' | 'untold'

/** Reads that from an app client as `openClient` describes it. */
export const secretOf = ({ ClientSecret }: UserPoolClientType): ClientSecret =>
  ClientSecret === undefined ? 'none' : ClientSecret === '' ? 'untold' : 'told'

/**
 * Describes an app client. DescribeUserPoolClient tells only the secret that it was made with: once that is deleted, its ClientSecret is
 * empty here as long as the client has another. Throws ApiError.
 */
export const openClient = async (
  ids: { readonly UserPoolId: string; readonly ClientId: string },
  signal?: AbortSignal,
): Promise<UserPoolClientType | undefined> => {
  const { UserPoolClient: client } = await call('DescribeUserPoolClient', ids, signal)
  // Clients that registered themselves have one secret, which isn't listed.
  if (client === undefined || client.ClientSecret !== undefined || client.ClientType === 'DCR') return client
  const { ClientSecrets = [] } = await call('ListUserPoolClientSecrets', ids, signal)
  return ClientSecrets.length === 0 ? client : { ...client, ClientSecret: '' }
}
