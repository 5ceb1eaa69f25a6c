import type { CreateUserPoolClientRequest, CreateUserPoolRequest, UserPoolMfaType } from '../../src/model/types.gen.ts'
import type { Answer, Harness } from './harness.ts'
import { everyFlow, type MadePool, makePool } from './make-pool.ts'
import { makeUser } from './make-user.ts'
import { setUpTotp } from './set-up-totp.ts'
import { accessTokenOf } from './sign-in.ts'
import { totpCode } from './totp-code.ts'

const SmsConfiguration = { SnsCallerArn: 'arn:aws:iam::000000000000:role/sms' }

/** Every second factor. */
export const everyFactor = {
  SmsMfaConfiguration: { SmsConfiguration },
  EmailMfaConfiguration: {},
  SoftwareTokenMfaConfiguration: { Enabled: true },
} as const

/** Sets a pool's MFA mode, with all factors unless told otherwise. */
export const setMfa = (server: Harness, UserPoolId: string, MfaConfiguration: UserPoolMfaType, factors: object = everyFactor) =>
  server.ok('SetUserPoolMfaConfig', { UserPoolId, MfaConfiguration, ...(MfaConfiguration === 'OFF' ? {} : factors) })

/** A pool with MFA whose passwords only administrators reset, so that any address may be a second factor. */
export const makeMfaPool = async (
  server: Harness,
  mode: UserPoolMfaType,
  {
    factors,
    pool,
    client,
  }: { factors?: object; pool?: Partial<CreateUserPoolRequest>; client?: Partial<CreateUserPoolClientRequest> } = {},
): Promise<MadePool> => {
  const made = await makePool(
    server,
    {
      SmsConfiguration,
      EmailConfiguration: { EmailSendingAccount: 'DEVELOPER', SourceArn: 'arn:aws:ses:us-east-1:000000000000:identity/a@example.org' },
      AccountRecoverySetting: { RecoveryMechanisms: [{ Name: 'admin_only', Priority: 1 }] },
      ...pool,
    },
    { ExplicitAuthFlows: [...(everyFlow ?? []), 'ALLOW_USER_AUTH'], ...client },
  )
  await setMfa(server, made.UserPoolId, mode, factors)
  return made
}

let phones = 0

/** Addresses that nobody else has, not verified. */
export const addressesOf = (username: string): { readonly email: string; readonly phone_number: string } => {
  phones += 1
  return { email: `${username}@example.org`, phone_number: `+1206555${String(phones).padStart(4, '0')}` }
}

/** Begins a sign-in with a code in place of a password. */
export const beginOtp = (server: Harness, { ClientId }: MadePool, USERNAME: string, PREFERRED_CHALLENGE: string): Promise<Answer> =>
  server.call('InitiateAuth', { ClientId, AuthFlow: 'USER_AUTH', AuthParameters: { USERNAME, PREFERRED_CHALLENGE } })

/** Answers a challenge. */
export const answer = (
  server: Harness,
  { ClientId }: MadePool,
  ChallengeName: string,
  USERNAME: string,
  Session: string | undefined,
  responses: Readonly<Record<string, string>>,
): Promise<Answer> =>
  server.call('RespondToAuthChallenge', { ClientId, ChallengeName, Session, ChallengeResponses: { USERNAME, ...responses } })

/** Makes a user with a software token that is asked for; answers what shows the codes of now. The pool must let passwords alone in as yet. */
export const makeTokenUser = async (server: Harness, made: MadePool, username: string): Promise<() => string> => {
  await makeUser(server, made.UserPoolId, username)
  const secret = await setUpTotp(server, await accessTokenOf(server, made, username))
  // The code of this step is used up.
  server.clock.advance(30_000)
  return () => totpCode(secret, server.clock.now())
}
