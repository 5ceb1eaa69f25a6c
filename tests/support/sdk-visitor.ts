import {
  type AuthenticationResultType,
  type AuthFlowType,
  type ChallengeNameType,
  CognitoIdentityProviderClient,
  InitiateAuthCommand,
  type InitiateAuthCommandInput,
  type InitiateAuthCommandOutput,
  RespondToAuthChallengeCommand,
  type RespondToAuthChallengeCommandOutput,
} from '@aws-sdk/client-cognito-identity-provider'
import { CognitoJwtVerifier } from 'aws-jwt-verify'
import { jwksCacheOf } from './jwks-cache.ts'
import { type App, password } from './start-app.ts'

/** The tokens of a sign-in. */
export type SignedIn = AuthenticationResultType & { readonly AccessToken: string; readonly IdToken: string; readonly RefreshToken: string }

/** A browser's or a phone's AWS SDK: it has no credentials, and knows one app client. */
export interface SdkVisitor {
  readonly send: CognitoIdentityProviderClient['send']
  initiate(
    AuthFlow: AuthFlowType,
    AuthParameters: Record<string, string>,
    more?: Partial<InitiateAuthCommandInput>,
  ): Promise<InitiateAuthCommandOutput>
  respond(
    ChallengeName: ChallengeNameType,
    Session: string | undefined,
    ChallengeResponses: Record<string, string>,
  ): Promise<RespondToAuthChallengeCommandOutput>
  /** By password alone. */
  signIn(USERNAME: string, more?: Record<string, string>): Promise<SignedIn>
}

/** The tokens in an answer; throws when there are none. A refresh need not answer a refresh token. */
export const signedIn = ({
  AuthenticationResult,
  ChallengeName,
}: {
  AuthenticationResult?: AuthenticationResultType | undefined
  ChallengeName?: string | undefined
}): SignedIn => {
  if (AuthenticationResult?.AccessToken === undefined || AuthenticationResult.IdToken === undefined)
    throw new Error(`expected tokens, got ${ChallengeName ?? 'nothing'}`)
  return { RefreshToken: '', ...AuthenticationResult } as SignedIn
}

/** Opens the SDK for a client of a server. */
export const createSdkVisitor = (url: string, { clientId: ClientId }: Pick<App, 'clientId'>): SdkVisitor => {
  const client = new CognitoIdentityProviderClient({ endpoint: url, region: 'us-east-1' })
  const visitor: SdkVisitor = {
    send: client.send.bind(client),
    initiate: (AuthFlow, AuthParameters, more = {}) =>
      client.send(new InitiateAuthCommand({ ClientId, AuthFlow, AuthParameters, ...more })),
    respond: (ChallengeName, Session, ChallengeResponses) =>
      client.send(new RespondToAuthChallengeCommand({ ClientId, ChallengeName, Session, ChallengeResponses })),
    signIn: async (USERNAME, more = {}) =>
      signedIn(await visitor.initiate('USER_PASSWORD_AUTH', { USERNAME, PASSWORD: password, ...more })),
  }
  return visitor
}

type Issued = Pick<App, 'poolId' | 'clientId'>

const verifier = <Use extends 'id' | 'access'>(url: string, { poolId, clientId }: Issued, tokenUse: Use) =>
  CognitoJwtVerifier.create({ userPoolId: poolId, clientId, tokenUse }, { jwksCache: jwksCacheOf(url) })

/** The claims of an access token once aws-jwt-verify has taken it; the server must name its issuer as AWS does. */
export const verifiedAccess = (url: string, by: Issued, token: string | undefined) => verifier(url, by, 'access').verify(token ?? '')

/** The claims of both tokens, verified alike. */
export const verifiedClaims = async (url: string, by: Issued, tokens: SignedIn) => ({
  id: await verifier(url, by, 'id').verify(tokens.IdToken),
  access: await verifiedAccess(url, by, tokens.AccessToken),
})
