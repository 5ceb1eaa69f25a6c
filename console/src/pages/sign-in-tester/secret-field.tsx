import FormField from '@cloudscape-design/components/form-field'
import Input from '@cloudscape-design/components/input'
import type { TypedProps } from './typed.ts'
import type { TestedClient } from './use-tested-client.ts'

const hints = {
  told: 'Optional: without one, the app client’s first secret. Not kept.',
  untold: 'The app client’s first secret was deleted, and the values of others are told only when they are added: type one. Not kept.',
  unknown: 'You may not list the secrets of the app client: type one if it has any. Not kept.',
} as const

/** Asks for the secret of an app client that may have one; the API tells the first alone, and only while the client still has it. */
export const SecretField = ({ secret, typed, onType }: TypedProps & { readonly secret: Exclude<TestedClient['secret'], 'none'> }) => (
  <FormField label="Client secret" description={hints[secret]}>
    <Input
      type="password"
      value={typed.clientSecret}
      placeholder={secret === 'told' ? 'The first secret' : ''}
      autoComplete="off"
      onChange={({ detail }) => onType({ clientSecret: detail.value })}
    />
  </FormField>
)
