import { CognitoError, limitExceeded } from '../../errors.ts'
import type { Operation } from '../operation.ts'
import { changeSecrets } from './change-secrets.ts'

/** Deletes one of an app client's two secrets; the only one stays. */
export const deleteUserPoolClientSecret: Operation<'DeleteUserPoolClientSecret'> = async (ctx, input) => {
  await changeSecrets(ctx, input.UserPoolId, input.ClientId, async (client) => {
    const kept = client.secrets.filter(({ id }) => id !== input.ClientSecretId)
    if (kept.length === client.secrets.length) {
      throw new CognitoError('ResourceNotFoundException', `Client secret ${input.ClientSecretId} does not exist.`)
    }
    if (kept.length === 0) throw limitExceeded('The only secret of a client cannot be deleted.')
    return kept
  })
  return {}
}
