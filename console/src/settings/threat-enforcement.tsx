import SpaceBetween from '@cloudscape-design/components/space-between'
import { rebased } from '../api/rebased.ts'
import { ChoiceField } from './fields.tsx'
import type { Setting } from './setting.ts'
import { settingForm } from './setting-form.tsx'
import { threatModeChanges, threatModes, threatModeValues } from './threat-mode-values.ts'
import { updatePool } from './update-pool.ts'

/** How far threat protection goes. */
export const threatEnforcement: Setting = {
  id: 'enforcement',
  title: 'Enforcement mode',
  description:
    'Audit only notes sign-ins and their risk. Full function does what the responses below say, too. Custom authentication is sign-in with challenges of Lambda functions.',
  items: ({ pool }) => {
    const { standard, custom } = threatModeValues(pool)
    return [
      { label: 'Standard authentication', value: threatModes[standard] },
      { label: 'Custom authentication', value: threatModes[custom] },
    ]
  },
  Form: settingForm({
    what: 'enforcement mode',
    read: ({ pool }) => threatModeValues(pool),
    save: (poolId, edit) => updatePool(poolId, (pool) => threatModeChanges(rebased(edit, threatModeValues(pool)))),
    Fields: ({ draft: { values, set } }) => (
      <SpaceBetween size="l">
        <ChoiceField
          label="Standard authentication"
          value={values.standard}
          onChange={(standard) => set({ standard })}
          items={[
            { value: 'ENFORCED', label: threatModes.ENFORCED, description: 'Notes risk and acts on it. Responses that nobody set block.' },
            {
              value: 'AUDIT',
              label: threatModes.AUDIT,
              description: 'Notes risk and does nothing. Run this for two weeks first, so that users have a history.',
            },
            { value: 'OFF', label: threatModes.OFF, description: 'Nothing is looked at and nothing is noted.' },
          ]}
        />
        <ChoiceField
          label="Custom authentication"
          value={values.custom}
          onChange={(custom) => set({ custom })}
          items={[
            { value: 'ENFORCED', label: threatModes.ENFORCED },
            { value: 'AUDIT', label: threatModes.AUDIT },
            { value: 'OFF', label: threatModes.OFF },
          ]}
        />
      </SpaceBetween>
    ),
  }),
}
