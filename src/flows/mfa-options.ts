import type { User } from '../domain/user.ts'
import type { MFAOptionType } from '../model/types.gen.ts'

/** What older clients read of a user's second factors, which tells of SMS alone (API_GetUser; real accounts: amplify-js#1204, #2707). */
export const mfaOptions = ({ mfa }: User): MFAOptionType[] | undefined =>
  mfa?.enabled.includes('SMS_MFA') ? [{ AttributeName: 'phone_number', DeliveryMedium: 'SMS' }] : undefined
