import Checkbox from '@cloudscape-design/components/checkbox'
import FormField from '@cloudscape-design/components/form-field'
import SpaceBetween from '@cloudscape-design/components/space-between'

/** Things of which any number may be chosen. */
export interface CheckListProps<T extends string> {
  readonly label: string
  readonly description?: string
  readonly choices: readonly {
    readonly value: T
    readonly text: string
    readonly why?: string
    /** Why it can't be chosen now. */
    readonly hindrance?: string | undefined
  }[]
  readonly chosen: readonly T[]
  readonly onChange: (chosen: readonly T[]) => void
}

/** One checkbox below the other; what is chosen keeps the order of the choices. */
export const CheckList = <T extends string>({ label, description, choices, chosen, onChange }: CheckListProps<T>) => (
  <FormField label={label} description={description} stretch>
    <SpaceBetween size="xs">
      {choices.map(({ value, text, why, hindrance }) => (
        <Checkbox
          key={value}
          checked={chosen.includes(value) && hindrance === undefined}
          disabled={hindrance !== undefined}
          description={hindrance ?? why}
          onChange={({ detail }) =>
            onChange(choices.map((one) => one.value).filter((one) => (one === value ? detail.checked : chosen.includes(one))))
          }
        >
          {text}
        </Checkbox>
      ))}
    </SpaceBetween>
  </FormField>
)
