import type { Input, UserPoolClientType } from '../../../src/model/types.gen.ts'

/** What UpdateUserPoolClient can change. */
export type ClientChanges = Omit<Input<'UpdateUserPoolClient'>, 'UserPoolId' | 'ClientId'>

/** The call that changes these settings of an app client and says all the others again, because what is left out is reset. */
export const clientUpdate = (client: UserPoolClientType, changes: ClientChanges): Input<'UpdateUserPoolClient'> => {
  const { ClientSecret, ClientType, CreationDate, LastModifiedDate, UserPoolId = '', ClientId = '', ...settings } = client
  return { ...settings, ...changes, UserPoolId, ClientId }
}
