import type { TokenRun } from './token-run.ts'
import { apiTokens, type Tokens } from './tokens.ts'

/** New tokens for a refresh token. The operation takes the client's secret itself, so that nobody needs to know whose token it is. */
export const refresh = async ({ request, callApi }: TokenRun): Promise<Tokens> => {
  const { clientId: ClientId, clientSecret: ClientSecret, refreshToken: RefreshToken } = request
  const { AuthenticationResult } = await callApi('GetTokensFromRefreshToken', { ClientId, ClientSecret, RefreshToken })
  return apiTokens(AuthenticationResult)
}
