import type {
  AccountTakeoverActionType,
  AccountTakeoverRiskConfigurationType,
  CompromisedCredentialsRiskConfigurationType,
  EventFilterType,
  NotifyEmailType,
  RiskExceptionConfigurationType,
  SetRiskConfigurationRequest,
} from '../model/types.gen.ts'
import type { AppClient } from './app-client.ts'
import { isIpRange } from './ip-range.ts'
import type { UserPool } from './user-pool.ts'

/** The settings that hold for a sign-in, with defaults in the place of what nobody set. */
export interface RiskRules {
  readonly compromised: { readonly events: readonly EventFilterType[]; readonly action: 'BLOCK' | 'NO_ACTION' }
  readonly takeover: AccountTakeoverRiskConfigurationType
  readonly exceptions: RiskExceptionConfigurationType
}

const everyEvent: readonly EventFilterType[] = ['SIGN_IN', 'PASSWORD_CHANGE', 'SIGN_UP']
const block: AccountTakeoverActionType = { EventAction: 'BLOCK', Notify: false }

const compromisedRules = (given: CompromisedCredentialsRiskConfigurationType | undefined): RiskRules['compromised'] => ({
  // An EventFilter that is left out means all events (API_CompromisedCredentialsRiskConfigurationType).
  events: given?.EventFilter ?? everyEvent,
  action: given?.Actions.EventAction ?? 'BLOCK',
})

/**
 * The rules for a client: its own settings, else the pool's, and for what they leave out the guide's defaults, which block compromised
 * credentials and every level of risk without a notification (developer guide, "Setting up threat protection").
 * guess: a part that SetRiskConfiguration left out stands for the console's "Cognito defaults", which block without a notification.
 */
export const riskRules = (pool: UserPool, client: AppClient): RiskRules => {
  const settings = client.risk ?? pool.risk
  return {
    compromised: compromisedRules(settings?.CompromisedCredentialsRiskConfiguration),
    takeover: settings?.AccountTakeoverRiskConfiguration ?? { Actions: { LowAction: block, MediumAction: block, HighAction: block } },
    exceptions: settings?.RiskExceptionConfiguration ?? {},
  }
}

type NotifyEmail = 'BlockEmail' | 'MfaEmail' | 'NoActionEmail'

/** The mail that tells of an action. */
export const notifyEmailOf = (action: AccountTakeoverActionType['EventAction']): NotifyEmail => {
  if (action === 'BLOCK') return 'BlockEmail'
  return action === 'NO_ACTION' ? 'NoActionEmail' : 'MfaEmail'
}

const notifyFault = ({ Actions, NotifyConfiguration }: AccountTakeoverRiskConfigurationType): string | undefined => {
  const notifying = [Actions.LowAction, Actions.MediumAction, Actions.HighAction].filter((action) => action?.Notify === true)
  if (notifying.length === 0) return undefined
  if (NotifyConfiguration === undefined) return 'NotifyConfiguration is required when an action notifies the user.'
  const missing = notifying
    .map((action) => action && notifyEmailOf(action.EventAction))
    .find((name) => name && !hasText(NotifyConfiguration[name]))
  return missing && `NotifyConfiguration needs a ${missing} with an HtmlBody or a TextBody, because an action sends it.`
}

const hasText = (email: NotifyEmailType | undefined): boolean => Boolean(email?.HtmlBody ?? email?.TextBody)

/**
 * Why SetRiskConfiguration refuses settings (InvalidParameterException).
 * guess: SetRiskConfiguration's sentences on notifications and address ranges are our own.
 */
export const riskConfigurationFault = (input: SetRiskConfigurationRequest): string | undefined => {
  const { BlockedIPRangeList = [], SkippedIPRangeList = [] } = input.RiskExceptionConfiguration ?? {}
  const wrong = [...BlockedIPRangeList, ...SkippedIPRangeList].find((range) => !isIpRange(range))
  if (wrong !== undefined) return `${wrong} is not an IP address range in CIDR notation.`
  return input.AccountTakeoverRiskConfiguration && notifyFault(input.AccountTakeoverRiskConfiguration)
}
