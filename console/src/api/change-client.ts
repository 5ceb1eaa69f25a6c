import type { UserPoolClientType } from '../../../src/model/types.gen.ts'
import { call } from './call.ts'
import { type ClientChanges, clientUpdate } from './client-changes.ts'

type ChangesOf = (client: UserPoolClientType) => ClientChanges

/** Changes settings of an app client as it is now, not as it was when the page was opened, and leaves the others. Throws ApiError. */
export const changeClient = async (UserPoolId: string, ClientId: string, changesOf: ChangesOf): Promise<void> => {
  const { UserPoolClient: client = {} } = await call('DescribeUserPoolClient', { UserPoolId, ClientId })
  await call('UpdateUserPoolClient', clientUpdate({ ...client, UserPoolId, ClientId }, changesOf(client)))
}
