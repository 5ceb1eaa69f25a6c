import type { Policy } from '../../context.ts'
import type { AuthenticationResultType } from '../../model/types.gen.ts'
import { grantedScope } from '../granted-scope.ts'
import type { TokenResponse } from './grant.ts'

/** A user's tokens as the token endpoint writes them (RFC 6749 section 5.1). */
export const tokenResponse = (
  policy: Pick<Policy, 'strictOidc'>,
  { AccessToken = '', IdToken, RefreshToken, TokenType = '', ExpiresIn = 0 }: AuthenticationResultType,
): TokenResponse => ({
  access_token: AccessToken,
  ...(IdToken !== undefined && { id_token: IdToken }),
  ...(RefreshToken !== undefined && { refresh_token: RefreshToken }),
  token_type: TokenType,
  expires_in: ExpiresIn,
  ...grantedScope(policy, AccessToken),
})
