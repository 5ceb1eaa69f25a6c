import type { Answer, Harness } from './harness.ts'
import type { MadePool } from './make-pool.ts'
import { makeUser, password } from './make-user.ts'
import { createSrpClient } from './srp-client.ts'

/** A user with everything that was begun or won while all was well. */
export interface Past {
  readonly made: MadePool
  readonly username: string
  readonly accessToken: string
  readonly refreshToken: string
  readonly srp: { readonly client: ReturnType<typeof createSrpClient>; readonly parameters: Record<string, string> }
}

/** A way to tokens, with the right password or refresh token. */
export type TokenPath = (past: Past) => Promise<Answer>

/** Every way to tokens that the API has; tests on what must stop all of them walk them all. */
export interface TokenPaths {
  /** By a password or a proof of it. */
  readonly passwords: Readonly<Record<string, TokenPath>>
  readonly refreshes: Readonly<Record<string, TokenPath>>
  /** A new confirmed user of the pool, who has signed in and begun whatever the way goes on with. */
  past(made: MadePool, way?: string): Promise<Past>
}

const unused = createSrpClient('us-east-1_unused')
let users = 0

/** The ways of a server. */
export const createTokenPaths = (server: Harness): TokenPaths => {
  const beginSrp = async ({ ClientId, UserPoolId }: MadePool, USERNAME: string) => {
    const client = createSrpClient(UserPoolId)
    const AuthParameters = { USERNAME, SRP_A: client.srpA }
    const answer = await server.call('InitiateAuth', { ClientId, AuthFlow: 'USER_SRP_AUTH', AuthParameters })
    return { client, parameters: answer.body.ChallengeParameters as Record<string, string> | undefined, answer }
  }
  const proof = ({ client, parameters }: Past['srp']) => ({
    ChallengeName: 'PASSWORD_VERIFIER',
    ChallengeResponses: client.answer(parameters, password, server.clock.now()),
  })
  const byPassword = ({ username }: Past) => ({ AuthParameters: { USERNAME: username, PASSWORD: password } })
  const byToken = ({ refreshToken }: Past) => ({ AuthParameters: { REFRESH_TOKEN: refreshToken } })
  const client = ({ made: { ClientId } }: Past) => ({ ClientId })
  const both = ({ made: { ClientId, UserPoolId } }: Past) => ({ ClientId, UserPoolId })

  return {
    passwords: {
      'InitiateAuth USER_PASSWORD_AUTH': (past) =>
        server.call('InitiateAuth', { ...client(past), AuthFlow: 'USER_PASSWORD_AUTH', ...byPassword(past) }),
      'AdminInitiateAuth ADMIN_USER_PASSWORD_AUTH': (past) =>
        server.call('AdminInitiateAuth', { ...both(past), AuthFlow: 'ADMIN_USER_PASSWORD_AUTH', ...byPassword(past) }),
      'AdminInitiateAuth ADMIN_NO_SRP_AUTH': (past) =>
        server.call('AdminInitiateAuth', { ...both(past), AuthFlow: 'ADMIN_NO_SRP_AUTH', ...byPassword(past) }),
      'USER_SRP_AUTH, begun now': async (past) => {
        const { client: srp, parameters, answer } = await beginSrp(past.made, past.username)
        if (parameters === undefined) return answer
        return server.call('RespondToAuthChallenge', { ...client(past), ...proof({ client: srp, parameters }) })
      },
      'USER_SRP_AUTH, begun before': (past) => server.call('RespondToAuthChallenge', { ...client(past), ...proof(past.srp) }),
      'USER_SRP_AUTH, begun before and answered by a server': (past) =>
        server.call('AdminRespondToAuthChallenge', { ...both(past), ...proof(past.srp) }),
    },
    refreshes: {
      'InitiateAuth REFRESH_TOKEN_AUTH': (past) =>
        server.call('InitiateAuth', { ...client(past), AuthFlow: 'REFRESH_TOKEN_AUTH', ...byToken(past) }),
      'InitiateAuth REFRESH_TOKEN': (past) => server.call('InitiateAuth', { ...client(past), AuthFlow: 'REFRESH_TOKEN', ...byToken(past) }),
      'AdminInitiateAuth REFRESH_TOKEN_AUTH': (past) =>
        server.call('AdminInitiateAuth', { ...both(past), AuthFlow: 'REFRESH_TOKEN_AUTH', ...byToken(past) }),
      GetTokensFromRefreshToken: (past) => server.call('GetTokensFromRefreshToken', { ...client(past), RefreshToken: past.refreshToken }),
    },
    past: async (made, way = '') => {
      users += 1
      const username = `user-${users}`
      await makeUser(server, made.UserPoolId, username, { email: `${username}@example.org`, email_verified: 'true' })
      const { AuthenticationResult } = await server.ok('InitiateAuth', {
        ClientId: made.ClientId,
        AuthFlow: 'USER_PASSWORD_AUTH',
        AuthParameters: { USERNAME: username, PASSWORD: password },
      })
      // The arithmetic takes its time; only ways that go on with it need it.
      const begun = way.includes('begun before') ? await beginSrp(made, username) : { client: unused, parameters: {} }
      const { AccessToken: accessToken, RefreshToken: refreshToken } = AuthenticationResult
      return { made, username, accessToken, refreshToken, srp: { client: begun.client, parameters: begun.parameters ?? {} } }
    },
  }
}
