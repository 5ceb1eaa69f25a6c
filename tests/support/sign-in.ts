import type { Harness } from './harness.ts'
import type { MadePool } from './make-pool.ts'
import { password } from './make-user.ts'

/** What signing in with a password comes to: `tokens`, the name of a challenge, or `[type, message]` of the refusal. */
export const signIn = async (
  server: Harness,
  { ClientId }: Pick<MadePool, 'ClientId'>,
  USERNAME: string,
  PASSWORD: string = password,
): Promise<string | [type: string, message: string]> => {
  const { body } = await server.call('InitiateAuth', {
    ClientId,
    AuthFlow: 'USER_PASSWORD_AUTH',
    AuthParameters: { USERNAME, PASSWORD },
  })
  if (body.__type !== undefined) return [body.__type, body.message]
  return body.AuthenticationResult === undefined ? body.ChallengeName : 'tokens'
}

/** An access token of a confirmed user. */
export const accessTokenOf = async (
  server: Harness,
  { ClientId }: Pick<MadePool, 'ClientId'>,
  USERNAME: string,
  PASSWORD: string = password,
): Promise<string> => {
  const { AuthenticationResult } = await server.ok('InitiateAuth', {
    ClientId,
    AuthFlow: 'USER_PASSWORD_AUTH',
    AuthParameters: { USERNAME, PASSWORD },
  })
  return AuthenticationResult.AccessToken
}
