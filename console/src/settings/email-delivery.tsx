import SpaceBetween from '@cloudscape-design/components/space-between'
import { rebased } from '../api/rebased.ts'
import { emailChanges, emailValues } from './email-values.ts'
import { ChoiceField, TextField } from './fields.tsx'
import type { Setting } from './setting.ts'
import { settingForm } from './setting-form.tsx'
import { updatePool } from './update-pool.ts'

const accounts = {
  COGNITO_DEFAULT: 'Send email with Cognito',
  DEVELOPER: 'Send email with Amazon SES',
} as const

/** How e-mail leaves the pool. */
export const emailDelivery: Setting = {
  id: 'email',
  title: 'Email',
  description: 'Who email of this pool comes from. How this server sends email is set where it is started.',
  items: ({ pool }) => {
    const values = emailValues(pool)
    return [
      { label: 'Email provider', value: accounts[values.account] },
      { label: 'SES identity ARN', value: values.sourceArn || '-' },
      { label: 'FROM email address', value: values.from || '-' },
      { label: 'REPLY-TO email address', value: values.replyTo || '-' },
      { label: 'Configuration set', value: values.configurationSet || '-' },
    ]
  },
  Form: settingForm({
    what: 'email',
    read: ({ pool }) => emailValues(pool),
    save: (poolId, edit) => updatePool(poolId, (pool) => emailChanges(rebased(edit, emailValues(pool)))),
    Fields: ({ draft: { values, set } }) => (
      <SpaceBetween size="l">
        <ChoiceField
          label="Email provider"
          value={values.account}
          onChange={(account) => set({ account })}
          items={[
            {
              value: 'DEVELOPER',
              label: accounts.DEVELOPER,
              description: 'Names the identity that email is sent with. Needed for MFA by email.',
            },
            { value: 'COGNITO_DEFAULT', label: accounts.COGNITO_DEFAULT, description: 'The usual for development.' },
          ]}
        />
        <TextField
          label="SES identity ARN"
          value={values.sourceArn}
          onChange={(sourceArn) => set({ sourceArn })}
          hint="E.g. arn:aws:ses:us-east-1:000000000000:identity/example.org; SES needs one."
        />
        <TextField
          label="FROM email address - optional"
          value={values.from}
          onChange={(from) => set({ from })}
          hint="An address, or a name and an address: Ada Shop <no-reply@example.org>. It needs an SES identity."
        />
        <TextField label="REPLY-TO email address - optional" value={values.replyTo} onChange={(replyTo) => set({ replyTo })} />
        <TextField
          label="Configuration set - optional"
          value={values.configurationSet}
          onChange={(configurationSet) => set({ configurationSet })}
        />
      </SpaceBetween>
    ),
  }),
}
