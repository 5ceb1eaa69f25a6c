import SpaceBetween from '@cloudscape-design/components/space-between'
import { isSame } from '../api/rebased.ts'
import { CheckList } from '../components/check-list.tsx'
import { TextList } from '../components/text-list.tsx'
import { compromisedActions, compromisedEvents, compromisedFault, compromisedRisk, compromisedValues } from './compromised-values.ts'
import { ChoiceField } from './fields.tsx'
import { riskForm } from './risk-form.tsx'
import type { RiskPart } from './risk-part.ts'

/** What happens to passwords that others are known to use. */
export const compromisedCredentials: RiskPart = {
  id: 'compromised-credentials',
  title: 'Compromised credentials',
  description: 'Compares passwords with those that are used most, and with the list that this server was started with.',
  items: (risk) => {
    const { events, action } = compromisedValues(risk)
    return [
      { label: 'Settings', value: isSame({ events, action }, compromisedValues({})) ? 'Cognito defaults' : 'Custom' },
      {
        label: 'Event detection',
        value: <TextList texts={compromisedEvents.filter(({ value }) => events.includes(value)).map(({ text }) => text)} />,
      },
      { label: 'Compromised credentials response', value: compromisedActions[action] },
    ]
  },
  Form: riskForm({
    what: 'compromised credentials',
    read: compromisedValues,
    fault: compromisedFault,
    write: compromisedRisk,
    Fields: ({ draft: { values, set } }) => (
      <SpaceBetween size="l">
        <CheckList label="Event detection" choices={compromisedEvents} chosen={values.events} onChange={(events) => set({ events })} />
        <ChoiceField
          label="Compromised credentials response"
          value={values.action}
          onChange={(action) => set({ action })}
          items={[
            {
              value: 'BLOCK',
              label: compromisedActions.BLOCK,
              description: 'At sign-in the user has to reset the password; elsewhere the password is refused.',
            },
            { value: 'NO_ACTION', label: compromisedActions.NO_ACTION, description: 'Only notes it among the user’s sign-in events.' },
          ]}
        />
      </SpaceBetween>
    ),
  }),
}
