import SpaceBetween from '@cloudscape-design/components/space-between'
import { rebased } from '../api/rebased.ts'
import { deviceChanges, deviceValues } from './device-values.ts'
import { CheckField, ChoiceField } from './fields.tsx'
import type { Setting } from './setting.ts'
import { settingForm } from './setting-form.tsx'
import { updatePool } from './update-pool.ts'

const texts = { no: "Don't remember", always: 'Always remember', optIn: 'User opt-in' } as const

/** Whether the pool remembers devices. */
export const deviceTracking: Setting = {
  id: 'devices',
  title: 'Device tracking',
  items: ({ pool }) => {
    const values = deviceValues(pool)
    return [
      { label: 'Remember user devices', value: texts[values.remember] },
      { label: 'Remembered devices suppress MFA', value: values.suppressesMfa ? 'Yes' : 'No' },
    ]
  },
  Form: settingForm({
    what: 'device tracking',
    read: ({ pool }) => deviceValues(pool),
    save: (poolId, edit) => updatePool(poolId, (pool) => deviceChanges(rebased(edit, deviceValues(pool)))),
    Fields: ({ draft: { values, set } }) => (
      <SpaceBetween size="l">
        <ChoiceField
          label="Remember user devices"
          value={values.remember}
          onChange={(remember) => set({ remember })}
          items={[
            { value: 'always', label: texts.always },
            { value: 'optIn', label: texts.optIn, description: 'The application asks the user.' },
            { value: 'no', label: texts.no },
          ]}
        />
        {values.remember !== 'no' && (
          <CheckField
            label="Remembered devices suppress MFA"
            value={values.suppressesMfa}
            onChange={(suppressesMfa) => set({ suppressesMfa })}
          />
        )}
      </SpaceBetween>
    ),
  }),
}
