import type { Harness } from './harness.ts'
import { totpCode } from './totp-code.ts'

/** Gives the caller of an access token a software token and switches it on; answers its secret. The code of now is used up. */
export const setUpTotp = async (server: Harness, AccessToken: string): Promise<string> => {
  const { SecretCode } = await server.ok('AssociateSoftwareToken', { AccessToken })
  await server.ok('VerifySoftwareToken', { AccessToken, UserCode: totpCode(SecretCode, server.clock.now()) })
  await server.ok('SetUserMFAPreference', { AccessToken, SoftwareTokenMfaSettings: { Enabled: true, PreferredMfa: true } })
  return SecretCode
}
