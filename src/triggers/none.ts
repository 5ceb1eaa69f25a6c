import type { UserPool } from '../domain/user-pool.ts'
import { triggerNotInvocable } from '../errors.ts'
import type { TriggerName, Triggers } from './triggers.ts'

/** Triggers of a server that can call none: a pool that has one configured fails closed where it should have been asked. */
export const noTriggers: Triggers = {
  requireNone: (pool, ...names) => {
    for (const name of names) {
      const arn = configuredArn(pool, name)
      if (arn !== undefined) throw triggerNotInvocable(name, `the function ${arn} is configured, and this server can't call functions yet.`)
    }
  },
}

/** The function that answers the trigger; PreTokenGenerationConfig is the newer spelling of PreTokenGeneration (API_LambdaConfigType). */
const configuredArn = ({ LambdaConfig: config }: UserPool, name: TriggerName): string | undefined => {
  const entry = config?.[name] || (name === 'PreTokenGeneration' ? config?.PreTokenGenerationConfig : undefined)
  if (!entry) return undefined
  // A configuration without its ARN still says that somebody should have been asked.
  return typeof entry === 'string' ? entry : (entry.LambdaArn ?? '(without an ARN)')
}
