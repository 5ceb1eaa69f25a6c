import FormField from '@cloudscape-design/components/form-field'
import Select from '@cloudscape-design/components/select'
import { call } from '../api/call.ts'
import { useLoad } from '../hooks/use-load.ts'

/** As many app clients as the list offers; whoever has more finds theirs by its link. */
const most = 300

const clientsOf = async (UserPoolId: string, signal: AbortSignal) => {
  const found: { readonly id: string; readonly name: string }[] = []
  let NextToken: string | undefined
  do {
    const page = await call('ListUserPoolClients', { UserPoolId, MaxResults: 60, ...(NextToken !== undefined && { NextToken }) }, signal)
    for (const { ClientId: id = '', ClientName: name = id } of page.UserPoolClients ?? []) found.push({ id, name })
    NextToken = page.NextToken
  } while (NextToken !== undefined && found.length < most)
  return found
}

/** Chooses an app client of a pool, or all of them where `all` says how that is called (the value is then empty). */
export const ClientChoice = ({
  poolId,
  value,
  onChange,
  all,
}: {
  readonly poolId: string
  readonly value: string
  readonly onChange: (clientId: string) => void
  readonly all?: string
}) => {
  const { value: clients, loading, error } = useLoad((signal) => clientsOf(poolId, signal), `clients of ${poolId}`)
  const options = [
    ...(all === undefined ? [] : [{ value: '', label: all }]),
    ...(clients ?? []).map(({ id, name }) => ({ value: id, label: name, description: id })),
  ]
  const selected = options.find((option) => option.value === value) ?? (value === '' ? null : { value, label: value })
  return (
    <FormField label="App client" errorText={error?.message}>
      <Select
        selectedOption={selected}
        onChange={({ detail }) => onChange(detail.selectedOption.value ?? '')}
        options={options}
        filteringType="auto"
        filteringAriaLabel="Find an app client"
        placeholder="Choose an app client"
        empty="The user pool has no app clients."
        statusType={loading && clients === undefined ? 'loading' : 'finished'}
      />
    </FormField>
  )
}
