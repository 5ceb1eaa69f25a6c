import FormField from '@cloudscape-design/components/form-field'
import SpaceBetween from '@cloudscape-design/components/space-between'
import { rebased } from '../api/rebased.ts'
import { TextList } from '../components/text-list.tsx'
import { CheckField } from './fields.tsx'
import type { Setting } from './setting.ts'
import { settingForm } from './setting-form.tsx'
import { updatePool } from './update-pool.ts'
import { verificationChanges, verificationFault, verificationValues } from './verification-values.ts'

/** Which addresses the pool verifies by itself, and how. */
export const attributeVerification: Setting = {
  id: 'verification',
  title: 'Attribute verification and user account confirmation',
  items: ({ pool }) => {
    const { email, phone, keepsOld } = verificationValues(pool)
    return [
      {
        label: 'Attributes to verify',
        value: <TextList texts={[...(email ? ['Email address'] : []), ...(phone ? ['Phone number'] : [])]} />,
      },
      { label: 'Keep original value while an update is pending', value: keepsOld ? 'Enabled' : 'Disabled' },
    ]
  },
  Form: settingForm({
    what: 'attribute verification',
    read: ({ pool }) => verificationValues(pool),
    fault: (values, { pool }) => verificationFault(values, pool),
    save: (poolId, edit) => updatePool(poolId, (pool) => verificationChanges(rebased(edit, verificationValues(pool)))),
    Fields: ({ draft: { values, set } }) => (
      <SpaceBetween size="l">
        <FormField
          label="Attributes to verify"
          description="A sign-up is confirmed by a code that is sent to a phone number, else to an email address."
        >
          <SpaceBetween size="xs">
            <CheckField label="Email address" value={values.email} onChange={(email) => set({ email })} />
            <CheckField
              label="Phone number"
              value={values.phone}
              onChange={(phone) => set({ phone })}
              hint="Needs an SMS configuration under Authentication methods."
            />
          </SpaceBetween>
        </FormField>
        <CheckField
          label="Keep original attribute value active when an update is pending - recommended"
          value={values.keepsOld}
          onChange={(keepsOld) => set({ keepsOld })}
          hint="A changed address counts only once its code was entered."
        />
      </SpaceBetween>
    ),
  }),
}
