import type { RiskSettings } from '../../domain/user-pool.ts'
import type { RiskConfigurationType } from '../../model/types.gen.ts'

/** Settings as the API shows them; without any the ids alone. */
export const riskConfiguration = (
  UserPoolId: string,
  ClientId: string | undefined,
  risk: RiskSettings | undefined,
): RiskConfigurationType => ({
  UserPoolId,
  ClientId,
  ...risk,
})
