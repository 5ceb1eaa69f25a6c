import { call } from './call.ts'
import { type ClientChanges, clientUpdate } from './client-changes.ts'

/** Changes settings of an app client and leaves the others as they are now, whatever the page had loaded. Throws ApiError. */
export const changeClient = async (UserPoolId: string, ClientId: string, changes: ClientChanges): Promise<void> => {
  const { UserPoolClient = {} } = await call('DescribeUserPoolClient', { UserPoolId, ClientId })
  await call('UpdateUserPoolClient', clientUpdate({ ...UserPoolClient, UserPoolId, ClientId }, changes))
}
