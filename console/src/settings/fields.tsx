import Checkbox from '@cloudscape-design/components/checkbox'
import FormField from '@cloudscape-design/components/form-field'
import Input from '@cloudscape-design/components/input'
import RadioGroup from '@cloudscape-design/components/radio-group'
import Textarea from '@cloudscape-design/components/textarea'
import { FaultField } from '../components/fault-field.tsx'

interface FieldProps {
  readonly label: string
  readonly value: string
  readonly onChange: (value: string) => void
  readonly hint?: string
  readonly placeholder?: string
  /** Shown, and not to be changed any more. */
  readonly isFixed?: boolean
  /** Its name in what is wrong with the form. */
  readonly field?: string
}

/** A line of text with its label. */
export const TextField = ({ label, value, onChange, hint, placeholder = '', isFixed = false, field = label }: FieldProps) => (
  <FaultField field={field} label={label} constraintText={hint}>
    <Input
      value={value}
      placeholder={placeholder}
      disabled={isFixed}
      onChange={({ detail }) => onChange(detail.value)}
      autoComplete={false}
      spellcheck={false}
    />
  </FaultField>
)

/** A whole number with its label; kept as it is typed. */
export const NumberField = ({ label, value, onChange, hint }: FieldProps) => (
  <FormField label={label} constraintText={hint}>
    <Input value={value} type="number" inputMode="numeric" onChange={({ detail }) => onChange(detail.value)} />
  </FormField>
)

/** Lines of text with their label. */
export const TextAreaField = ({ label, value, onChange, hint, placeholder = '', field = label }: FieldProps) => (
  <FaultField field={field} label={label} constraintText={hint} stretch>
    <Textarea value={value} placeholder={placeholder} rows={4} onChange={({ detail }) => onChange(detail.value)} />
  </FaultField>
)

/** Something that is on or off. */
export const CheckField = (props: {
  readonly label: string
  readonly value: boolean
  readonly onChange: (value: boolean) => void
  readonly hint?: string
  readonly isFixed?: boolean
}) => (
  <Checkbox
    checked={props.value}
    disabled={props.isFixed ?? false}
    description={props.hint}
    onChange={({ detail }) => props.onChange(detail.checked)}
  >
    {props.label}
  </Checkbox>
)

/** One of some. */
export const ChoiceField = <V extends string>(props: {
  readonly label: string
  readonly value: V
  readonly onChange: (value: V) => void
  readonly items: readonly { readonly value: V; readonly label: string; readonly description?: string }[]
}) => (
  <FormField label={props.label}>
    <RadioGroup
      value={props.value}
      items={props.items}
      onChange={({ detail }) => props.onChange(detail.value as V)}
      ariaLabel={props.label}
    />
  </FormField>
)
