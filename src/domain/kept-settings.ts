import type { PasswordPolicyType, UpdateUserPoolRequest } from '../model/types.gen.ts'
import type { UserPool } from './user-pool.ts'

// The older member for the same days is refused beside the newer one, so the newer one gives way.
const keptPasswordPolicy = ({ Policies }: UserPool, input: UpdateUserPoolRequest): PasswordPolicyType | undefined =>
  input.AdminCreateUserConfig?.UnusedAccountValidityDays
    ? { ...Policies.PasswordPolicy, TemporaryPasswordValidityDays: undefined }
    : Policies.PasswordPolicy

/**
 * UpdateUserPool's request completed by what stays when it is left out: MfaConfiguration, DcrConfiguration (API_UpdateUserPool), each of
 * the two policies (measured on AWS, a sign-in policy that names no factors changes none), UserAttributeUpdateSettings and
 * AccountRecoverySetting. API_UpdateUserPool says that those go to their defaults; measured on AWS the former stay, which is also the safe
 * side. guess: UpdateUserPool without AccountRecoverySetting keeps it, and without AutoVerifiedAttributes empties it, which is refused while
 * the kept UserAttributeUpdateSettings need it.
 */
export const withKeptSettings = (pool: UserPool, input: UpdateUserPoolRequest): UpdateUserPoolRequest => {
  const signIn = input.Policies?.SignInPolicy
  return {
    ...input,
    AccountRecoverySetting: input.AccountRecoverySetting ?? pool.AccountRecoverySetting,
    UserAttributeUpdateSettings: input.UserAttributeUpdateSettings ?? pool.UserAttributeUpdateSettings,
    MfaConfiguration: input.MfaConfiguration ?? pool.MfaConfiguration,
    DcrConfiguration: input.DcrConfiguration ?? pool.DcrConfiguration,
    Policies: {
      PasswordPolicy: input.Policies?.PasswordPolicy ?? keptPasswordPolicy(pool, input),
      SignInPolicy: signIn?.AllowedFirstAuthFactors ? signIn : pool.Policies.SignInPolicy,
    },
  }
}
