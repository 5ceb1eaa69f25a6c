/** A column by which rows can be sorted. */
export interface SortableColumn<R> {
  readonly id: string
  readonly sort?: (row: R) => string | number
}

/** By what a list is sorted: `name`, or `-name` from the end. */
export interface Sorting {
  readonly id: string
  readonly isDescending: boolean
}

/** Reads that from an address; undefined where it names no column that sorts. */
export const sortingOf = <R>(text: string, columns: readonly SortableColumn<R>[]): Sorting | undefined => {
  const sorting = { id: text.replace(/^-/, ''), isDescending: text.startsWith('-') }
  return columns.some(({ id, sort }) => id === sorting.id && sort !== undefined) ? sorting : undefined
}

/** The rows in that order: numbers by size, texts by letters. */
export const sorted = <R>(rows: readonly R[], by: Sorting | undefined, columns: readonly SortableColumn<R>[]): readonly R[] => {
  const value = columns.find(({ id }) => id === by?.id)?.sort
  if (value === undefined) return rows
  const factor = by?.isDescending ? -1 : 1
  return [...rows].sort((a, b) => {
    const [left, right] = [value(a), value(b)]
    return factor * (typeof left === 'number' && typeof right === 'number' ? left - right : String(left).localeCompare(String(right)))
  })
}
