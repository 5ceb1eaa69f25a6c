import { tracksSessions } from '../../domain/session-settings.ts'
import type { UserPool } from '../../domain/user-pool.ts'
import { CognitoError } from '../../errors.ts'

/**
 * Throws OperationNotEnabledException for a pool that tracks no sessions. guess: operations on sessions are refused while UserSessionTracking
 * is DISABLED, and sessions that were listed before can be ended by their refresh token.
 */
export const requireTrackedSessions = (pool: UserPool): void => {
  if (!tracksSessions(pool)) throw new CognitoError('OperationNotEnabledException', 'Session tracking is not enabled for the user pool.')
}
