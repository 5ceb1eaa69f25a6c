import FormField from '@cloudscape-design/components/form-field'
import SpaceBetween from '@cloudscape-design/components/space-between'
import { plural } from '../api/plural.ts'
import { rebased } from '../api/rebased.ts'
import { CheckField, NumberField } from './fields.tsx'
import { passwordPolicyChanges, passwordPolicyFault, passwordPolicyValues } from './password-policy-values.ts'
import type { Setting } from './setting.ts'
import { settingForm } from './setting-form.tsx'
import { updatePool } from './update-pool.ts'

/** What passwords have to be like. */
export const passwordPolicy: Setting = {
  id: 'password-policy',
  title: 'Password policy',
  items: ({ pool }) => {
    const values = passwordPolicyValues(pool)
    const wanted = [
      values.numbers && '1 number',
      values.symbols && '1 special character',
      values.uppercase && '1 uppercase letter',
      values.lowercase && '1 lowercase letter',
    ].filter((one) => one !== false)
    return [
      { label: 'Minimum length', value: plural(values.minimum, 'character') },
      { label: 'Contains at least', value: wanted.join(', ') || 'nothing in particular' },
      { label: 'Temporary passwords expire in', value: plural(values.days, 'day') },
      { label: 'Previous passwords that are refused', value: values.history },
    ]
  },
  Form: settingForm({
    what: 'password policy',
    read: ({ pool }) => passwordPolicyValues(pool),
    fault: passwordPolicyFault,
    save: (poolId, edit) => updatePool(poolId, (pool) => passwordPolicyChanges(rebased(edit, passwordPolicyValues(pool)), pool)),
    Fields: ({ draft: { values, set } }) => (
      <SpaceBetween size="l">
        <NumberField
          label="Password minimum length"
          value={values.minimum}
          onChange={(minimum) => set({ minimum })}
          hint="6 to 99 characters."
        />
        <FormField label="Password requirements">
          <SpaceBetween size="xs">
            <CheckField label="Contains at least 1 number" value={values.numbers} onChange={(numbers) => set({ numbers })} />
            <CheckField label="Contains at least 1 special character" value={values.symbols} onChange={(symbols) => set({ symbols })} />
            <CheckField
              label="Contains at least 1 uppercase letter"
              value={values.uppercase}
              onChange={(uppercase) => set({ uppercase })}
            />
            <CheckField
              label="Contains at least 1 lowercase letter"
              value={values.lowercase}
              onChange={(lowercase) => set({ lowercase })}
            />
          </SpaceBetween>
        </FormField>
        <NumberField
          label="Temporary passwords set by administrators expire in (days)"
          value={values.days}
          onChange={(days) => set({ days })}
          hint="1 to 365 days."
        />
        <NumberField
          label="Prevent use of previous passwords (number)"
          value={values.history}
          onChange={(history) => set({ history })}
          hint="0 to 24; 0 lets users choose an old one again. Needs the Essentials or Plus plan."
        />
      </SpaceBetween>
    ),
  }),
}
