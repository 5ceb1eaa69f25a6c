import FormField from '@cloudscape-design/components/form-field'
import Input from '@cloudscape-design/components/input'
import { typedColour } from '../../settings/style-values.ts'

/** A colour, chosen or typed; an empty one is the server's own. */
export const ColourField = ({
  label,
  value,
  onChange,
}: {
  readonly label: string
  readonly value: string
  readonly onChange: (value: string) => void
}) => {
  const isSound = /^[0-9a-f]{8}$/i.test(value)
  return (
    <FormField label={label} errorText={value !== '' && !isSound ? 'Six or eight hex digits.' : undefined}>
      <div className="colour-field">
        <input
          type="color"
          aria-label={`Choose: ${label}`}
          value={isSound ? `#${value.slice(0, 6).toLowerCase()}` : '#ffffff'}
          data-empty={value === ''}
          onChange={({ target }) => onChange(`${target.value.slice(1)}${isSound ? value.slice(6) : 'ff'}`)}
        />
        <Input
          value={value}
          placeholder="default"
          onChange={({ detail }) => onChange(detail.value)}
          onBlur={() => onChange(typedColour(value))}
          spellcheck={false}
          autoComplete={false}
        />
      </div>
    </FormField>
  )
}
