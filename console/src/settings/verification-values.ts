import type { UserPoolType, VerifiedAttributeType } from '../../../src/model/types.gen.ts'
import type { PoolChanges } from './pool-update.ts'

/** Attribute verification as it is chosen. */
export interface VerificationValues {
  readonly email: boolean
  readonly phone: boolean
  /** Whether a changed address counts only once its code was entered. */
  readonly keepsOld: boolean
}

/** The form of a pool's attribute verification. */
export const verificationValues = ({ AutoVerifiedAttributes = [], UserAttributeUpdateSettings }: UserPoolType): VerificationValues => ({
  email: AutoVerifiedAttributes.includes('email'),
  phone: AutoVerifiedAttributes.includes('phone_number'),
  keepsOld: (UserAttributeUpdateSettings?.AttributesRequireVerificationBeforeUpdate ?? []).length > 0,
})

/** What is missing, as a sentence that says where to put it. */
export const verificationFault = ({ phone }: VerificationValues, pool: UserPoolType): string | undefined =>
  phone && pool.SmsConfiguration === undefined
    ? 'Verifying phone numbers needs an SMS configuration first: Authentication methods, SMS.'
    : undefined

/** What changes; an attribute that is not verified can't be asked for before an update. */
export const verificationChanges = ({ email, phone, keepsOld }: VerificationValues): PoolChanges => {
  const verified: VerifiedAttributeType[] = [...(email ? (['email'] as const) : []), ...(phone ? (['phone_number'] as const) : [])]
  return {
    AutoVerifiedAttributes: verified,
    UserAttributeUpdateSettings: { AttributesRequireVerificationBeforeUpdate: keepsOld ? verified : [] },
  }
}
