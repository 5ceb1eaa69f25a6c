import type { Input, Output } from '../../../src/model/types.gen.ts'

/** A pool's settings of MFA and passkeys. */
export type MfaSettings = NonNullable<Output<'GetUserPoolMfaConfig'>>

/** The call that changes some of them and nothing else: SetUserPoolMfaConfig switches off what it is not told, and refuses factors while MFA is off. */
export const mfaUpdate = (UserPoolId: string, current: MfaSettings, changes: Partial<MfaSettings>): Input<'SetUserPoolMfaConfig'> => {
  const whole = { ...current, ...changes }
  const { MfaConfiguration = 'OFF', SmsMfaConfiguration: sms, SoftwareTokenMfaConfiguration: totp, EmailMfaConfiguration: email } = whole
  const isOn = MfaConfiguration !== 'OFF'
  return {
    UserPoolId,
    MfaConfiguration,
    ...(isOn && sms !== undefined && { SmsMfaConfiguration: sms }),
    ...(isOn && totp !== undefined && { SoftwareTokenMfaConfiguration: totp }),
    ...(isOn && email !== undefined && { EmailMfaConfiguration: email }),
    ...(whole.WebAuthnConfiguration !== undefined && { WebAuthnConfiguration: whole.WebAuthnConfiguration }),
  }
}
