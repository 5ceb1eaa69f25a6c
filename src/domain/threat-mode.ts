import type { Progress } from './progress.ts'
import type { UserPool } from './user-pool.ts'

/** How far threat protection goes: nothing is written, everything is recorded, or what is recorded is acted upon too. */
export type ThreatMode = 'OFF' | 'AUDIT' | 'ENFORCED'

/**
 * The pool's mode for a kind of sign-in; custom authentication has one of its own (developer guide, "Advanced security with threat
 * protection").
 */
export const threatMode = ({ UserPoolAddOns }: Pick<UserPool, 'UserPoolAddOns'>, flow: Progress['flow'] = 'password'): ThreatMode =>
  (flow === 'custom' ? UserPoolAddOns?.AdvancedSecurityAdditionalFlows?.CustomAuthMode : UserPoolAddOns?.AdvancedSecurityMode) ?? 'OFF'

/** Whether the pool records events of any kind of sign-in; operations on them are refused where it does not. */
export const hasThreatProtection = (pool: Pick<UserPool, 'UserPoolAddOns'>): boolean =>
  threatMode(pool) !== 'OFF' || threatMode(pool, 'custom') !== 'OFF'
