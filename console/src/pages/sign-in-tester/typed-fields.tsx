import FormField from '@cloudscape-design/components/form-field'
import Input from '@cloudscape-design/components/input'
import Select from '@cloudscape-design/components/select'
import Textarea from '@cloudscape-design/components/textarea'
import type { ReactNode } from 'react'
import type { Flow, Ingredient } from './flows.ts'
import type { TypedProps } from './typed.ts'

const firstChallenges = ['PASSWORD', 'PASSWORD_SRP', 'EMAIL_OTP', 'SMS_OTP', 'WEB_AUTHN']

const FirstChallenge = ({ typed, onType }: TypedProps) => (
  <FormField label="Preferred challenge" description="Without one the server lists what the user may choose from.">
    <Select
      selectedOption={{ value: typed.firstChallenge, label: typed.firstChallenge || 'None' }}
      options={[{ value: '', label: 'None' }, ...firstChallenges.map((value) => ({ value, label: value }))]}
      onChange={({ detail }) => onType({ firstChallenge: detail.selectedOption.value ?? '' })}
    />
  </FormField>
)

const Password = ({ flow, typed, onType }: TypedProps & { readonly flow: Flow }) => (
  <FormField label="Password" description={flow.needs.includes('password') ? 'Not kept.' : 'Optional. Not kept.'}>
    <Input type="password" value={typed.password} autoComplete={false} onChange={({ detail }) => onType({ password: detail.value })} />
  </FormField>
)

const RefreshToken = ({ typed, onType }: TypedProps) => (
  <FormField label="Refresh token">
    <Textarea value={typed.refreshToken} rows={3} spellcheck={false} onChange={({ detail }) => onType({ refreshToken: detail.value })} />
  </FormField>
)

const Scopes = ({ typed, onType }: TypedProps) => (
  <FormField label="Scopes" description="Separated by spaces; left empty, all that the app client may have.">
    <Input value={typed.scopes} spellcheck={false} onChange={({ detail }) => onType({ scopes: detail.value })} />
  </FormField>
)

const fields: readonly (readonly [Ingredient, (props: TypedProps & { readonly flow: Flow }) => ReactNode])[] = [
  ['password', Password],
  ['firstChallenge', FirstChallenge],
  ['refreshToken', RefreshToken],
  ['scopes', Scopes],
]

/** The fields for what a flow needs besides the user, one for each column of a layout: nothing of it stands in the address. */
export const typedFields = (props: TypedProps & { readonly flow: Flow }): readonly ReactNode[] =>
  fields
    .filter(([what]) => [...props.flow.needs, ...(props.flow.takes ?? [])].includes(what))
    .map(([what, Part]) => <Part key={what} {...props} />)
