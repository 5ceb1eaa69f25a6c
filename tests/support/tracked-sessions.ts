import type { Answer, Harness } from './harness.ts'
import type { MadePool } from './make-pool.ts'
import { password } from './make-user.ts'

/** The tokens of one sign-in. */
export interface SignedIn {
  readonly AccessToken: string
  readonly IdToken: string
  readonly RefreshToken: string
}

/** What lists and ends sessions in one pool. */
export interface TrackedSessions {
  signIn(username: string, made?: MadePool, headers?: Readonly<Record<string, string>>): Promise<SignedIn>
  refresh(token: string, made?: MadePool): Promise<Answer>
  /** The ids in the order of an administrator's list. */
  ids(username: string): Promise<string[]>
}

/** Switches session tracking on for a pool. */
export const trackSessions = async (server: Harness, pool: MadePool, MaxPerUser = 20): Promise<TrackedSessions> => {
  const { UserPoolId } = pool
  await server.ok('SetUserPoolSessionConfiguration', { UserPoolId, UserSessionTracking: 'ENABLED', TokenSession: { MaxPerUser } })
  return {
    signIn: async (USERNAME, { ClientId } = pool, headers = {}) => {
      const AuthParameters = { USERNAME, PASSWORD: password }
      const { AuthenticationResult } = await server.ok(
        'InitiateAuth',
        { ClientId, AuthFlow: 'USER_PASSWORD_AUTH', AuthParameters },
        { headers },
      )
      // Sessions are told apart by when they began.
      server.clock.advance(1000)
      return AuthenticationResult
    },
    refresh: (RefreshToken, { ClientId } = pool) => server.call('GetTokensFromRefreshToken', { ClientId, RefreshToken }),
    ids: async (Username) => {
      const { Sessions } = await server.ok('AdminListUserSessions', { UserPoolId, Username })
      return Sessions.map(({ SessionId }: { SessionId: string }) => SessionId)
    },
  }
}
