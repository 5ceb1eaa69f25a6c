import { useState } from 'react'

/** How somebody likes a table. */
export interface Preferences {
  readonly pageSize: number
  /** Ids of columns; undefined: those that the table shows by itself. */
  readonly columns?: readonly { readonly id: string; readonly visible: boolean }[] | undefined
  readonly wrapLines: boolean
  readonly stripedRows: boolean
  readonly density: 'comfortable' | 'compact'
}

const usual: Preferences = { pageSize: 20, wrapLines: false, stripedRows: false, density: 'comfortable' }

const kept = (key: string): Preferences => {
  try {
    return { ...usual, ...(JSON.parse(localStorage.getItem(key) ?? '{}') as Partial<Preferences>) }
  } catch {
    return usual
  }
}

/** Preferences of a table, kept in this browser under the table's name. */
export const usePreferences = (table: string): readonly [Preferences, (next: Preferences) => void] => {
  const key = `poolhouse.table.${table}`
  const [preferences, setPreferences] = useState(() => kept(key))
  const keep = (next: Preferences) => {
    localStorage.setItem(key, JSON.stringify(next))
    setPreferences(next)
  }
  return [preferences, keep]
}
