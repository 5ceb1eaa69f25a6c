import FormField from '@cloudscape-design/components/form-field'
import SpaceBetween from '@cloudscape-design/components/space-between'
import { rebased } from '../api/rebased.ts'
import { TextList } from '../components/text-list.tsx'
import { CheckField, ChoiceField } from './fields.tsx'
import { mfaChanges, mfaFault, mfaValues } from './mfa-values.ts'
import type { Setting } from './setting.ts'
import { settingForm } from './setting-form.tsx'
import { updateMfa } from './update-mfa.ts'

/** Whether a second factor is asked for, in words. */
export const mfaModes = { ON: 'Require MFA', OPTIONAL: 'Optional MFA', OFF: 'No MFA' } as const
const methods = { totp: 'Authenticator apps', sms: 'SMS message', email: 'Email message' } as const

/** Whether and how users give a second factor. */
export const multiFactor: Setting = {
  id: 'mfa',
  title: 'Multi-factor authentication',
  items: ({ mfa }) => {
    const values = mfaValues(mfa)
    const names = (['totp', 'sms', 'email'] as const).filter((one) => values[one] && values.mode !== 'OFF')
    return [
      { label: 'MFA enforcement', value: mfaModes[values.mode] },
      { label: 'MFA methods', value: <TextList texts={names.map((one) => methods[one])} /> },
    ]
  },
  Form: settingForm({
    what: 'multi-factor authentication',
    read: ({ mfa }) => mfaValues(mfa),
    fault: (values, { pool }) => mfaFault(values, pool),
    save: (poolId, edit) => updateMfa(poolId, (current, pool) => mfaChanges(rebased(edit, mfaValues(current)), current, pool)),
    Fields: ({ draft: { values, set } }) => (
      <SpaceBetween size="l">
        <ChoiceField
          label="MFA enforcement"
          value={values.mode}
          onChange={(mode) => set({ mode })}
          items={[
            { value: 'ON', label: mfaModes.ON, description: 'Users have to give a second factor whenever they sign in.' },
            { value: 'OPTIONAL', label: mfaModes.OPTIONAL, description: 'Users who have set up a second factor are asked for it.' },
            { value: 'OFF', label: mfaModes.OFF, description: 'Users sign in with one factor.' },
          ]}
        />
        {values.mode !== 'OFF' && (
          <FormField label="MFA methods">
            <SpaceBetween size="xs">
              <CheckField label={methods.totp} value={values.totp} onChange={(totp) => set({ totp })} />
              <CheckField
                label={methods.sms}
                value={values.sms}
                onChange={(sms) => set({ sms })}
                hint="Needs an SMS configuration under Authentication methods."
              />
              <CheckField
                label={methods.email}
                value={values.email}
                onChange={(email) => set({ email })}
                hint="Needs email sent with Amazon SES under Authentication methods."
              />
            </SpaceBetween>
          </FormField>
        )}
      </SpaceBetween>
    ),
  }),
}
