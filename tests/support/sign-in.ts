import { secretHash } from '../../src/crypto/secret-hash.ts'
import type { Answer, Harness } from './harness.ts'
import type { MadePool } from './make-pool.ts'
import { password } from './make-user.ts'

/** An app client, and its secret if it has one. */
type Client = Pick<MadePool, 'ClientId'> & Partial<Pick<MadePool, 'ClientSecret'>>

/** Signs in with a password and answers whatever comes; `more` are other AuthParameters. */
export const begin = (
  server: Harness,
  { ClientId, ClientSecret }: Client,
  USERNAME: string,
  PASSWORD: string = password,
  more: Readonly<Record<string, string>> = {},
): Promise<Answer> => {
  const hash = ClientSecret ? { SECRET_HASH: secretHash(USERNAME, ClientId, ClientSecret) } : {}
  const AuthParameters = { USERNAME, PASSWORD, ...hash, ...more }
  return server.call('InitiateAuth', { ClientId, AuthFlow: 'USER_PASSWORD_AUTH', AuthParameters })
}

/** What signing in with a password comes to: `tokens`, the name of a challenge, or `[type, message]` of the refusal. */
export const signIn = async (
  server: Harness,
  client: Client,
  username: string,
  typed: string = password,
): Promise<string | [type: string, message: string]> => {
  const { body } = await begin(server, client, username, typed)
  if (body.__type !== undefined) return [body.__type, body.message]
  return body.AuthenticationResult === undefined ? body.ChallengeName : 'tokens'
}

/** The AuthenticationResult of a confirmed user; fails where the password alone does not lead there. */
export const tokensOf = async (server: Harness, client: Client, username: string, typed: string = password): Promise<Answer['body']> => {
  const { body } = await begin(server, client, username, typed)
  if (body.AuthenticationResult === undefined) throw new Error(`${username} got no tokens: ${JSON.stringify(body)}`)
  return body.AuthenticationResult
}

/** An access token of a confirmed user. */
export const accessTokenOf = async (server: Harness, client: Client, username: string, typed: string = password): Promise<string> =>
  (await tokensOf(server, client, username, typed)).AccessToken
