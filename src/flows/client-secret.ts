import type { Context } from '../context.ts'
import { equalText } from '../crypto/constant-time.ts'
import type { AppClient } from '../domain/app-client.ts'
import { notAuthorized } from '../errors.ts'
import { openClientSecrets } from './client-secrets.ts'

const wrongSecret = () => notAuthorized('Invalid client or secret')

/** Checks a client secret that was sent in plain, where the client has one; throws NotAuthorizedException, or the given error. */
export const requireClientSecret = async (
  ctx: Context,
  client: AppClient,
  presented: string | undefined,
  refusal: () => Error = wrongSecret,
): Promise<void> => {
  if (client.secrets.length === 0) {
    if (presented !== undefined) throw refusal()
    return
  }
  const secrets = await openClientSecrets(ctx, client)
  if (presented === undefined || !secrets.map((secret) => equalText(secret, presented)).includes(true)) throw refusal()
}
