import type { LambdaConfigType } from '../model/types.gen.ts'
import type { UserPool } from './user-pool.ts'

/** The name of a trigger, as LambdaConfig writes it. */
export type TriggerName = Exclude<keyof LambdaConfigType, 'KMSKeyID' | 'PreTokenGenerationConfig'>

/** A function that a pool names for a trigger. */
export interface ConfiguredFunction {
  readonly arn: string
  /** `V1_0` where the configuration has no version. */
  readonly version: string
}

/**
 * The function that answers the trigger in this pool; undefined when none is configured. PreTokenGenerationConfig is the newer spelling of
 * PreTokenGeneration and goes before it (API_LambdaConfigType). An empty ARN is none.
 */
export const configuredFunction = (
  { LambdaConfig: config }: Pick<UserPool, 'LambdaConfig'>,
  name: TriggerName,
): ConfiguredFunction | undefined => {
  const entry = (name === 'PreTokenGeneration' ? config?.PreTokenGenerationConfig : undefined) ?? config?.[name]
  if (!entry) return undefined
  if (typeof entry === 'string') return { arn: entry, version: 'V1_0' }
  // A configuration without its ARN still says that somebody should be asked.
  return { arn: entry.LambdaArn ?? '(without an ARN)', version: entry.LambdaVersion ?? 'V1_0' }
}
