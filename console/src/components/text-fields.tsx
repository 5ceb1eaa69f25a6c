import Button from '@cloudscape-design/components/button'
import FormField from '@cloudscape-design/components/form-field'
import Input from '@cloudscape-design/components/input'
import SpaceBetween from '@cloudscape-design/components/space-between'

/** A list of texts that somebody types, each in a field of its own. */
export interface TextFieldsProps {
  /** E.g. `Callback URL`: fields are numbered after it. */
  readonly label: string
  readonly description?: string
  readonly placeholder?: string
  readonly texts: readonly string[]
  readonly most: number
  readonly onChange: (texts: readonly string[]) => void
}

/** Fields for texts, a button that adds one, and buttons that remove them. */
export const TextFields = ({ label, description, placeholder = '', texts, most, onChange }: TextFieldsProps) => (
  <FormField label={`${label}s`} description={description} stretch>
    <SpaceBetween size="xs">
      {texts.map((text, at) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: a field is its place
        <div key={at} className="text-field">
          <Input
            value={text}
            ariaLabel={`${label} ${at + 1}`}
            placeholder={placeholder}
            autoComplete={false}
            spellcheck={false}
            onChange={({ detail }) => onChange(texts.with(at, detail.value))}
          />
          <Button formAction="none" ariaLabel={`Remove ${label} ${at + 1}`} onClick={() => onChange(texts.toSpliced(at, 1))}>
            Remove
          </Button>
        </div>
      ))}
      <Button formAction="none" iconName="add-plus" disabled={texts.length >= most} onClick={() => onChange([...texts, ''])}>
        Add {label.charAt(0).toLowerCase() + label.slice(1)}
      </Button>
    </SpaceBetween>
  </FormField>
)
