import { managedLogin } from '../../domain/pool-domain.ts'
import { tierFault } from '../../domain/tier-fault.ts'
import type { UserPool } from '../../domain/user-pool.ts'
import { CognitoError } from '../../errors.ts'

/**
 * Throws OperationNotEnabledException where the pool's plan has no managed login (developer guide, "User pool feature plans").
 * guess: styles in the LITE plan are refused with the only listed error that speaks of a pool's configuration.
 */
export const requireManagedLogin = ({ UserPoolTier = 'ESSENTIALS' }: UserPool): void => {
  const fault = tierFault(UserPoolTier, UserPoolTier === 'LITE' ? [managedLogin] : [])
  if (fault !== undefined) throw new CognitoError('OperationNotEnabledException', fault)
}
