import { requireClientSecret } from '../../flows/client-secret.ts'
import { openClient } from '../../flows/open-client.ts'
import { refresh } from '../../flows/refresh.ts'
import { readRefreshToken } from '../../flows/refresh-grant.ts'
import type { Operation } from '../operation.ts'

/** New ID and access tokens for a refresh token, and a new refresh token where they rotate; takes the client's secret in plain, not as a hash. */
export const getTokensFromRefreshToken: Operation<'GetTokensFromRefreshToken'> = async (ctx, input) => {
  const opened = await openClient(ctx, input.ClientId)
  await requireClientSecret(ctx, opened.client, input.ClientSecret)
  const grant = await readRefreshToken(ctx, opened, input.RefreshToken)
  const { DeviceKey: deviceKey, ClientMetadata: clientMetadata } = input
  return { AuthenticationResult: await refresh(ctx, opened, grant, { via: 'GetTokensFromRefreshToken', deviceKey, clientMetadata }) }
}
