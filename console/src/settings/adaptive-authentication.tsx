import Alert from '@cloudscape-design/components/alert'
import ColumnLayout from '@cloudscape-design/components/column-layout'
import SpaceBetween from '@cloudscape-design/components/space-between'
import { isSame } from '../api/rebased.ts'
import { type AdaptiveValues, adaptiveFault, adaptiveRisk, adaptiveValues, notifiesOf, riskActions, riskLevels } from './adaptive-values.ts'
import { CheckField, ChoiceField } from './fields.tsx'
import type { Risk } from './risk.ts'
import { riskForm } from './risk-form.tsx'
import { RiskMessages } from './risk-messages.tsx'
import type { RiskPart } from './risk-part.ts'

const levelTexts = { low: 'Low risk', medium: 'Medium risk', high: 'High risk' } as const
const actions = (['NO_ACTION', 'MFA_IF_CONFIGURED', 'MFA_REQUIRED', 'BLOCK'] as const).map((value) => ({
  value,
  label: riskActions[value],
}))

const shown = ({ action, notify }: AdaptiveValues['low']) => `${riskActions[action]}${notify ? ', notify user' : ''}`

const senderItems = ({ AccountTakeoverRiskConfiguration: given }: Risk) => {
  const notify = given?.NotifyConfiguration
  if (notify === undefined) return [{ label: 'Notification messages', value: 'Not set' }]
  const set = [
    notify.BlockEmail && 'blocked sign-ins',
    notify.MfaEmail && 'sign-ins with MFA',
    notify.NoActionEmail && 'allowed sign-ins',
  ].filter((one) => one !== undefined)
  return [
    { label: 'Notification messages', value: set.length === 0 ? 'Not set' : `For ${set.join(', ')}` },
    { label: 'Messages come from', value: notify.From ?? "The pool's address" },
  ]
}

/** What happens to sign-ins by their risk. */
export const adaptiveAuthentication: RiskPart = {
  id: 'adaptive-authentication',
  title: 'Adaptive authentication',
  description: 'Risk is counted from the user’s own history: new devices and networks, failures, and feedback on sign-in events.',
  items: (risk) => {
    const values = adaptiveValues(risk, {})
    const usual = adaptiveValues({}, {})
    const isUsual = riskLevels.every((level) => isSame(values[level], usual[level]))
    return [
      { label: 'Settings', value: isUsual ? 'Cognito defaults' : 'Custom' },
      ...riskLevels.map((level) => ({ label: levelTexts[level], value: shown(values[level]) })),
      ...senderItems(risk),
    ]
  },
  Form: riskForm({
    what: 'adaptive authentication',
    read: adaptiveValues,
    fault: adaptiveFault,
    write: adaptiveRisk,
    Fields: ({ draft }) => (
      <SpaceBetween size="l">
        <ColumnLayout columns={3}>
          {riskLevels.map((level) => {
            const values = draft.values[level]
            return (
              <SpaceBetween key={level} size="s">
                <ChoiceField
                  label={levelTexts[level]}
                  value={values.action}
                  onChange={(action) => draft.set((before) => ({ [level]: { ...before[level], action } }))}
                  items={actions}
                />
                <CheckField
                  label={`Notify user of ${levelTexts[level].toLowerCase()}`}
                  value={values.notify}
                  onChange={(notify) => draft.set((before) => ({ [level]: { ...before[level], notify } }))}
                />
              </SpaceBetween>
            )
          })}
        </ColumnLayout>
        <Alert type="info">
          Optional MFA asks users for a second factor where they have one. Require MFA blocks those who have none. Both need MFA that is
          optional or required in the pool: see Sign-in.
        </Alert>
        {notifiesOf(draft.values) && <RiskMessages draft={draft} />}
      </SpaceBetween>
    ),
  }),
}
