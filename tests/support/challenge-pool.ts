import type { Harness } from './harness.ts'
import { everyFlow, type MadePool } from './make-pool.ts'
import { makeMfaPool } from './mfa-pool.ts'
import { pathLambdaConfig } from './sign-in-paths.ts'

/** Nobody else's address. */
export const emailOf = (username: string): string => `${username}@example.org`
/** Nobody else's phone number, as long as few have one. */
export const phoneOf = (username: string): string =>
  `+1555${String([...username].reduce((sum, letter) => (sum * 31 + letter.charCodeAt(0)) % 1e7, 7)).padStart(7, '0')}`

/** Both, verified. */
export const verifiedAddresses = (username: string) => ({
  email: emailOf(username),
  email_verified: 'true',
  phone_number: phoneOf(username),
  phone_number_verified: 'true',
})

/** A pool where everything is possible and MFA optional, or one that requires MFA, on a server that has `pathFunctions`. */
export const makeChallengePool = (
  server: Harness,
  kind: 'open' | 'required',
  client: NonNullable<Parameters<typeof makeMfaPool>[2]>['client'] = {},
): Promise<MadePool> => {
  const ExplicitAuthFlows = [...(everyFlow ?? []), 'ALLOW_USER_AUTH' as const, 'ALLOW_CUSTOM_AUTH' as const]
  if (kind === 'required') return makeMfaPool(server, 'ON', { client: { ExplicitAuthFlows, ...client } })
  return makeMfaPool(server, 'OPTIONAL', {
    client: { ExplicitAuthFlows, ...client },
    pool: {
      Policies: { SignInPolicy: { AllowedFirstAuthFactors: ['PASSWORD', 'EMAIL_OTP', 'SMS_OTP', 'WEB_AUTHN'] } },
      DeviceConfiguration: { ChallengeRequiredOnNewDevice: true },
      LambdaConfig: pathLambdaConfig,
    },
  })
}
