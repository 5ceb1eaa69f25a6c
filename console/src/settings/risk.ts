import type {
  AccountTakeoverActionType,
  AccountTakeoverRiskConfigurationType,
  CompromisedCredentialsRiskConfigurationType,
  RiskConfigurationType,
} from '../../../src/model/types.gen.ts'

/** What SetRiskConfiguration sets: the responses of a pool, or those of one app client. */
export interface Risk {
  readonly CompromisedCredentialsRiskConfiguration?: RiskConfigurationType['CompromisedCredentialsRiskConfiguration']
  readonly AccountTakeoverRiskConfiguration?: RiskConfigurationType['AccountTakeoverRiskConfiguration']
  readonly RiskExceptionConfiguration?: RiskConfigurationType['RiskExceptionConfiguration']
}

/** The three parts of a described configuration, without ids and dates. */
export const riskOf = ({
  CompromisedCredentialsRiskConfiguration,
  AccountTakeoverRiskConfiguration,
  RiskExceptionConfiguration,
}: RiskConfigurationType = {}): Risk => ({
  CompromisedCredentialsRiskConfiguration,
  AccountTakeoverRiskConfiguration,
  RiskExceptionConfiguration,
})

/** Whether anything is set; an app client without anything follows the pool. */
export const hasRisk = (risk: Risk): boolean => Object.values(risk).some((part) => part !== undefined)

const block: AccountTakeoverActionType = { EventAction: 'BLOCK', Notify: false }

/** What holds for compromised passwords where nobody set anything (developer guide, "Setting up threat protection", Cognito defaults). */
export const usualCompromised: CompromisedCredentialsRiskConfigurationType = {
  EventFilter: ['SIGN_IN', 'SIGN_UP', 'PASSWORD_CHANGE'],
  Actions: { EventAction: 'BLOCK' },
}

/** What holds for risky sign-ins where nobody set anything (developer guide, "Setting up threat protection", Cognito defaults). */
export const usualTakeover: AccountTakeoverRiskConfigurationType = {
  Actions: { LowAction: block, MediumAction: block, HighAction: block },
}

/**
 * Settings of an app client's own that mean what these mean: a client with any part of its own follows the pool in none, so each one is
 * said.
 */
export const wholeRisk = (risk: Risk): Risk => ({
  CompromisedCredentialsRiskConfiguration: risk.CompromisedCredentialsRiskConfiguration ?? usualCompromised,
  AccountTakeoverRiskConfiguration: risk.AccountTakeoverRiskConfiguration ?? usualTakeover,
  RiskExceptionConfiguration: risk.RiskExceptionConfiguration,
})
