import type { Context } from '../../context.ts'
import { accessTokenRevoked, CognitoError } from '../../errors.ts'
import { openAccessToken, type TokenCaller } from '../../flows/access-token.ts'

const unlisted: readonly string[] = ['UserNotFoundException', 'UserNotConfirmedException']

/** The user whom the token speaks for; one who is gone has no live token, as the passkey operations list no error for that. */
export const openPasskeyOwner = (ctx: Context, token: string): Promise<TokenCaller> =>
  openAccessToken(ctx, token).catch((error: unknown) => {
    throw error instanceof CognitoError && unlisted.includes(error.code) ? accessTokenRevoked() : error
  })
