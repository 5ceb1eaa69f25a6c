import SpaceBetween from '@cloudscape-design/components/space-between'
import { rebased } from '../api/rebased.ts'
import { TextList } from '../components/text-list.tsx'
import { choiceChanges, choiceTexts, choiceValues } from './choice-values.ts'
import { CheckField } from './fields.tsx'
import type { Setting } from './setting.ts'
import { settingForm } from './setting-form.tsx'
import { updatePool } from './update-pool.ts'

/** The first factors among which users choose. */
export const choiceSignIn: Setting = {
  id: 'choice-based',
  title: 'Options for choice-based sign-in',
  description: 'What users of app clients with ALLOW_USER_AUTH may begin a sign-in with.',
  items: ({ pool }) => [
    {
      label: 'Available choices',
      value: <TextList texts={(pool.Policies?.SignInPolicy?.AllowedFirstAuthFactors ?? ['PASSWORD']).map((one) => choiceTexts[one])} />,
    },
  ],
  Form: settingForm({
    what: 'choice-based sign-in',
    read: ({ pool }) => choiceValues(pool),
    save: (poolId, edit) => updatePool(poolId, (pool) => choiceChanges(rebased(edit, choiceValues(pool)), pool)),
    Fields: ({ draft: { values, set } }) => (
      <SpaceBetween size="l">
        <CheckField label={choiceTexts.PASSWORD} value isFixed onChange={() => {}} hint="Always there." />
        <CheckField label={choiceTexts.WEB_AUTHN} value={values.passkey} onChange={(passkey) => set({ passkey })} />
        <CheckField label={choiceTexts.EMAIL_OTP} value={values.email} onChange={(email) => set({ email })} />
        <CheckField
          label={choiceTexts.SMS_OTP}
          value={values.sms}
          onChange={(sms) => set({ sms })}
          hint="Needs a role that sends SMS, which is set under Authentication methods."
        />
      </SpaceBetween>
    ),
  }),
}
