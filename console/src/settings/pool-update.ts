import type { Input, UserPoolType } from '../../../src/model/types.gen.ts'

/** What UpdateUserPool may change, without the pool's id. */
export type PoolChanges = Partial<Omit<Input<'UpdateUserPool'>, 'UserPoolId'>>

/** The members of a described pool that UpdateUserPool takes under the same name and that go to their defaults when they are left out. */
const repeated = [
  'Policies',
  'DeletionProtection',
  'LambdaConfig',
  'AutoVerifiedAttributes',
  'VerificationMessageTemplate',
  'SmsAuthenticationMessage',
  'UserAttributeUpdateSettings',
  'MfaConfiguration',
  'DeviceConfiguration',
  'EmailConfiguration',
  'SmsConfiguration',
  'UserPoolAddOns',
  'AccountRecoverySetting',
  'UserPoolTier',
  'KeyConfiguration',
  'IssuerConfiguration',
  'DcrConfiguration',
  'AcrConfiguration',
] as const satisfies readonly (keyof UserPoolType & keyof PoolChanges)[]

/**
 * The call that changes these members of a pool and nothing else: UpdateUserPool resets what it is not told (API_UpdateUserPool), so all
 * that was described is said again but the tags, which stay and want a permission of their own. A change to undefined means the default.
 */
export const poolUpdate = (pool: UserPoolType, changes: PoolChanges): Input<'UpdateUserPool'> => {
  const described = Object.fromEntries(repeated.flatMap((name) => (pool[name] === undefined ? [] : [[name, pool[name]]])))
  // The older member for the days of a temporary password is refused beside the newer one, and both are described.
  const { UnusedAccountValidityDays: _days, ...adminCreates } = pool.AdminCreateUserConfig ?? {}
  // Of the verification messages the template alone is sent: it says all that the three older members say.
  return {
    UserPoolId: pool.Id ?? '',
    ...(pool.Name !== undefined && { PoolName: pool.Name }),
    ...described,
    AdminCreateUserConfig: adminCreates,
    ...changes,
  }
}
