import CollectionPreferences, { type CollectionPreferencesProps } from '@cloudscape-design/components/collection-preferences'
import type { Preferences } from '../hooks/use-preferences.ts'

/** What a table's preferences are about. */
export interface TablePreferencesProps {
  readonly columns: readonly { readonly id: string; readonly header: string }[]
  readonly shown: NonNullable<Preferences['columns']>
  readonly largestPage: number
  /** Whether the server says how long a page is. */
  readonly hasFixedPages: boolean
  readonly preferences: Preferences
  readonly onChange: (next: Preferences) => void
}

/** Page size, columns and how rows look. */
export const TablePreferences = ({ columns, shown, largestPage, hasFixedPages, preferences, onChange }: TablePreferencesProps) => {
  const { pageSize, wrapLines, stripedRows, density } = preferences
  const sizes = [10, 20, 50, 60].filter((size) => size <= largestPage)
  const confirm = ({ detail }: { readonly detail: CollectionPreferencesProps.Preferences }) =>
    onChange({
      pageSize: detail.pageSize ?? pageSize,
      wrapLines: detail.wrapLines ?? wrapLines,
      stripedRows: detail.stripedRows ?? stripedRows,
      density: detail.contentDensity ?? density,
      columns: detail.contentDisplay ?? shown,
    })
  return (
    <CollectionPreferences
      title="Preferences"
      confirmLabel="Confirm"
      cancelLabel="Cancel"
      preferences={{ pageSize, wrapLines, stripedRows, contentDensity: density, contentDisplay: shown }}
      {...(!hasFixedPages && { pageSizePreference: { options: sizes.map((value) => ({ value, label: `${value} rows` })) } })}
      wrapLinesPreference={{}}
      stripedRowsPreference={{}}
      contentDensityPreference={{}}
      contentDisplayPreference={{ options: columns.map(({ id, header }, at) => ({ id, label: header, alwaysVisible: at === 0 })) }}
      onConfirm={confirm}
    />
  )
}
