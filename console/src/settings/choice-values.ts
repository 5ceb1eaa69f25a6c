import type { AuthFactorType, UserPoolType } from '../../../src/model/types.gen.ts'
import type { PoolChanges } from './pool-update.ts'

/** What the console calls the first factors. */
export const choiceTexts: Readonly<Record<AuthFactorType, string>> = {
  PASSWORD: 'Password',
  WEB_AUTHN: 'Passkey',
  EMAIL_OTP: 'Email message one-time password',
  SMS_OTP: 'SMS message one-time password',
  SOFTWARE_TOKEN: 'Authenticator app',
}

/** The first factors as they are chosen; the password is always one of them. */
export interface ChoiceValues {
  readonly passkey: boolean
  readonly email: boolean
  readonly sms: boolean
}

const chosenOf = ({ Policies }: UserPoolType): readonly AuthFactorType[] => Policies?.SignInPolicy?.AllowedFirstAuthFactors ?? []

/** The form of a pool's first factors. */
export const choiceValues = (pool: UserPoolType): ChoiceValues => ({
  passkey: chosenOf(pool).includes('WEB_AUTHN'),
  email: chosenOf(pool).includes('EMAIL_OTP'),
  sms: chosenOf(pool).includes('SMS_OTP'),
})

/** What changes; the password policy is said again, because it stands in the same member. */
export const choiceChanges = ({ passkey, email, sms }: ChoiceValues, pool: UserPoolType): PoolChanges => ({
  Policies: {
    ...pool.Policies,
    SignInPolicy: {
      AllowedFirstAuthFactors: [
        'PASSWORD',
        ...(passkey ? (['WEB_AUTHN'] as const) : []),
        ...(email ? (['EMAIL_OTP'] as const) : []),
        ...(sms ? (['SMS_OTP'] as const) : []),
        ...(chosenOf(pool).includes('SOFTWARE_TOKEN') ? (['SOFTWARE_TOKEN'] as const) : []),
      ],
    },
  },
})
