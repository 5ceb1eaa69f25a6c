import SpaceBetween from '@cloudscape-design/components/space-between'
import { rebased } from '../api/rebased.ts'
import { ChoiceField, TextField } from './fields.tsx'
import { passkeyChanges, passkeyValues } from './passkey-values.ts'
import type { Setting } from './setting.ts'
import { settingForm } from './setting-form.tsx'
import { updateMfa } from './update-mfa.ts'

/** Which passkeys the pool makes. */
export const passkeys: Setting = {
  id: 'passkey',
  title: 'Passkey',
  description: 'Users sign in with passkeys where Sign-in, Options for choice-based sign-in, allows them.',
  items: ({ mfa }) => {
    const values = passkeyValues(mfa)
    return [
      { label: 'User verification', value: values.verification === 'required' ? 'Required' : 'Preferred' },
      { label: 'Relying party domain', value: values.relyingParty || "the pool's domain" },
      { label: 'Counts as MFA', value: values.factor === 'SINGLE_FACTOR' ? 'no' : 'yes, with user verification' },
    ]
  },
  Form: settingForm({
    what: 'passkey settings',
    read: ({ mfa }) => passkeyValues(mfa),
    save: (poolId, edit) => updateMfa(poolId, (current) => passkeyChanges(rebased(edit, passkeyValues(current)))),
    Fields: ({ draft: { values, set } }) => (
      <SpaceBetween size="l">
        <ChoiceField
          label="User verification"
          value={values.verification}
          onChange={(verification) => set({ verification })}
          items={[
            { value: 'preferred', label: 'Preferred', description: 'Authenticators without a PIN or biometrics may be used.' },
            { value: 'required', label: 'Required', description: 'Only authenticators that check who is there.' },
          ]}
        />
        <TextField
          label="Domain for relying party ID - optional"
          value={values.relyingParty}
          onChange={(relyingParty) => set({ relyingParty })}
          hint="A domain name. Passkeys that were made for another one stop working. Empty: the pool's own domain."
        />
        <ChoiceField
          label="Passkeys and MFA"
          value={values.factor}
          onChange={(factor) => set({ factor })}
          items={[
            { value: 'SINGLE_FACTOR', label: 'A passkey is one factor' },
            {
              value: 'MULTI_FACTOR_WITH_USER_VERIFICATION',
              label: 'A passkey with user verification counts as MFA',
              description: 'Lets passkeys sign in also where MFA is required.',
            },
          ]}
        />
      </SpaceBetween>
    ),
  }),
}
