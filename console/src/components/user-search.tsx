import PropertyFilter, { type PropertyFilterProps } from '@cloudscape-design/components/property-filter'
import { filterOf, searchable } from '../api/search-filter.ts'

const exactOnly = ['sub', 'cognito:user_status', 'status']

const properties: readonly PropertyFilterProps.FilteringProperty[] = Object.entries(searchable).map(([key, label]) => ({
  key,
  propertyLabel: label,
  groupValuesLabel: `${label} values`,
  operators: exactOnly.includes(key) ? ['='] : ['^', '='],
  defaultOperator: exactOnly.includes(key) ? '=' : '^',
}))

const options: readonly PropertyFilterProps.FilteringOption[] = [
  ...['CONFIRMED', 'UNCONFIRMED', 'FORCE_CHANGE_PASSWORD', 'RESET_REQUIRED', 'EXTERNAL_PROVIDER'].map((value) => ({
    propertyKey: 'cognito:user_status',
    value,
  })),
  { propertyKey: 'status', value: 'Enabled' },
  { propertyKey: 'status', value: 'Disabled' },
]

const tokensOf = (text: string): PropertyFilterProps.Token[] => {
  if (text === '') return []
  const [, propertyKey, operator, value] = /^\s*"?([\w:]+)"?\s*(\^?=)\s*"(.*)"\s*$/s.exec(text) ?? []
  if (propertyKey === undefined || value === undefined) return [{ operator: ':', value: text }]
  return [{ propertyKey, operator: operator === '^=' ? '^' : '=', value: value.replace(/\\(.)/gs, '$1') }]
}

const textOf = ({ propertyKey, operator, value }: PropertyFilterProps.Token): string =>
  propertyKey === undefined ? String(value) : filterOf(propertyKey, operator === '^' ? '^=' : '=', String(value))

/** The search over users: plain text looks in every indexed attribute, or one of them is chosen. ListUsers takes one condition. */
export const UserSearch = ({ value, onChange }: { readonly value: string; readonly onChange: (text: string) => void }) => (
  <PropertyFilter
    query={{ operation: 'and', tokens: tokensOf(value) }}
    // The newest condition takes the place of the one before.
    onChange={({ detail }) => {
      const newest = detail.tokens.at(-1)
      onChange(newest === undefined ? '' : textOf(newest))
    }}
    filteringProperties={properties}
    filteringOptions={options}
    freeTextFiltering={{ operators: [':'], defaultOperator: ':' }}
    hideOperations
    tokenLimit={1}
    filteringPlaceholder="Find users by the beginning of a name, e-mail address or phone number"
    filteringAriaLabel="Find users"
  />
)
