import SpaceBetween from '@cloudscape-design/components/space-between'
import { rebased } from '../api/rebased.ts'
import { CheckList } from '../components/check-list.tsx'
import { TextFields } from '../components/text-fields.tsx'
import { TextList } from '../components/text-list.tsx'
import { CheckField } from './fields.tsx'
import { registrationChanges, registrationGrants, registrationValues } from './registration-values.ts'
import type { Setting } from './setting.ts'
import { settingForm } from './setting-form.tsx'
import { updatePool } from './update-pool.ts'

const grantTexts = (grants: readonly string[]) => registrationGrants.filter(({ value }) => grants.includes(value)).map(({ text }) => text)

/** Whether applications may register app clients of their own. */
export const clientRegistration: Setting = {
  id: 'client-registration',
  title: 'Dynamic client registration',
  description: 'Applications make app clients of their own at /oauth2/register (RFC 7591).',
  items: ({ pool }) => {
    const values = registrationValues(pool)
    return [
      { label: 'Dynamic client registration', value: values.isOn ? 'On' : 'Off' },
      { label: 'Without an initial access token', value: values.isOn && values.isOpen ? 'Allowed' : 'Not allowed' },
      { label: 'Allowed scopes', value: <TextList texts={['openid', 'email', 'phone', 'profile', ...values.scopes]} /> },
      { label: 'Grant types with a token', value: <TextList texts={grantTexts(values.grants)} /> },
      { label: 'Grant types without a token', value: <TextList texts={values.isOpen ? grantTexts(values.openGrants) : []} /> },
    ]
  },
  Form: settingForm({
    what: 'dynamic client registration',
    read: ({ pool }) => registrationValues(pool),
    save: (poolId, edit) => updatePool(poolId, (pool) => registrationChanges(rebased(edit, registrationValues(pool)))),
    Fields: ({ draft: { values, set } }) => (
      <SpaceBetween size="l">
        <CheckField
          label="Let applications register themselves"
          value={values.isOn}
          onChange={(isOn) => set({ isOn })}
          hint="With an initial access token: one of an app client that has the scope aws.cognito/dcr/register."
        />
        <CheckList
          label="Grant types with an initial access token"
          choices={registrationGrants}
          chosen={values.grants}
          onChange={(grants) => set({ grants })}
        />
        <CheckField
          label="Let applications register without an initial access token"
          value={values.isOpen}
          onChange={(isOpen) => set({ isOpen })}
          hint="Everybody who reaches this server can make app clients then."
        />
        <CheckList
          label="Grant types without an initial access token"
          choices={registrationGrants}
          chosen={values.openGrants}
          onChange={(openGrants) => set({ openGrants })}
        />
        <TextFields
          label="Allowed scope"
          description="Custom scopes that registered app clients may ask for, as resource server and scope; openid, email, phone and profile always may. The implicit grant never is given."
          placeholder="shop/read"
          texts={values.scopes}
          most={50}
          onChange={(scopes) => set({ scopes })}
        />
      </SpaceBetween>
    ),
  }),
}
