import { mfaConfigFault, mfaTierFault, storedPasskeys } from '../../domain/mfa-config.ts'
import { CognitoError, invalidParameter } from '../../errors.ts'
import { replacePool } from '../../flows/change-pool.ts'
import type { Operation } from '../operation.ts'
import { mfaConfig } from './mfa-config.ts'

/** Replaces a pool's settings of MFA and passkeys; what is left out is off. */
export const setUserPoolMfaConfig: Operation<'SetUserPoolMfaConfig'> = async (ctx, input) => {
  const changed = await replacePool(ctx, input.UserPoolId, (pool) => {
    const tier = mfaTierFault(pool.UserPoolTier, input)
    if (tier !== undefined) throw new CognitoError('FeatureUnavailableInTierException', tier)
    const fault = mfaConfigFault(input, pool)
    if (fault !== undefined) throw invalidParameter(fault)
    const sms = input.SmsMfaConfiguration
    return {
      ...pool,
      MfaConfiguration: input.MfaConfiguration ?? 'OFF',
      SmsAuthenticationMessage: sms?.SmsAuthenticationMessage ?? pool.SmsAuthenticationMessage,
      SmsConfiguration: sms?.SmsConfiguration ?? pool.SmsConfiguration,
      mfa: {
        smsEnabled: sms !== undefined,
        SoftwareTokenMfaConfiguration: input.SoftwareTokenMfaConfiguration,
        EmailMfaConfiguration: input.EmailMfaConfiguration,
        WebAuthnConfiguration: storedPasskeys(input.WebAuthnConfiguration),
      },
    }
  })
  return mfaConfig(changed)
}
