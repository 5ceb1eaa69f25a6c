import { managedLogin } from '../../domain/pool-domain.ts'
import { unavailableInTier } from '../../domain/tier-fault.ts'
import type { UserPool } from '../../domain/user-pool.ts'
import { CognitoError } from '../../errors.ts'

/**
 * Throws OperationNotEnabledException where the pool's plan has no managed login (developer guide, "User pool feature plans"). A pool may
 * go to such a plan with its styles, which are not among what must be turned off first ("Turning off features to change feature plans").
 * guess: styles in the LITE plan are refused with the only listed error that speaks of a pool's configuration.
 */
export const requireManagedLogin = ({ UserPoolTier }: UserPool): void => {
  if (UserPoolTier === 'LITE') throw new CognitoError('OperationNotEnabledException', unavailableInTier(UserPoolTier, managedLogin))
}
