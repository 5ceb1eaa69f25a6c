import type { Reply } from './connections.ts'
import { loginPage, machineRequest, userInfoRequest } from './page-scenarios.ts'
import { benchPool, customPool, password, rotatingClient, totpPool, userName } from './pool.ts'
import { apiRequest, request } from './requests.ts'
import { publicValue, srpProof } from './srp-proof.ts'

/** One kind of request, over and over. */
export type Simple = 'null' | 'health' | 'password' | 'refresh' | 'get-user' | 'sign-up' | 'login-page' | 'client-credentials' | 'user-info'

const { clientId: ClientId, users } = benchPool

/** A sign-in with a password by the `index`-th user. */
export const passwordRequest = (index: number): Uint8Array =>
  apiRequest('InitiateAuth', {
    ClientId,
    AuthFlow: 'USER_PASSWORD_AUTH',
    AuthParameters: { USERNAME: userName(index), PASSWORD: password },
  })

/** The first half of a sign-in by SRP. */
export const srpRequest = (index: number): Uint8Array =>
  apiRequest('InitiateAuth', {
    ClientId,
    AuthFlow: 'USER_SRP_AUTH',
    AuthParameters: { USERNAME: userName(index % users), SRP_A: publicValue.toString('hex') },
  })

/** The second half, from the reply to the first. */
export const srpAnswer = (reply: Reply, now: Date): Uint8Array =>
  apiRequest('RespondToAuthChallenge', {
    ClientId,
    ChallengeName: 'PASSWORD_VERIFIER',
    ChallengeResponses: srpProof(JSON.parse(reply.body).ChallengeParameters, now),
  })

/** The first half of a sign-in with a software token: the password. */
export const totpRequest = (index: number): Uint8Array =>
  apiRequest('InitiateAuth', {
    ClientId: totpPool.clientId,
    AuthFlow: 'USER_PASSWORD_AUTH',
    AuthParameters: { USERNAME: userName(index % totpPool.users), PASSWORD: password },
  })

/** The second half: a code. */
export const totpAnswer = (reply: Reply, index: number, code: string): Uint8Array =>
  apiRequest('RespondToAuthChallenge', {
    ClientId: totpPool.clientId,
    ChallengeName: 'SOFTWARE_TOKEN_MFA',
    Session: JSON.parse(reply.body).Session,
    ChallengeResponses: { USERNAME: userName(index % totpPool.users), SOFTWARE_TOKEN_MFA_CODE: code },
  })

/** The first half of a custom sign-in, for which two functions are called. */
export const customRequest = (index: number): Uint8Array =>
  apiRequest('InitiateAuth', {
    ClientId: customPool.clientId,
    AuthFlow: 'CUSTOM_AUTH',
    AuthParameters: { USERNAME: userName(index % users) },
  })

/** The second half, for which two more are. */
export const customAnswer = (reply: Reply, index: number): Uint8Array =>
  apiRequest('RespondToAuthChallenge', {
    ClientId: customPool.clientId,
    ChallengeName: 'CUSTOM_CHALLENGE',
    Session: JSON.parse(reply.body).Session,
    ChallengeResponses: { USERNAME: userName(index % users), ANSWER: 'blue' },
  })

/** A sign-in on the client whose refresh tokens rotate. */
export const rotatingSignIn = (index: number): Uint8Array =>
  apiRequest('InitiateAuth', {
    ClientId: rotatingClient,
    AuthFlow: 'USER_PASSWORD_AUTH',
    AuthParameters: { USERNAME: userName(index), PASSWORD: password },
  })

/** A refresh that takes the token's place. */
export const rotation = (RefreshToken: string): Uint8Array =>
  apiRequest('GetTokensFromRefreshToken', { ClientId: rotatingClient, RefreshToken })

/** What a sign-in is answered with. */
export interface Tokens {
  readonly AccessToken: string
  readonly RefreshToken: string
}

/** The tokens in the reply to a sign-in. */
export const tokensIn = (reply: Reply): Tokens => {
  if (reply.status !== 200) throw new Error(`A sign-in was answered with ${reply.status}: ${reply.body}`)
  return JSON.parse(reply.body).AuthenticationResult
}

/** Access tokens of as many sign-ins by the API and on pages: for GetUser, and for userInfo. */
export interface AccessTokens {
  readonly api: readonly string[]
  readonly page: readonly string[]
}

/** The calls that take nothing but an access token: GetUser for one of the API, userInfo for one of a page. */
export const ofToken: Readonly<Record<keyof AccessTokens, (token: string) => Uint8Array>> = {
  api: (AccessToken) => apiRequest('GetUser', { AccessToken }),
  page: userInfoRequest,
}

/**
 * The requests of each kind. The null request is a call of an operation that does not exist, as long as a sign-in: it is read and answered
 * as every call, and refused where the operation is looked up, before anything is done for it.
 */
export const requestsOf = (tokens: readonly Tokens[], accessTokens: AccessTokens): Record<Simple, (index: number) => Uint8Array> => {
  const nothing = apiRequest('NoSuchOperation', { AuthParameters: { USERNAME: userName(10), PASSWORD: password }, ClientId })
  const health = request('GET /health', {}, '')
  const signIns = Array.from({ length: users }, (_, index) => passwordRequest(index))
  const refreshes = tokens.map(({ RefreshToken: REFRESH_TOKEN }) =>
    apiRequest('InitiateAuth', { ClientId, AuthFlow: 'REFRESH_TOKEN_AUTH', AuthParameters: { REFRESH_TOKEN } }),
  )
  const page = loginPage()
  const machine = machineRequest()
  let registered = 0
  // Several load generators may fill one pool.
  const ours = `new-${process.pid}`
  const cycle = (of: readonly Uint8Array[]) => (index: number) => {
    const bytes = of[index % of.length]
    if (bytes === undefined) throw new Error('There are no tokens for this kind of request.')
    return bytes
  }
  return {
    null: () => nothing,
    health: () => health,
    password: cycle(signIns),
    refresh: cycle(refreshes),
    'get-user': cycle(accessTokens.api.map(ofToken.api)),
    'user-info': cycle(accessTokens.page.map(ofToken.page)),
    'login-page': () => page,
    'client-credentials': () => machine,
    'sign-up': () => {
      registered += 1
      const name = `${ours}-${registered}`
      const UserAttributes = [{ Name: 'email', Value: `${name}@example.com` }]
      return apiRequest('SignUp', { ClientId, Username: name, Password: password, UserAttributes })
    },
  }
}

/** The status that the kind is answered with. */
export const statusOf = (kind: Simple): number => (kind === 'null' ? 400 : 200)
