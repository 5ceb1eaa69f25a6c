import { requireClientSecret } from '../../flows/client-secret.ts'
import { openClient } from '../../flows/open-client.ts'
import { readRefreshToken, refresh } from '../../flows/refresh.ts'
import type { Operation } from '../operation.ts'

/** New ID and access tokens for a refresh token; takes the client's secret in plain, not as a hash. */
export const getTokensFromRefreshToken: Operation<'GetTokensFromRefreshToken'> = async (ctx, input) => {
  const opened = await openClient(ctx, input.ClientId)
  await requireClientSecret(ctx, opened.client, input.ClientSecret)
  const grant = await readRefreshToken(ctx, opened, input.RefreshToken)
  return { AuthenticationResult: await refresh(ctx, opened, grant) }
}
