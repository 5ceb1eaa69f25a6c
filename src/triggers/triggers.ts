import type { UserPool } from '../domain/user-pool.ts'
import type { LambdaConfigType } from '../model/types.gen.ts'

/** The name of a trigger, as LambdaConfig writes it. */
export type TriggerName = Exclude<keyof LambdaConfigType, 'KMSKeyID' | 'PreTokenGenerationConfig'>

/** Calls the functions that a pool's LambdaConfig names. */
export interface Triggers {
  /**
   * Returns when the pool has no function for the trigger. Throws UnexpectedLambdaException where one is configured that can't be
   * called: a trigger that should have had its say never passes in silence.
   */
  requireNone(pool: UserPool, ...names: readonly TriggerName[]): void
}
