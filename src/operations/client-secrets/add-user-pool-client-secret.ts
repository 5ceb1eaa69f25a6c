import { newClientSecret } from '../../domain/ids.ts'
import { secretsPerClient } from '../../domain/quotas.ts'
import { invalidParameter, limitExceeded } from '../../errors.ts'
import { sealClientSecret } from '../../flows/client-secrets.ts'
import type { Operation } from '../operation.ts'
import { changeSecrets } from './change-secrets.ts'

/** Adds a second secret to an app client, so that one can be replaced without a pause; it is shown when it was made here. */
export const addUserPoolClientSecret: Operation<'AddUserPoolClientSecret'> = async (ctx, input) => {
  const value = input.ClientSecret ?? newClientSecret(ctx.random.below)
  const secrets = await changeSecrets(ctx, input.UserPoolId, input.ClientId, async (client) => {
    // A public client's apps have no secret to send, and the first could never go.
    // guess: a client that was made without a secret can't be given one, since the reference speaks of confidential clients alone.
    if (client.secrets.length === 0) throw invalidParameter('Client secrets can only be added to a client that has one.')
    if (client.secrets.length >= secretsPerClient) {
      throw limitExceeded(`Client secrets cannot exceed limit of ${secretsPerClient} secrets.`)
    }
    return [...client.secrets, await sealClientSecret(ctx, client, value, client.secrets)]
  })
  const added = secrets.at(-1)
  return {
    ClientSecretDescriptor: {
      ClientSecretId: added?.id,
      ClientSecretValue: input.ClientSecret === undefined ? value : undefined,
      ClientSecretCreateDate: added?.createdAt,
    },
  }
}
