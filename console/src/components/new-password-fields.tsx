import FormField from '@cloudscape-design/components/form-field'
import Input from '@cloudscape-design/components/input'
import SpaceBetween from '@cloudscape-design/components/space-between'
import { passwordRule } from '../api/new-password.ts'

/** A new password of an operator, twice, below its rule. */
export const NewPasswordFields = ({
  password,
  again,
  onChange,
}: {
  readonly password: string
  readonly again: string
  readonly onChange: (changes: { readonly password?: string; readonly again?: string }) => void
}) => (
  <SpaceBetween size="l">
    <FormField label="New password" description={passwordRule}>
      <Input
        name="new-password"
        type="password"
        value={password}
        onChange={({ detail }) => onChange({ password: detail.value })}
        autoComplete="new-password"
      />
    </FormField>
    <FormField label="New password again">
      <Input
        name="new-password-again"
        type="password"
        value={again}
        onChange={({ detail }) => onChange({ again: detail.value })}
        autoComplete="new-password"
      />
    </FormField>
  </SpaceBetween>
)
