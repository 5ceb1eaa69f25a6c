import SpaceBetween from '@cloudscape-design/components/space-between'
import { rebased } from '../api/rebased.ts'
import { TextField } from './fields.tsx'
import type { Setting } from './setting.ts'
import { settingForm } from './setting-form.tsx'
import { smsChanges, smsValues } from './sms-values.ts'
import { updatePool } from './update-pool.ts'

/** How SMS leave the pool. */
export const smsDelivery: Setting = {
  id: 'sms',
  title: 'SMS',
  description: 'Verifying phone numbers and MFA by SMS need this configuration. How this server sends SMS is set where it is started.',
  items: ({ pool }) => {
    const values = smsValues(pool)
    return [
      { label: 'IAM role ARN', value: values.callerArn || 'not configured' },
      { label: 'External ID', value: values.externalId || '-' },
      { label: 'SNS Region', value: values.region || '-' },
    ]
  },
  Form: settingForm({
    what: 'SMS',
    read: ({ pool }) => smsValues(pool),
    save: (poolId, edit) => updatePool(poolId, (pool) => smsChanges(rebased(edit, smsValues(pool)), pool)),
    Fields: ({ draft: { values, set } }) => (
      <SpaceBetween size="l">
        <TextField
          label="IAM role ARN"
          value={values.callerArn}
          onChange={(callerArn) => set({ callerArn })}
          hint="E.g. arn:aws:iam::000000000000:role/sms. Empty: the pool sends no SMS."
        />
        <TextField label="External ID - optional" value={values.externalId} onChange={(externalId) => set({ externalId })} />
        <TextField label="SNS Region - optional" value={values.region} onChange={(region) => set({ region })} hint="E.g. us-east-1." />
      </SpaceBetween>
    ),
  }),
}
