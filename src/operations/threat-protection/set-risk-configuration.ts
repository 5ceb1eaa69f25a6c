import { riskConfigurationFault } from '../../domain/risk-configuration.ts'
import type { RiskSettings } from '../../domain/user-pool.ts'
import { invalidParameter } from '../../errors.ts'
import { openPool } from '../../flows/open-pool.ts'
import { setClientRisk, setPoolRisk } from '../../flows/risk-settings.ts'
import type { SetRiskConfigurationRequest } from '../../model/types.gen.ts'
import type { Operation } from '../operation.ts'
import { riskConfiguration } from './risk-configuration.ts'

const settingsOf = (input: SetRiskConfigurationRequest, at: number): RiskSettings | undefined => {
  const { CompromisedCredentialsRiskConfiguration, AccountTakeoverRiskConfiguration, RiskExceptionConfiguration } = input
  const settings = { CompromisedCredentialsRiskConfiguration, AccountTakeoverRiskConfiguration, RiskExceptionConfiguration }
  return Object.values(settings).every((part) => part === undefined) ? undefined : { ...settings, LastModifiedDate: at }
}

/**
 * Replaces the risk settings of a pool or of one client; a request with the ids alone resets them. Pools without threat protection take
 * settings too, as the acceptance tests of Terraform's provider for AWS show; they count once it is on.
 */
export const setRiskConfiguration: Operation<'SetRiskConfiguration'> = async (ctx, input) => {
  const fault = riskConfigurationFault(input)
  if (fault !== undefined) throw invalidParameter(fault)
  const { UserPoolId, ClientId } = input
  const risk = settingsOf(input, ctx.clock.now())
  if (ClientId === undefined) await setPoolRisk(ctx, UserPoolId, risk)
  else await setClientRisk(ctx, await openPool(ctx, UserPoolId), ClientId, risk)
  return { RiskConfiguration: riskConfiguration(UserPoolId, ClientId, risk) }
}
