import type { MfaPreferences } from '../../domain/mfa-preference.ts'
import { invalidParameter } from '../../errors.ts'
import type { MFAOptionType } from '../../model/types.gen.ts'

/**
 * What the older settings mean, which know SMS alone: an entry switches it on, an empty list off (API_AdminSetUserSettings).
 * guess: MFAOptions that name anything but SMS to phone_number are refused with InvalidParameterException.
 */
export const smsPreference = (options: readonly MFAOptionType[]): MfaPreferences => {
  const sound = options.every(({ AttributeName, DeliveryMedium }) => AttributeName === 'phone_number' && DeliveryMedium === 'SMS')
  if (!sound) throw invalidParameter('MFAOptions can only set SMS to phone_number. Use SetUserMFAPreference for other factors.')
  return { SMSMfaSettings: { Enabled: options.length > 0 } }
}
