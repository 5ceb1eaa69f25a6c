import FormField from '@cloudscape-design/components/form-field'
import Grid from '@cloudscape-design/components/grid'
import Input from '@cloudscape-design/components/input'
import Select from '@cloudscape-design/components/select'
import type { TimeUnitsType } from '../../../../src/model/types.gen.ts'
import type { TypedLifetime } from '../../api/client-sign-in.ts'

const units: readonly TimeUnitsType[] = ['seconds', 'minutes', 'hours', 'days']

/** How long a token lives. */
export interface LifetimeProps {
  readonly label: string
  readonly constraint: string
  readonly value: TypedLifetime
  readonly onChange: (value: TypedLifetime) => void
}

/** A number and its unit. */
export const Lifetime = ({ label, constraint, value: [count, unit], onChange }: LifetimeProps) => (
  <FormField label={label} constraintText={constraint}>
    <Grid gridDefinition={[{ colspan: 6 }, { colspan: 6 }]}>
      <Input value={count} inputMode="numeric" onChange={({ detail }) => onChange([detail.value, unit])} />
      <Select
        ariaLabel={`Unit of ${label}`}
        selectedOption={{ value: unit, label: unit }}
        options={units.map((one) => ({ value: one, label: one }))}
        onChange={({ detail }) => onChange([count, detail.selectedOption.value as TimeUnitsType])}
      />
    </Grid>
  </FormField>
)
