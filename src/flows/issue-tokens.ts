import type { Context } from '../context.ts'
import { userAdminScope } from '../domain/scopes.ts'
import type { AuthenticationResultType } from '../model/types.gen.ts'
import { issueGrantTokens, newGrant } from './grant-tokens.ts'
import type { Authenticated } from './sign-in.ts'
import type { TokenSource } from './triggers/pre-token-generation.ts'
import { sessionBeginning } from './user-sessions.ts'

/** The scope of every token that an API sign-in answers. */
const apiScopes: readonly string[] = [userAdminScope]

const sourceOf = ({ newPassword, deviceProved }: Authenticated): TokenSource => {
  if (deviceProved) return 'TokenGeneration_AuthenticateDevice'
  return newPassword ? 'TokenGeneration_NewPasswordChallenge' : 'TokenGeneration_Authentication'
}

/** All three tokens for somebody who has just signed in by the API. */
export const issueTokens = async (ctx: Context, authenticated: Authenticated): Promise<AuthenticationResultType> => {
  const { newDevice, request } = authenticated
  const grant = await newGrant(ctx, authenticated, { scopes: apiScopes })
  const purpose = { source: sourceOf(authenticated), clientMetadata: request.clientMetadata }
  const tokens = await issueGrantTokens(ctx, authenticated, grant, purpose, sessionBeginning(ctx, authenticated))
  return { ...tokens, ...(newDevice === undefined ? {} : { NewDeviceMetadata: newDevice }) }
}
