import type { CompromisedCredentialsEventActionType, EventFilterType } from '../../../src/model/types.gen.ts'
import { type Risk, usualCompromised } from './risk.ts'

/** When passwords are compared with the lists of compromised ones. */
export const compromisedEvents: readonly { readonly value: EventFilterType; readonly text: string; readonly why?: string }[] = [
  { value: 'SIGN_IN', text: 'Sign-in', why: 'With a password that comes in plain text; not with SRP.' },
  { value: 'SIGN_UP', text: 'Sign-up' },
  { value: 'PASSWORD_CHANGE', text: 'Password change', why: 'By users; what administrators set is not looked at.' },
]

/** What happens to compromised passwords. */
export const compromisedActions: Readonly<Record<CompromisedCredentialsEventActionType, string>> = {
  BLOCK: 'Block sign-in',
  NO_ACTION: 'Allow sign-in',
}

/** Compromised credentials as they are chosen. */
export interface CompromisedValues {
  readonly events: readonly EventFilterType[]
  readonly action: CompromisedCredentialsEventActionType
}

/** The form; a filter that is left out means all events (API_CompromisedCredentialsRiskConfigurationType). */
export const compromisedValues = ({ CompromisedCredentialsRiskConfiguration: given = usualCompromised }: Risk): CompromisedValues => {
  const filter = given.EventFilter ?? usualCompromised.EventFilter ?? []
  return { events: compromisedEvents.map(({ value }) => value).filter((one) => filter.includes(one)), action: given.Actions.EventAction }
}

/** What is missing, as a sentence. */
export const compromisedFault = ({ events }: CompromisedValues): string | undefined =>
  events.length === 0 ? 'Choose at least one event.' : undefined

/** What is sent. */
export const compromisedRisk = ({ events, action }: CompromisedValues): Risk => ({
  CompromisedCredentialsRiskConfiguration: { EventFilter: [...events], Actions: { EventAction: action } },
})
