import FormField from '@cloudscape-design/components/form-field'
import Input, { type InputProps } from '@cloudscape-design/components/input'
import type { Ref } from 'react'

/** Six digits of an authenticator, typed, pasted or filled in by a password manager. */
export const CodeField = ({
  label,
  value,
  onChange,
  description,
  field,
}: {
  readonly label: string
  readonly value: string
  readonly onChange: (value: string) => void
  readonly description?: string
  readonly field?: Ref<InputProps.Ref>
}) => (
  <FormField label={label} description={description}>
    <Input
      ref={field}
      name="code"
      value={value}
      onChange={({ detail }) => onChange(detail.value)}
      autoComplete="one-time-code"
      inputMode="numeric"
      spellcheck={false}
      disableBrowserAutocorrect
    />
  </FormField>
)
