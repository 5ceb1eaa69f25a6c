import type { SetUserPoolMfaConfigRequest } from '../../src/model/types.gen.ts'
import { type Authenticator, createAuthenticator, type Lies, type Make } from './authenticator.ts'
import type { Harness } from './harness.ts'
import { everyFlow, type MadePool, makePool } from './make-pool.ts'
import { accessTokenOf } from './sign-in.ts'

/** A pool whose users sign in with a password or a passkey, with a client that lets them choose. */
export const makePasskeyPool = async (
  server: Harness,
  WebAuthnConfiguration?: SetUserPoolMfaConfigRequest['WebAuthnConfiguration'],
  client: Parameters<typeof makePool>[2] = {},
): Promise<MadePool> => {
  const pool = await makePool(
    server,
    { Policies: { SignInPolicy: { AllowedFirstAuthFactors: ['PASSWORD', 'WEB_AUTHN'] } } },
    { ExplicitAuthFlows: [...(everyFlow ?? []), 'ALLOW_USER_AUTH'], ...client },
  )
  if (WebAuthnConfiguration) await server.ok('SetUserPoolMfaConfig', { UserPoolId: pool.UserPoolId, WebAuthnConfiguration })
  return pool
}

/** The options for a new passkey of whoever the token speaks for. */
export const creationOptions = async (server: Harness, AccessToken: string) =>
  (await server.ok('StartWebAuthnRegistration', { AccessToken }, { unsigned: true })).CredentialCreationOptions

/** Registers a new passkey of a user who signs in with `password`; answers the authenticator that holds it. */
export const addPasskey = async (
  server: Harness,
  pool: Pick<MadePool, 'ClientId'>,
  username: string,
  make: Make = {},
): Promise<Authenticator> => {
  const AccessToken = await accessTokenOf(server, pool, username)
  const authenticator = createAuthenticator(make)
  const Credential = authenticator.create(await creationOptions(server, AccessToken))
  await server.ok('CompleteWebAuthnRegistration', { AccessToken, Credential }, { unsigned: true })
  return authenticator
}

/** A WEB_AUTHN challenge, as InitiateAuth answers it, with its options read. */
export const passkeyChallenge = async (server: Harness, { ClientId }: Pick<MadePool, 'ClientId'>, USERNAME: string) => {
  const body = await server.ok(
    'InitiateAuth',
    { ClientId, AuthFlow: 'USER_AUTH', AuthParameters: { USERNAME, PREFERRED_CHALLENGE: 'WEB_AUTHN' } },
    { unsigned: true },
  )
  return { body, options: JSON.parse(body.ChallengeParameters.CREDENTIAL_REQUEST_OPTIONS), Session: body.Session as string }
}

/** The answer to a WEB_AUTHN challenge. */
export const passkeyAnswer = ({ ClientId }: Pick<MadePool, 'ClientId'>, USERNAME: string, Session: string, credential: object) => ({
  ClientId,
  ChallengeName: 'WEB_AUTHN',
  Session,
  ChallengeResponses: { USERNAME, CREDENTIAL: JSON.stringify(credential) },
})

/** Signs in with a passkey and answers what RespondToAuthChallenge does. */
export const signInWithPasskey = async (
  server: Harness,
  pool: Pick<MadePool, 'ClientId'>,
  username: string,
  authenticator: Authenticator,
  lies: Lies = {},
) => {
  const { options, Session } = await passkeyChallenge(server, pool, username)
  return server.call('RespondToAuthChallenge', passkeyAnswer(pool, username, Session, authenticator.get(options, lies)), { unsigned: true })
}
